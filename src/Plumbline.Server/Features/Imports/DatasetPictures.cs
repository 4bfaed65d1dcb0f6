using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;
using Plumbline.Formats.Pictures;

namespace Plumbline.Server.Features.Imports;

/// <summary>The pictures of a dataset as a tree, under the paths that they shall have in the project. Of several splits, each is a folder.</summary>
public sealed class DatasetPictures(bool bySplit) : IFileTree
{
    private readonly SortedDictionary<string, DatasetPicture> pictures = new(StringComparer.Ordinal);
    private readonly List<RefusedEntry> refused = [];

    /// <inheritdoc />
    public string Name => "dataset";

    /// <inheritdoc />
    public IReadOnlyList<string> Files => [.. pictures.Keys];

    /// <inheritdoc />
    public IReadOnlyList<RefusedEntry> Refused => refused;

    /// <summary>The path of an item in the project.</summary>
    public string PathOf(DatasetItem item) => bySplit && item.Split is { } split ? $"{split}/{item.Path}" : item.Path;

    /// <summary>Adds an item's picture, if it has one.</summary>
    public void Add(DatasetItem item)
    {
        if (item.Picture is { } picture && !pictures.TryAdd(PathOf(item), picture)) refused.Add(new RefusedEntry(PathOf(item), "another image of the dataset has the same path"));
    }

    /// <inheritdoc />
    public bool Exists(string path) => pictures.ContainsKey(path);

    /// <inheritdoc />
    public Stream OpenRead(string path) => pictures.TryGetValue(path, out var picture) ? picture.OpenRead() : throw new FileNotFoundException($"There is no picture {path} in the dataset.", path);

    /// <inheritdoc />
    public string? LocalPath(string path) => null;

    /// <inheritdoc />
    public void Dispose()
    {
        // The tree behind belongs to the job.
    }
}
