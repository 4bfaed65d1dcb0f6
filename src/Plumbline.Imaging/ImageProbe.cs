using System.Buffers.Binary;
using Plumbline.Imaging.Headers;
using Plumbline.Imaging.Vips;

namespace Plumbline.Imaging;

/// <summary>Reads a picture's header, within limits, without decoding it.</summary>
public static class ImageProbe
{
    /// <summary>Describes the picture. A description does not yet promise that all pixels are there: decoding, for the thumbnail at the latest, tells.</summary>
    /// <exception cref="ImageRefusedException">The file is not a picture that may be taken in.</exception>
    public static ImageDescription Probe(ImageSource source, ImageLimits limits)
    {
        if (source.Length == 0) throw Refuse(RefusalReason.Empty, "The file is empty.");
        var head = source.Read(0, FormatSniffer.BytesNeeded);
        return FormatSniffer.Sniff(head) switch
        {
            ImageFormat.Jpeg => ProbeJpeg(source, limits),
            ImageFormat.Png => ProbePng(source, limits),
            ImageFormat.Bmp => ProbeBmp(source, limits),
            ImageFormat.Gif => ProbeGif(source, head, limits),
            { } other => ProbeByLibrary(source, other, limits),
            null => throw (FormatSniffer.KnownButUnsupported(head) is { } name
                ? Refuse(RefusalReason.Unsupported, $"{name} pictures are not supported.")
                : Refuse(RefusalReason.NotAnImage, "The file is not a picture.")),
        };
    }

    private static ImageDescription ProbeJpeg(ImageSource source, ImageLimits limits)
    {
        var (description, image) = OpenJpeg(source, limits, (_, _) => 1);
        image.Dispose();
        return description;
    }

    /// <summary>Describes a JPEG and opens it in one go: for small pictures, opening costs as much as decoding.</summary>
    /// <param name="source">A file that begins like a JPEG.</param>
    /// <param name="limits">What may be taken in.</param>
    /// <param name="shrinkOf">From columns and rows: by what the decoder reduces (1, 2, 4 or 8).</param>
    /// <exception cref="ImageRefusedException">The file is not a picture that may be taken in.</exception>
    internal static (ImageDescription Description, VipsImage Image) OpenJpeg(ImageSource source, ImageLimits limits, Func<int, int, int> shrinkOf)
    {
        var file = JpegFile.Read(source) ?? throw BadHeader(source, ImageFormat.Jpeg);
        if (!file.IsBaselineFamily || file.Precision != 8) throw Refuse(RefusalReason.Unsupported, $"JPEG with {file.Precision} bits a sample or lossless coding is not supported.");
        CheckSize(source, file.Width, file.Height, decodedWhole: file.IsProgressive, limits);
        var image = PictureLoader.Open(source, ImageFormat.Jpeg, sequential: true, shrinkOf(file.Width, file.Height));
        try
        {
            return (DescribeJpeg(image, file), image);
        }
        catch
        {
            image.Dispose();
            throw;
        }
    }

    private static ImageDescription DescribeJpeg(VipsImage image, JpegFile file)
    {
        var exif = image.Blob("exif-data");
        // Where two readers disagree about a damaged EXIF block, a browser may side with either: such a file is served as an upright copy.
        var agreed = exif is null || (ExifOrientation.Read(exif) ?? 1) == image.Orientation;
        return Describe(image, ImageFormat.Jpeg, image.Orientation, bitDepth: 8, isPalette: false) with
        {
            StoredWidth = file.Width,
            StoredHeight = file.Height,
            Quality = file.Quality,
            IsUprightAsStored = image.Orientation == 1 && agreed && image.Interpretation is VipsInterpretation.Srgb or VipsInterpretation.BlackWhite,
        };
    }

    private static ImageDescription ProbePng(ImageSource source, ImageLimits limits)
    {
        var file = PngFile.Read(source) ?? throw BadHeader(source, ImageFormat.Png);
        CheckSize(source, file.Width, file.Height, decodedWhole: file.IsInterlaced, limits);
        using var image = PictureLoader.Open(source, ImageFormat.Png, sequential: true);
        return Describe(image, ImageFormat.Png, file.Orientation, file.BitDepth, file.IsPalette) with
        {
            IsUprightAsStored = file.Orientation == 1 && file.BitDepth <= 8 && !file.IsAnimated,
        };
    }

    private static ImageDescription ProbeGif(ImageSource source, ReadOnlySpan<byte> head, ImageLimits limits)
    {
        if (head.Length < 10) throw Refuse(RefusalReason.Truncated, "The file ends before the picture begins.");
        CheckSize(source, BinaryPrimitives.ReadUInt16LittleEndian(head[6..]), BinaryPrimitives.ReadUInt16LittleEndian(head[8..]), decodedWhole: true, limits);
        return ProbeByLibrary(source, ImageFormat.Gif, limits);
    }

    private static ImageDescription ProbeBmp(ImageSource source, ImageLimits limits)
    {
        var file = BmpFile.Read(source);
        CheckSize(source, file.Width, file.Height, decodedWhole: true, limits);
        if (!file.IsComplete(source.Length)) throw Refuse(RefusalReason.Truncated, "The file ends before the picture is complete.");
        return new ImageDescription
        {
            Format = ImageFormat.Bmp,
            StoredWidth = file.Width,
            StoredHeight = file.Height,
            Orientation = 1,
            BitDepth = file.IsPalette ? file.BitsPerPixel : 8,
            Bands = 3,
            HasAlpha = false,
            IsPalette = file.IsPalette,
            ColorModel = "rgb",
            IsUprightAsStored = false,
        };
    }

    private static ImageDescription ProbeByLibrary(ImageSource source, ImageFormat format, ImageLimits limits)
    {
        using var image = PictureLoader.Open(source, format, sequential: true);
        CheckSize(source, image.Width, image.Height, decodedWhole: format is not ImageFormat.Tiff, limits);
        var palette = image.Int("palette-bit-depth");
        var bits = palette ?? image.Int("bits-per-sample") ?? BitsOf(image.Format);
        return Describe(image, format, image.Orientation, bits, palette is not null);
    }

    private static ImageDescription Describe(VipsImage image, ImageFormat format, int orientation, int bitDepth, bool isPalette)
    {
        var profile = image.Blob("icc-profile-data");
        return new ImageDescription
        {
            Format = format,
            StoredWidth = image.Width,
            StoredHeight = image.Height,
            Orientation = orientation,
            BitDepth = bitDepth,
            Bands = image.Bands,
            HasAlpha = image.HasAlpha,
            IsPalette = isPalette,
            ColorModel = ColorModelOf(image),
            IsUprightAsStored = false,
            ColorProfile = profile is null ? null : IccProfile.Name(profile) ?? "unnamed",
            Frames = image.Int("n-pages") ?? 1,
            Metadata = ExifMetadata.Read(image),
        };
    }

    private static string ColorModelOf(VipsImage image) => image.Interpretation switch
    {
        VipsInterpretation.BlackWhite or VipsInterpretation.Grey16 => "grey",
        VipsInterpretation.Srgb or VipsInterpretation.Rgb or VipsInterpretation.Rgb16 or VipsInterpretation.ScRgb => "rgb",
        VipsInterpretation.Cmyk => "cmyk",
        VipsInterpretation.Lab or VipsInterpretation.LabQ => "lab",
        _ when image.Bands - (image.HasAlpha ? 1 : 0) == 1 => "grey",
        _ => throw Refuse(RefusalReason.Unsupported, $"Pictures of {image.Bands} channels are not supported."),
    };

    private static int BitsOf(VipsBandFormat format) => format switch
    {
        VipsBandFormat.UChar or VipsBandFormat.Char => 8,
        VipsBandFormat.UShort or VipsBandFormat.Short => 16,
        VipsBandFormat.UInt or VipsBandFormat.Int or VipsBandFormat.Float => 32,
        VipsBandFormat.Double => 64,
        _ => throw Refuse(RefusalReason.Unsupported, "Pictures of complex numbers are not supported."),
    };

    private static void CheckSize(ImageSource source, int width, int height, bool decodedWhole, ImageLimits limits)
    {
        if (width <= 0 || height <= 0) throw Refuse(RefusalReason.Corrupt, "The picture says that it has no pixels.");
        var pixels = (long)width * height;
        var most = decodedWhole ? Math.Min(limits.MaxPixels, limits.MaxPixelsDecodedWhole) : limits.MaxPixels;
        if (pixels > limits.BombPixels && pixels / source.Length > limits.MaxPixelsPerByte && pixels <= limits.MaxPixels)
        {
            throw Refuse(RefusalReason.Bomb, $"{source.Length} bytes would unfold into {width} × {height} pixels.");
        }

        if (pixels > most) throw Refuse(RefusalReason.TooManyPixels, $"{width} × {height} pixels are more than the limit of {most / 1_000_000} megapixels for such a file.");
        if (width > limits.MaxSide || height > limits.MaxSide) throw Refuse(RefusalReason.TooManyPixels, $"{width} × {height} pixels: neither side may exceed {limits.MaxSide}.");
    }

    private static ImageRefusedException BadHeader(ImageSource source, ImageFormat format) => FileEnd.IsMissing(source, format)
        ? Refuse(RefusalReason.Truncated, "The file ends before the picture begins.")
        : Refuse(RefusalReason.Corrupt, "The picture's header is damaged.");

    private static ImageRefusedException Refuse(RefusalReason reason, string message) => new(reason, message);
}
