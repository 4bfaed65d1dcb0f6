namespace Plumbline.Formats.Files;

/// <summary>Gives every image a place of its own in formats that pair files by their name without extension: <c>a.jpg</c> and <c>a.png</c> cannot both be <c>a</c>.</summary>
internal sealed class PathAllocator
{
    private readonly HashSet<string> taken = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The path itself, or with <c>_2</c>, <c>_3</c> … before the extension when its stem is taken within the split. Case does not tell stems apart: not every disk can.</summary>
    public string Allocate(string? split, string path)
    {
        var stem = TreePath.Stem(path);
        if (taken.Add($"{split}\n{stem}")) return path;
        for (var n = 2; ; n++)
        {
            var candidate = FormattableString.Invariant($"{stem}_{n}");
            if (taken.Add($"{split}\n{candidate}")) return candidate + path[stem.Length..];
        }
    }
}
