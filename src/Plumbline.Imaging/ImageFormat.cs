namespace Plumbline.Imaging;

/// <summary>The picture formats that are read.</summary>
public enum ImageFormat
{
    /// <summary>JPEG, 8 bits a sample.</summary>
    Jpeg,

    /// <summary>PNG; of an animated PNG the default image.</summary>
    Png,

    /// <summary>WebP; of an animation the first frame.</summary>
    WebP,

    /// <summary>TIFF; of several pages the first.</summary>
    Tiff,

    /// <summary>GIF; of an animation the first frame.</summary>
    Gif,

    /// <summary>Windows bitmap, uncompressed.</summary>
    Bmp,
}

/// <summary>Names of the formats outside the program.</summary>
public static class ImageFormatNames
{
    /// <summary>The media type, such as <c>image/jpeg</c>.</summary>
    public static string MediaType(this ImageFormat format) => format switch
    {
        ImageFormat.Jpeg => "image/jpeg",
        ImageFormat.Png => "image/png",
        ImageFormat.WebP => "image/webp",
        ImageFormat.Tiff => "image/tiff",
        ImageFormat.Gif => "image/gif",
        ImageFormat.Bmp => "image/bmp",
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };

    /// <summary>The usual file name extension, with its dot.</summary>
    public static string Extension(this ImageFormat format) => format switch
    {
        ImageFormat.Jpeg => ".jpg",
        ImageFormat.Png => ".png",
        ImageFormat.WebP => ".webp",
        ImageFormat.Tiff => ".tif",
        ImageFormat.Gif => ".gif",
        ImageFormat.Bmp => ".bmp",
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };
}
