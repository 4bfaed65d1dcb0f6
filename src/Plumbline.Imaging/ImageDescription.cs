namespace Plumbline.Imaging;

/// <summary>What is known of a picture from its header.</summary>
public sealed record ImageDescription
{
    /// <summary>The format of the file.</summary>
    public required ImageFormat Format { get; init; }

    /// <summary>Width in pixels as stored, before the orientation is applied.</summary>
    public required int StoredWidth { get; init; }

    /// <summary>Height in pixels as stored, before the orientation is applied.</summary>
    public required int StoredHeight { get; init; }

    /// <summary>EXIF orientation, 1 to 8; 1 when the file does not say.</summary>
    public required int Orientation { get; init; }

    /// <summary>Bits of one sample (of one palette index in palette pictures).</summary>
    public required int BitDepth { get; init; }

    /// <summary>Channels after decoding, alpha included.</summary>
    public required int Bands { get; init; }

    /// <summary>Whether the decoded picture has an alpha channel.</summary>
    public required bool HasAlpha { get; init; }

    /// <summary>Whether the file stores palette indices.</summary>
    public required bool IsPalette { get; init; }

    /// <summary>The kind of colour: <c>grey</c>, <c>rgb</c>, <c>cmyk</c> or <c>lab</c>.</summary>
    public required string ColorModel { get; init; }

    /// <summary>The name in the embedded ICC profile, if there is one.</summary>
    public string? ColorProfile { get; init; }

    /// <summary>Estimated JPEG quality, 1 to 100.</summary>
    public int? Quality { get; init; }

    /// <summary>Frames or pages in the file; only the first is read.</summary>
    public int Frames { get; init; } = 1;

    /// <summary>Whether browsers and training scripts see the right picture in the file as it is: JPEG or PNG, upright, 8 bits, grey or RGB, not animated.</summary>
    public required bool IsUprightAsStored { get; init; }

    /// <summary>Camera, lens, exposure and time as the file tells them, by name. No location.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>Width in pixels of the upright picture: the width that annotations refer to.</summary>
    public int Width => Orientation >= 5 ? StoredHeight : StoredWidth;

    /// <summary>Height in pixels of the upright picture.</summary>
    public int Height => Orientation >= 5 ? StoredWidth : StoredHeight;
}
