namespace Plumbline.Core;

/// <summary>A picture of eight-bit sRGB: rows from the top, three bytes a pixel, no padding.</summary>
public sealed class Raster
{
    /// <summary>Takes the bytes as they are; they must not change any more.</summary>
    /// <exception cref="ArgumentException">A side is not positive, or there are not 3 × width × height bytes.</exception>
    public Raster(int width, int height, byte[] rgb)
    {
        if (width <= 0 || height <= 0) throw new ArgumentException("A picture needs positive sides.", nameof(width));
        if (rgb.Length != 3L * width * height) throw new ArgumentException($"{rgb.Length} bytes are no RGB picture of {width} × {height}.", nameof(rgb));
        (Width, Height, Rgb) = (width, height, rgb);
    }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Pixel (x, y) at 3 × (y × Width + x): red, green, blue.</summary>
    public ReadOnlyMemory<byte> Rgb { get; }

    /// <summary>The pixel in column x and row y.</summary>
    public (byte Red, byte Green, byte Blue) this[int x, int y]
    {
        get
        {
            var at = Rgb.Span.Slice(3 * ((y * Width) + x), 3);
            return (at[0], at[1], at[2]);
        }
    }
}
