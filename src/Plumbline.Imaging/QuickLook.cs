using System.Security.Cryptography;
using Plumbline.Core.Datasets;
using Plumbline.Imaging.Headers;
using Plumbline.Imaging.Vips;

namespace Plumbline.Imaging;

/// <summary>
/// What a picture is and looks like, at the least cost that still decodes every byte of it: JPEG is decoded at up to an eighth of its size. The difference hash is that of <see cref="ImageFingerprint"/>;
/// made from fewer pixels it may differ from the one made at ingest by a bit or two.
/// </summary>
/// <param name="Description">The header.</param>
/// <param name="Fingerprint">
/// Its pixel hash is that of the reduced picture: of pictures stored in one orientation, those with different hashes differ, and those with equal ones most likely do not. <see cref="ExactPixels"/> tells.
/// </param>
/// <param name="Hash">The hash that was asked for; the difference hash is also that of the fingerprint.</param>
public sealed record QuickLook(ImageDescription Description, ImageFingerprint Fingerprint, ulong Hash)
{
    private const int LeastSide = 32;
    private const int LongestSide = 256;

    /// <summary>Looks at a picture.</summary>
    /// <exception cref="ImageRefusedException">The file is not a picture that may be taken in, or its pixels cannot be decoded.</exception>
    public static QuickLook At(ImageSource source, ImageLimits limits, PictureHashKind hash = PictureHashKind.Difference)
    {
        if (FormatSniffer.Sniff(source.Read(0, FormatSniffer.BytesNeeded)) == ImageFormat.Jpeg)
        {
            var (jpeg, opened) = ImageProbe.OpenJpeg(source, limits, Shrink);
            return Of(source, jpeg, hash, () => opened);
        }

        var description = ImageProbe.Probe(source, limits);
        return Of(source, description, hash, () => PictureLoader.Open(source, description.Format, sequential: true));
    }

    private static QuickLook Of(ImageSource source, ImageDescription description, PictureHashKind hash, Func<VipsImage> open) => PictureLoader.Guard(source, description.Format, () =>
    {
        var small = Reduce(open(), description);
        var fingerprint = ImageFingerprint.Of(small);
        return new QuickLook(description, fingerprint, hash == PictureHashKind.Difference ? unchecked((ulong)fingerprint.DifferenceHash) : ImageFingerprint.Hash(hash, small));
    });

    private static int Shrink(int width, int height) => Math.Min(width, height) switch
    {
        >= 8 * LeastSide => 8,
        >= 4 * LeastSide => 4,
        >= 2 * LeastSide => 2,
        _ => 1,
    };

    /// <summary>SHA-256 in lower-case hex of all pixels of the upright picture in 8-bit sRGB, transparent ones over white, and of its size.</summary>
    /// <exception cref="ImageRefusedException">The pixels cannot be decoded.</exception>
    public static string ExactPixels(ImageSource source, ImageLimits limits)
    {
        var raster = RasterCodec.Decode(source, limits);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(BitConverter.GetBytes(raster.Width));
        hash.AppendData(BitConverter.GetBytes(raster.Height));
        hash.AppendData(raster.Rgb.Span);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static SampledPicture Reduce(VipsImage image, ImageDescription description)
    {
        if (Math.Max(image.Width, image.Height) > LongestSide)
        {
            image = Upright.Then(image, i => new VipsOperation("thumbnail_image", i).Set("width", LongestSide).Set("height", LongestSide).SetParsed("size", "down").Set("no-rotate", true).Run());
            image = Upright.Then(image, i => i.ToMemory()); // strip by strip: asked for at once, it would ask for the large picture at once
        }

        if (!Srgb.Holds(image)) image = Upright.Then(image, Srgb.From);
        if (description.Orientation != 1)
        {
            image = Upright.Then(image, i => i.ToMemory()); // rows come in sequence; turning needs them in another order
            image = Upright.Then(image, i => Upright.Turn(i, description.Orientation));
        }

        using (image) return new SampledPicture(image);
    }
}
