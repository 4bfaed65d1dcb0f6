using Plumbline.Core;
using Plumbline.Imaging.Vips;

namespace Plumbline.Imaging;

/// <summary>Reads pictures into pixels and writes pixels as files.</summary>
public static class RasterCodec
{
    /// <summary>Decodes the upright picture. Transparent pixels are laid over white.</summary>
    /// <exception cref="ImageRefusedException">The file is not a picture that may be read.</exception>
    public static Raster Decode(ImageSource source, ImageLimits limits)
    {
        var description = ImageProbe.Probe(source, limits);
        return PictureLoader.Guard(source, description.Format, () =>
        {
            using var image = Upright.Decode(source, description);
            return ToRaster(image);
        });
    }

    /// <summary>Decodes the upright picture, reduced so that no side is longer than given. A large picture is reduced while it is read: it is never whole in memory, where its format allows.</summary>
    /// <exception cref="ImageRefusedException">The file is not a picture that may be read.</exception>
    public static Raster DecodeWithin(ImageSource source, ImageLimits limits, int longestSide)
    {
        var description = ImageProbe.Probe(source, limits);
        if (Math.Max(description.Width, description.Height) <= longestSide) return Decode(source, limits);
        return PictureLoader.Guard(source, description.Format, () =>
        {
            using var small = Thumbnail.Shrink(source, description.Format, description.StoredWidth, description.StoredHeight, longestSide);
            using var upright = Upright.Turn(small, description.Orientation);
            return ToRaster(upright);
        });
    }

    /// <summary>The picture reduced so that no side is longer than given; itself when none is.</summary>
    public static Raster Within(this Raster raster, int longestSide)
    {
        if (Math.Max(raster.Width, raster.Height) <= longestSide) return raster;
        using var image = VipsImage.FromMemory(raster.Rgb.Span, raster.Width, raster.Height, 3);
        using var small = new VipsOperation("thumbnail_image", image).Set("width", longestSide).Set("height", longestSide).SetParsed("size", "down").Set("no-rotate", true).Run();
        return ToRaster(small);
    }

    /// <summary>Encodes without loss.</summary>
    public static byte[] ToPng(this Raster raster)
    {
        using var image = VipsImage.FromMemory(raster.Rgb.Span, raster.Width, raster.Height, 3);
        using var blob = new VipsOperation("pngsave_buffer", image).Set("strip", true).RunToBlob();
        return blob.ToArray();
    }

    /// <summary>Encodes as JPEG.</summary>
    /// <param name="raster">The pixels.</param>
    /// <param name="quality">1 to 100.</param>
    public static byte[] ToJpeg(this Raster raster, int quality = 92)
    {
        using var image = VipsImage.FromMemory(raster.Rgb.Span, raster.Width, raster.Height, 3);
        using var blob = new VipsOperation("jpegsave_buffer", image).Set("Q", quality).Set("strip", true).RunToBlob();
        return blob.ToArray();
    }

    private static Raster ToRaster(VipsImage image)
    {
        using var flat = image.HasAlpha ? new VipsOperation("flatten", image).SetParsed("background", "255 255 255").Run() : new VipsOperation("copy", image).Run();
        using var rgb = new VipsOperation("colourspace", flat).SetParsed("space", "srgb").Run();
        return new Raster(rgb.Width, rgb.Height, rgb.Samples());
    }
}
