using Plumbline.Imaging.Vips;

namespace Plumbline.Imaging;

/// <summary>
/// The upright copy of a picture that browsers and training scripts would not show upright and in 8 bits by themselves. The EXIF orientation is
/// applied once; colour becomes sRGB; metadata stays behind. Grey of more than 8 bits (signed, float too) is stretched linearly from its own
/// smallest and largest value to 0–255, because sensors use any part of the range; 16-bit colour keeps its upper 8 bits.
/// </summary>
public static class Upright
{
    private const int JpegQuality = 92;
    private const long MostEncodedInMemory = 50_000_000;

    /// <summary>The format of the copy: PNG where there is alpha or a palette, otherwise JPEG.</summary>
    public static ImageFormat FormatFor(ImageDescription description) =>
        description.HasAlpha || description.IsPalette || description.BitDepth < 8 ? ImageFormat.Png : ImageFormat.Jpeg;

    /// <summary>Writes the upright copy in <see cref="FormatFor"/>'s format.</summary>
    /// <param name="source">The picture.</param>
    /// <param name="description">What its header says.</param>
    /// <param name="target">Gets the copy.</param>
    /// <param name="scratch">A file that does not exist, and is gone afterwards: copies of large pictures are encoded into it. Null = into memory, whatever their size.</param>
    /// <exception cref="ImageRefusedException">The pixels cannot be decoded.</exception>
    /// <exception cref="IOException">The disk is full.</exception>
    public static void Write(ImageSource source, ImageDescription description, Stream target, string? scratch = null)
    {
        if (scratch is not null && (long)description.Width * description.Height > MostEncodedInMemory)
        {
            WriteByFile(source, description, target, scratch);
            return;
        }

        using var encoded = PictureLoader.Guard(source, description.Format, () =>
        {
            using var image = Decode(source, description);
            return Saving(image, description, "_buffer").RunToBlob();
        });
        encoded.CopyTo(target);
    }

    private static void WriteByFile(ImageSource source, ImageDescription description, Stream target, string scratch)
    {
        using var file = new ScratchFile(scratch);
        file.Write(() => PictureLoader.Guard(source, description.Format, () =>
        {
            using var image = Decode(source, description);
            using var watch = new VipsWatch(image, _ => { }, () => file.MustStop);
            Saving(image, description, "").SetString("filename", scratch).RunToFile();
            return true;
        }));
        using var encoded = File.OpenRead(scratch);
        encoded.CopyTo(target);
    }

    private static VipsOperation Saving(VipsImage image, ImageDescription description, string into)
    {
        var jpeg = FormatFor(description) == ImageFormat.Jpeg;
        var save = new VipsOperation((jpeg ? "jpegsave" : "pngsave") + into, image).Set("strip", true);
        return jpeg ? save.Set("Q", JpegQuality) : save;
    }

    /// <summary>The upright picture in 8 bits: grey or sRGB, with alpha if the file has it.</summary>
    internal static VipsImage Decode(ImageSource source, ImageDescription description)
    {
        var stretch = description.ColorModel == "grey" && description.BitDepth > 8;
        var sequential = description.Orientation is 1 or 2 && !stretch; // other turns, and looking for the extremes, need the rows in another order
        var image = PictureLoader.Open(source, description.Format, sequential);
        image = stretch ? Then(image, StretchGrey) : Then(image, Srgb.From);
        return Then(image, i => Turn(i, description.Orientation));
    }

    private static VipsImage StretchGrey(VipsImage image)
    {
        if (!image.HasAlpha) return new VipsOperation("scale", image).Run();
        using var grey = new VipsOperation("extract_band", image).Set("band", 0).Run();
        return new VipsOperation("scale", grey).Run(); // the alpha of a measurement has no meaning in a stretched view
    }

    internal static VipsImage Turn(VipsImage image, int orientation)
    {
        var (angle, mirror) = orientation switch
        {
            2 => ("d0", true),
            3 => ("d180", false),
            4 => ("d180", true),
            5 => ("d90", true),
            6 => ("d90", false),
            7 => ("d270", true),
            8 => ("d270", false),
            _ => ("d0", false),
        };
        var turned = new VipsOperation("rot", image).SetParsed("angle", angle).Run();
        return mirror ? Then(turned, i => new VipsOperation("flip", i).SetParsed("direction", "horizontal").Run()) : turned;
    }

    internal static VipsImage Then(VipsImage image, Func<VipsImage, VipsImage> step)
    {
        using (image)
        {
            return step(image);
        }
    }
}
