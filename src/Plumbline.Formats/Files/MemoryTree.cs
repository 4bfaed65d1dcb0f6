namespace Plumbline.Formats.Files;

/// <summary>Files held in memory: for tests and small things.</summary>
public sealed class MemoryTree : IFileTree
{
    private readonly SortedDictionary<string, byte[]> contents = new(StringComparer.Ordinal);

    /// <param name="files">Paths and bytes.</param>
    /// <exception cref="ArgumentException">A path is unsafe.</exception>
    public MemoryTree(IEnumerable<KeyValuePair<string, byte[]>> files)
    {
        foreach (var (path, bytes) in files)
        {
            if (!TreePath.TryNormalise(path, out var normal)) throw new ArgumentException($"{path} is not a path inside a tree.", nameof(files));
            contents[normal] = bytes;
        }

        Files = [.. contents.Keys];
    }

    /// <inheritdoc />
    public string Name => "memory";

    /// <inheritdoc />
    public IReadOnlyList<string> Files { get; }

    /// <inheritdoc />
    public IReadOnlyList<RefusedEntry> Refused => [];

    /// <inheritdoc />
    public bool Exists(string path) => contents.ContainsKey(path);

    /// <inheritdoc />
    public Stream OpenRead(string path) => contents.TryGetValue(path, out var bytes)
        ? new MemoryStream(bytes, writable: false)
        : throw new FileNotFoundException($"There is no file {path} in memory.", path);

    /// <inheritdoc />
    public string? LocalPath(string path) => null;

    /// <inheritdoc />
    public void Dispose()
    {
    }
}
