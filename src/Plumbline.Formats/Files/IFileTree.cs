namespace Plumbline.Formats.Files;

/// <summary>The files of a dataset, wherever they lie: a folder, a ZIP or memory. Paths are those of <see cref="TreePath"/>; none leads outside the tree.</summary>
public interface IFileTree : IDisposable
{
    /// <summary>What people call it: the path it was opened from.</summary>
    string Name { get; }

    /// <summary>All files, ordered by path (ordinal). Listing a large folder takes time; it is done once, on the first call.</summary>
    IReadOnlyList<string> Files { get; }

    /// <summary>Entries that were left out because they are unsafe, with the reason.</summary>
    IReadOnlyList<RefusedEntry> Refused { get; }

    /// <summary>Whether there is a file of this path.</summary>
    bool Exists(string path);

    /// <summary>Opens a file for reading from its start. Seekable except in a ZIP.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    Stream OpenRead(string path);

    /// <summary>Where the file lies on disk; null when it does not.</summary>
    string? LocalPath(string path);
}

/// <summary>An entry that a tree leaves out.</summary>
public sealed record RefusedEntry(string Name, string Why);
