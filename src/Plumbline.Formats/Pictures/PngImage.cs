using System.Buffers.Binary;

namespace Plumbline.Formats.Pictures;

/// <summary>What a pixel of a PNG is made of; the numbers are PNG's colour types.</summary>
public enum PngColor
{
    /// <summary>One sample.</summary>
    Grey = 0,

    /// <summary>Red, green, blue.</summary>
    Rgb = 2,

    /// <summary>A place in the palette.</summary>
    Palette = 3,

    /// <summary>Grey, alpha.</summary>
    GreyAlpha = 4,

    /// <summary>Red, green, blue, alpha.</summary>
    Rgba = 6,
}

/// <summary>The samples of a PNG as they stand in the file: label maps are numbers, so nothing is scaled, blended or colour-managed.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Color">What a pixel is made of.</param>
/// <param name="Depth">Bits of a sample in <paramref name="Samples"/>: 8 or 16. Files of 1, 2 or 4 bits are widened to 8 without scaling.</param>
/// <param name="Samples">Row-major, samples of a pixel side by side; those of 16 bits take two bytes, the higher first.</param>
/// <param name="Palette">Red, green, blue of each entry; empty without a palette.</param>
public sealed record PngImage(int Width, int Height, PngColor Color, int Depth, byte[] Samples, byte[] Palette)
{
    /// <summary>Samples of a pixel.</summary>
    public static int ChannelsOf(PngColor color) => color switch
    {
        PngColor.Grey or PngColor.Palette => 1,
        PngColor.GreyAlpha => 2,
        PngColor.Rgb => 3,
        _ => 4,
    };

    /// <summary>The first sample of each pixel, row-major: palette places or grey levels, as label maps have them.</summary>
    public int[] Labels()
    {
        var step = ChannelsOf(Color) * Depth / 8;
        var labels = new int[Width * Height];
        for (var i = 0; i < labels.Length; i++) labels[i] = Depth == 16 ? BinaryPrimitives.ReadUInt16BigEndian(Samples.AsSpan(i * step)) : Samples[i * step];
        return labels;
    }

    /// <summary>Each pixel as <c>R + 256·G + 256²·B</c>, row-major; grey is all three, a palette is looked up, alpha is left aside, 16 bits keep their upper 8.</summary>
    /// <exception cref="InvalidDataException">A pixel lies outside the palette.</exception>
    public int[] Colors()
    {
        var step = ChannelsOf(Color) * Depth / 8;
        var sample = Depth / 8;
        var colors = new int[Width * Height];
        for (var i = 0; i < colors.Length; i++)
        {
            var at = i * step;
            colors[i] = Color switch
            {
                PngColor.Rgb or PngColor.Rgba => Samples[at] | (Samples[at + sample] << 8) | (Samples[at + (2 * sample)] << 16),
                PngColor.Palette => Lookup(Samples[at]),
                _ => Samples[at] * 0x010101,
            };
        }

        return colors;
    }

    private int Lookup(int place) => (place * 3) + 2 < Palette.Length
        ? Palette[place * 3] | (Palette[(place * 3) + 1] << 8) | (Palette[(place * 3) + 2] << 16)
        : throw new InvalidDataException($"not a usable PNG: a pixel has the palette place {place}, the palette ends at {(Palette.Length / 3) - 1}.");
}
