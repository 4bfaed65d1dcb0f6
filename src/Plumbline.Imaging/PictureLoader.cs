using Plumbline.Imaging.Headers;
using Plumbline.Imaging.Vips;

namespace Plumbline.Imaging;

/// <summary>Opens a picture by the loader of its sniffed format, never by libvips' own search, and turns failures into refusals.</summary>
internal static class PictureLoader
{
    /// <summary>Opens with decoding still to come.</summary>
    /// <param name="source">The encoded picture.</param>
    /// <param name="format">Its format, as sniffed.</param>
    /// <param name="sequential">Rows will be read once from top to bottom, so nothing but a few rows is kept; otherwise the decoded picture is kept in memory, or above 100 MB in a temporary file.</param>
    /// <param name="jpegShrink">1, 2, 4 or 8: the JPEG decoder gives every n-th pixel's average.</param>
    internal static VipsImage Open(ImageSource source, ImageFormat format, bool sequential, int jpegShrink = 1)
    {
        if (format == ImageFormat.Bmp)
        {
            var bitmap = BmpFile.Read(source);
            return VipsImage.FromMemory(bitmap.DecodeRgb(source), bitmap.Width, bitmap.Height, 3);
        }

        var loader = format switch
        {
            ImageFormat.Jpeg => "jpegload",
            ImageFormat.Png => "pngload",
            ImageFormat.WebP => "webpload",
            ImageFormat.Tiff => "tiffload",
            ImageFormat.Gif => "gifload",
            _ => throw new ArgumentOutOfRangeException(nameof(format)),
        };
        return Guard(source, format, () =>
        {
            using var bytes = source.Path is null ? VipsBlob.Copy(source.Bytes.Span) : null;
            using var load = new VipsOperation(bytes is null ? loader : loader + "_buffer");
            if (bytes is null) load.SetString("filename", source.Path!); // a source without bytes has a path
            else load.Set("buffer", bytes);
            load.SetParsed("fail-on", "truncated");
            if (sequential) load.SetParsed("access", "sequential");
            if (jpegShrink != 1) load.Set("shrink", jpegShrink);
            return load.Run();
        });
    }

    /// <summary>Runs work that decodes <paramref name="source"/>; what libvips cannot do then is the file's fault.</summary>
    internal static T Guard<T>(ImageSource source, ImageFormat format, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (VipsException e)
        {
            throw FileEnd.IsMissing(source, format)
                ? new ImageRefusedException(RefusalReason.Truncated, "The file ends before the picture is complete.", e)
                : new ImageRefusedException(RefusalReason.Corrupt, "The picture's data is damaged.", e);
        }
    }
}
