using System.Globalization;
using Plumbline.Imaging;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Imports;

/// <summary>A picture that was read to its end and whose files are safely stored; only its rows are missing.</summary>
/// <param name="Sha256">The original's bytes.</param>
/// <param name="Bytes">Size of the original.</param>
/// <param name="Description">What its header says.</param>
/// <param name="PixelsSha256">The upright picture: the original itself where that is one.</param>
/// <param name="PixelsFormat">Format of the upright picture.</param>
/// <param name="ThumbnailSha256">The thumbnail.</param>
/// <param name="ThumbnailFormat">Format of the thumbnail.</param>
/// <param name="Fingerprint">What the picture looks like.</param>
public sealed record PreparedPicture(
    string Sha256, long Bytes, ImageDescription Description, string PixelsSha256, ImageFormat PixelsFormat, string ThumbnailSha256, ImageFormat ThumbnailFormat, ImageFingerprint Fingerprint)
{
    /// <summary>Reads a file, makes its upright copy (where it needs one) and its thumbnail, and stores all of them.</summary>
    /// <exception cref="ImageRefusedException">It is not a picture that may be taken in; nothing is stored.</exception>
    public static PreparedPicture Make(BlobStore blobs, BlobDraft original, ImageLimits limits)
    {
        var source = ImageSource.FromFile(original.FilePath);
        var description = ImageProbe.Probe(source, limits);
        if (description.IsUprightAsStored)
        {
            var thumbnail = Thumbnail.Make(source, description.Format, description.Width, description.Height);
            var sha256 = original.Commit();
            return new(sha256, original.Length, description, sha256, description.Format, blobs.Put(thumbnail.Bytes), thumbnail.Format, thumbnail.Fingerprint);
        }

        using var copy = blobs.CreateDraft();
        Upright.Write(source, description, copy, blobs.NewScratchPath());
        var format = Upright.FormatFor(description);
        var small = Thumbnail.Make(ImageSource.FromFile(copy.FilePath), format, description.Width, description.Height);
        return new(original.Commit(), original.Length, description, copy.Commit(), format, blobs.Put(small.Bytes), small.Format, small.Fingerprint);
    }

    /// <summary>What is worth showing beside the picture, by name.</summary>
    public SortedDictionary<string, string> Metadata()
    {
        var shown = new SortedDictionary<string, string>(Description.Metadata.ToDictionary(), StringComparer.Ordinal) { ["colour"] = Description.ColorModel };
        if (Description.Quality is { } quality) shown["jpeg quality"] = quality.ToString(CultureInfo.InvariantCulture);
        if (Description.Frames > 1) shown["frames"] = Description.Frames.ToString(CultureInfo.InvariantCulture);
        return shown;
    }
}
