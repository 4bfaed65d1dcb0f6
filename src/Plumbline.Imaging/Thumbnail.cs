using Plumbline.Imaging.Vips;

namespace Plumbline.Imaging;

/// <summary>A small picture of a picture.</summary>
/// <param name="Bytes">The encoded thumbnail.</param>
/// <param name="Format">JPEG, or WebP where there is alpha.</param>
/// <param name="Fingerprint">What the picture looks like, for finding duplicates.</param>
public sealed record Thumbnail(byte[] Bytes, ImageFormat Format, ImageFingerprint Fingerprint)
{
    /// <summary>The longer side in pixels; smaller pictures are not enlarged.</summary>
    public const int LongestSide = 512;

    private const int Quality = 80;

    /// <summary>
    /// Makes the thumbnail of an upright picture: one stored upright (<see cref="ImageDescription.IsUprightAsStored"/>) or its upright copy. All pixels are decoded on the way,
    /// JPEG at a fraction of its size, so a truncated file is found out here.
    /// </summary>
    /// <exception cref="ImageRefusedException">The pixels cannot be decoded.</exception>
    public static Thumbnail Make(ImageSource source, ImageFormat format, int width, int height) => PictureLoader.Guard(source, format, () =>
    {
        using var small = Shrink(source, format, width, height, LongestSide);
        return new Thumbnail(Encode(small, out var encodedAs), encodedAs, ImageFingerprint.Of(new SampledPicture(small)));
    });

    /// <summary>Shrinks an encoded thumbnail further, to at most <paramref name="longestSide"/> pixels, in its own format.</summary>
    public static byte[] Reduce(byte[] thumbnail, ImageFormat format, int longestSide)
    {
        using var image = PictureLoader.Open(ImageSource.FromBytes(thumbnail), format, sequential: true);
        using var small = Fit(image, longestSide);
        return Encode(small, out _);
    }

    private static byte[] Encode(VipsImage image, out ImageFormat format)
    {
        format = image.HasAlpha ? ImageFormat.WebP : ImageFormat.Jpeg;
        using var save = new VipsOperation(image.HasAlpha ? "webpsave_buffer" : "jpegsave_buffer", image).Set("Q", Quality).Set("strip", true);
        using var blob = save.RunToBlob();
        return blob.ToArray();
    }

    internal static VipsImage Shrink(ImageSource source, ImageFormat format, int width, int height, int longestSide)
    {
        using var image = PictureLoader.Open(source, format, sequential: true, JpegShrink(format, width, height, longestSide));
        using var small = Fit(image, longestSide);
        return small.ToMemory(); // encoded and fingerprinted from the same pixels, decoded once
    }

    private static VipsImage Fit(VipsImage image, int longestSide)
    {
        using var small = new VipsOperation("thumbnail_image", image).Set("width", longestSide).Set("height", longestSide).SetParsed("size", "down").Set("no-rotate", true).Run();
        return Srgb.From(small);
    }

    /// <summary>
    /// The largest reduction by the JPEG decoder itself that leaves at least half as many pixels again on each side for the smooth last step. Never below a few pixels:
    /// libvips rounds down, and a side of 0 pixels ends the process.
    /// </summary>
    private static int JpegShrink(ImageFormat format, int width, int height, int longestSide)
    {
        if (format != ImageFormat.Jpeg) return 1;
        var ratio = Math.Min(Math.Max(width, height) / (1.5 * longestSide), Math.Min(width, height) / 8.0);
        return ratio >= 8 ? 8 : ratio >= 4 ? 4 : ratio >= 2 ? 2 : 1;
    }
}
