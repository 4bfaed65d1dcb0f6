namespace Plumbline.Imaging;

/// <summary>Why a file is not taken in as a picture.</summary>
public enum RefusalReason
{
    /// <summary>The file has no bytes.</summary>
    Empty,

    /// <summary>The first bytes are not those of any known picture format.</summary>
    NotAnImage,

    /// <summary>A picture, but of a format or variant that is not read.</summary>
    Unsupported,

    /// <summary>The file ends before the picture does.</summary>
    Truncated,

    /// <summary>The picture's data contradicts itself.</summary>
    Corrupt,

    /// <summary>More pixels, or a longer side, than the limits allow.</summary>
    TooManyPixels,

    /// <summary>A small file that would unfold into a huge picture.</summary>
    Bomb,
}

/// <summary>A refusal with its reason and a sentence for the person whose file it is.</summary>
public sealed record ImageRefusal(RefusalReason Reason, string Message)
{
    /// <summary>The reason as a stable lower-case word, such as <c>not-an-image</c>.</summary>
    public string Code => Reason switch
    {
        RefusalReason.Empty => "empty",
        RefusalReason.NotAnImage => "not-an-image",
        RefusalReason.Unsupported => "unsupported",
        RefusalReason.Truncated => "truncated",
        RefusalReason.Corrupt => "corrupt",
        RefusalReason.TooManyPixels => "too-many-pixels",
        RefusalReason.Bomb => "bomb",
        _ => throw new InvalidOperationException($"Unknown reason {Reason}."),
    };
}

/// <summary>Reading a picture cannot go on; <see cref="Refusal"/> says why.</summary>
public sealed class ImageRefusedException : Exception
{
    /// <summary>A refusal met while reading.</summary>
    public ImageRefusedException(ImageRefusal refusal, Exception? inner = null) : base(refusal.Message, inner) => Refusal = refusal;

    internal ImageRefusedException(RefusalReason reason, string message, Exception? inner = null) : this(new ImageRefusal(reason, message), inner)
    {
    }

    /// <summary>The reason and the sentence for people.</summary>
    public ImageRefusal Refusal { get; }
}
