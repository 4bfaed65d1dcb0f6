using Plumbline.Formats.Files;

namespace Plumbline.Server.Features.Uploads;

/// <summary>The files of a complete upload. A path that leads outside is left out and listed.</summary>
public sealed class UploadTree : IFileTree
{
    private readonly SortedDictionary<string, (long Offset, long Size)> _files = new(StringComparer.Ordinal);
    private readonly List<RefusedEntry> _refused = [];
    private readonly string _data;

    /// <param name="data">The file with all bytes, one upload file after the other.</param>
    /// <param name="files">The files in the order of their bytes.</param>
    public UploadTree(string data, IEnumerable<UploadFile> files)
    {
        _data = data;
        var offset = 0L;
        foreach (var file in files)
        {
            if (!TreePath.TryNormalise(file.Path, out var path)) _refused.Add(new RefusedEntry(file.Path, "the name leads outside the upload"));
            else if (!_files.TryAdd(path, (offset, file.Size))) _refused.Add(new RefusedEntry(file.Path, "another file has the same name"));
            offset += file.Size;
        }
    }

    /// <inheritdoc />
    public string Name => "upload";

    /// <inheritdoc />
    public IReadOnlyList<string> Files => [.. _files.Keys];

    /// <inheritdoc />
    public IReadOnlyList<RefusedEntry> Refused => _refused;

    /// <inheritdoc />
    public bool Exists(string path) => _files.ContainsKey(path);

    /// <inheritdoc />
    public Stream OpenRead(string path) => _files.TryGetValue(path, out var at)
        ? at.Size == 0 ? Stream.Null : new FileSection(_data, at.Offset, at.Size)
        : throw new FileNotFoundException($"There is no file {path} in the upload.", path);

    /// <inheritdoc />
    public string? LocalPath(string path) => null;

    /// <inheritdoc />
    public void Dispose()
    {
        // Every stream has a handle of its own.
    }
}
