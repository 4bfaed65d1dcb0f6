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

        if (ItemPath.Of(name, field, file, position, issues) is not { } path) return null;
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
