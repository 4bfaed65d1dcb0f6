namespace Plumbline.Formats.Files;

/// <summary>Collects what is written in memory: for tests and small things.</summary>
public sealed class MemoryTarget(bool singleFile = false) : TreeTarget
{
    private readonly SortedDictionary<string, MemoryStream> written = new(StringComparer.Ordinal);

    /// <inheritdoc />
    public override bool IsSingleFile => singleFile;

    /// <summary>What was written so far.</summary>
    public IReadOnlyDictionary<string, byte[]> Files => written.ToDictionary(f => f.Key, f => f.Value.ToArray());

    /// <inheritdoc />
    public override Stream Create(string path)
    {
        Check(path);
        var stream = new MemoryStream();
        written.Add(path, stream);
        return stream;
    }

    /// <summary>What was written, as a tree to read.</summary>
    public MemoryTree ToTree() => new(Files);

    /// <inheritdoc />
    public override void Commit()
    {
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
    }
}
