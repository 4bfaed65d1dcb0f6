namespace Plumbline.Imaging;

/// <summary>What a picture may ask of the machine. Checked on the header, before any pixel is decoded.</summary>
public sealed record ImageLimits
{
    /// <summary>The limits that hold when nobody chose others.</summary>
    public static ImageLimits Default { get; } = new();

    /// <summary>Pixels (width × height) of any picture.</summary>
    public long MaxPixels { get; init; } = 2_000_000_000;

    /// <summary>Pixels of a picture that can only be decoded as a whole in memory: progressive JPEG, interlaced PNG, WebP, GIF, BMP.</summary>
    public long MaxPixelsDecodedWhole { get; init; } = 268_435_456;

    /// <summary>Width and height each. 65,500 is the most a JPEG holds.</summary>
    public int MaxSide { get; init; } = 65_500;

    /// <summary>A picture of more pixels than this is refused as a bomb if it has more than <see cref="MaxPixelsPerByte"/> pixels for each byte of its file.</summary>
    public long BombPixels { get; init; } = 50_000_000;

    /// <summary>Pixels for each byte of the file. Even an empty white page as 8-bit PNG stays near 1,000; one-bit bombs reach 8,000.</summary>
    public int MaxPixelsPerByte { get; init; } = 1_000;
}
