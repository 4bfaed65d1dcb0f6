using System.Diagnostics.CodeAnalysis;

namespace Plumbline.Formats.Files;

/// <summary>Gives every image a place of its own in formats that pair files by their name without extension: <c>a.jpg</c> and <c>a.png</c> cannot both be <c>a</c>.</summary>
internal sealed class PathAllocator
{
    // The paths themselves, which the dataset mostly holds anyway.
    private readonly Dictionary<string, HashSet<string>> taken = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The path itself, or with <c>_2</c>, <c>_3</c> … before the extension when its stem is taken within the split. Case does not tell stems apart: not every disk can.</summary>
    public string Allocate(string? split, string path)
    {
        if (!taken.TryGetValue(split ?? "", out var paths)) taken[split ?? ""] = paths = new(new SameStem());
        if (paths.Add(path)) return path;
        var stem = TreePath.Stem(path);
        for (var n = 2; ; n++)
        {
            var candidate = FormattableString.Invariant($"{stem}_{n}{path[stem.Length..]}");
            if (paths.Add(candidate)) return candidate;
        }
    }

    private sealed class SameStem : IEqualityComparer<string>
    {
        public bool Equals(string? x, string? y) => Stem(x).Equals(Stem(y), StringComparison.OrdinalIgnoreCase);

        public int GetHashCode([DisallowNull] string obj) => string.GetHashCode(Stem(obj), StringComparison.OrdinalIgnoreCase);

        private static ReadOnlySpan<char> Stem(string? path) => path is null ? default : TreePath.Stem(path.AsSpan());
    }
}
