namespace Plumbline.Formats.Files;

/// <summary>What a packed tree may cost to unpack; beyond it the archive is a bomb.</summary>
/// <param name="MaxFiles">Entries.</param>
/// <param name="MaxFileBytes">Bytes of one unpacked entry.</param>
/// <param name="MaxTotalBytes">Bytes of all entries together.</param>
/// <param name="MaxRatio">Unpacked bytes per packed byte of an entry of more than 16 MiB. Annotation files reach about 20, label maps 200.</param>
public sealed record TreeLimits(int MaxFiles, long MaxFileBytes, long MaxTotalBytes, double MaxRatio)
{
    /// <summary>5 million files, 64 GiB a file, 4 TiB in all, 250 to one.</summary>
    public static TreeLimits Default { get; } = new(5_000_000, 64L << 30, 4L << 40, 250);

    /// <summary>Entries smaller than this are not judged by their ratio.</summary>
    public const long RatioFreeBytes = 16L << 20;
}
