using Plumbline.Formats.Datasets;
using Plumbline.Formats.Records;
using Plumbline.Formats.Reports;

namespace Plumbline.Formats.Files;

/// <summary>Makes the names that a file gives to its images into paths inside the dataset, each once within its split.</summary>
internal sealed class ItemPaths(IssueLog issues)
{
    private readonly HashSet<(string? Split, string Path)> taken = [];

    /// <summary>The path to use; null when the name cannot be one (which is an issue). An unsafe name is brought inside, a second image of one name becomes <c>name_2</c>; both with a remark.</summary>
    public string? Take(string? split, string? name, string file, string item, string field, FilePosition position)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            issues.Error("no-file-name", file, item, field, "the image has no file name; it is left out.", position);
            return null;
        }

        return ItemPath.Of(name, field, file, position, issues) is { } path ? Free(split, path, file, field, position) : null;
    }

    /// <summary>The item, under another path when its own is taken: trees may hold several datasets, whose images have the same names.</summary>
    /// <param name="item">As it was read.</param>
    /// <param name="file">The file it was read from.</param>
    public DatasetItem Unique(DatasetItem item, string file)
    {
        var path = Free(item.Split, item.Path, file, "path", default);
        return path == item.Path ? item : item with { Path = path };
    }

    private string Free(string? split, string path, string file, string field, FilePosition position)
    {
        if (taken.Add((split, path))) return path;
        var stem = TreePath.Stem(path);
        for (var n = 2; ; n++)
        {
            var other = FormattableString.Invariant($"{stem}_{n}{path[stem.Length..]}");
            if (!taken.Add((split, other))) continue;
            issues.Warning("duplicate-path", file, other, field, $"another image is called {path}; this one is called {other}.", position);
            return other;
        }
    }
}
