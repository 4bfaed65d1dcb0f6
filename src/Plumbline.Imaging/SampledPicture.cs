using Plumbline.Imaging.Vips;

namespace Plumbline.Imaging;

/// <summary>A small picture with its samples in memory, computed once: libvips computes a picture anew each time somebody asks for them.</summary>
internal sealed class SampledPicture(VipsImage image)
{
    /// <summary>8 bits each, row by row, the bands of a pixel side by side.</summary>
    public byte[] Samples { get; } = image.SamplesAtOnce();

    /// <summary>Pixels a row.</summary>
    public int Width { get; } = image.Width;

    /// <summary>Rows.</summary>
    public int Height { get; } = image.Height;

    /// <summary>Samples a pixel.</summary>
    public int Bands { get; } = image.Bands;
}
