using System.IO.Enumeration;

namespace Plumbline.Formats.Files;

/// <summary>A folder on disk, or one single file of it.</summary>
public sealed class DirectoryTree : IFileTree
{
    private const int MaxDepth = 32;
    private readonly string root;
    private readonly string? onlyFile;
    private readonly bool followLinks;
    private readonly Dictionary<string, HashSet<string>> folders = new(StringComparer.Ordinal);
    private string[]? files;

    /// <param name="root">The folder.</param>
    /// <param name="followLinks">Whether symbolic links are followed. Refuse them where the folder's owner is not the one who reads.</param>
    public DirectoryTree(string root, bool followLinks = true)
        : this(root, null, followLinks)
    {
    }

    private DirectoryTree(string root, string? onlyFile, bool followLinks)
    {
        this.root = Path.GetFullPath(root);
        this.onlyFile = onlyFile;
        this.followLinks = followLinks;
        Name = onlyFile is null ? root : Path.Combine(root, onlyFile);
    }

    /// <inheritdoc />
    public string Name { get; }

    /// <inheritdoc />
    public IReadOnlyList<string> Files => files ??= onlyFile is null ? ListAll() : [onlyFile];

    /// <inheritdoc />
    public IReadOnlyList<RefusedEntry> Refused => [];

    /// <summary>A tree that holds one file alone, whatever lies beside it.</summary>
    public static DirectoryTree OfFile(string file) =>
        new(Path.GetDirectoryName(Path.GetFullPath(file))!, Path.GetFileName(file), followLinks: true); // a full path of a file has a folder

    /// <inheritdoc />
    public bool Exists(string path)
    {
        if (onlyFile is not null) return path == onlyFile;
        var folder = TreePath.Folder(path);
        if (!folders.TryGetValue(folder, out var names)) folders[folder] = names = NamesIn(folder);
        return names.Contains(TreePath.FileName(path));
    }

    /// <inheritdoc />
    public Stream OpenRead(string path) => Exists(path)
        ? new FileStream(OnDisk(path), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1)
        : throw new FileNotFoundException($"There is no file {path} in {Name}.", path);

    /// <inheritdoc />
    public string? LocalPath(string path) => Exists(path) ? OnDisk(path) : null;

    /// <inheritdoc />
    public void Dispose()
    {
    }

    private string OnDisk(string path) => Path.Combine(root, path);

    private EnumerationOptions Options(bool recurse) => new()
    {
        RecurseSubdirectories = recurse,
        MaxRecursionDepth = MaxDepth,
        IgnoreInaccessible = true,
        AttributesToSkip = followLinks ? FileAttributes.None : FileAttributes.ReparsePoint,
    };

    private HashSet<string> NamesIn(string folder)
    {
        var path = OnDisk(folder);
        if (!Directory.Exists(path) || !WithinLinks(path)) return [];
        return new FileSystemEnumerable<string>(path, (ref FileSystemEntry e) => e.FileName.ToString(), Options(recurse: false)) { ShouldIncludePredicate = IsFile }.ToHashSet(StringComparer.Ordinal);
    }

    // The listing skips links by itself; a folder asked for by name must be checked up to the root.
    private bool WithinLinks(string path)
    {
        if (followLinks) return true;
        for (var at = path; at.Length > root.Length; at = Path.GetDirectoryName(at)!) // stops at the root, which has a folder or is one
        {
            if (new DirectoryInfo(at).LinkTarget is not null) return false;
        }

        return true;
    }

    // A link to nothing is none.
    private static bool IsFile(ref FileSystemEntry entry) => !entry.IsDirectory && ((entry.Attributes & FileAttributes.ReparsePoint) == 0 || entry.ToFileSystemInfo().ResolveLinkTarget(returnFinalTarget: true) is { Exists: true });

    private string[] ListAll()
    {
        var links = new FollowedLinks();
        var listing = new FileSystemEnumerable<string>(root, (ref FileSystemEntry e) => e.ToFullPath(), Options(recurse: true))
        {
            ShouldIncludePredicate = IsFile,
            ShouldRecursePredicate = (ref FileSystemEntry e) => (e.Attributes & FileAttributes.ReparsePoint) == 0 || links.TryFollow(e.Directory.ToString(), e.ToFullPath()),
        };
        var found = listing.Select(f => Path.GetRelativePath(root, f).Replace('\\', '/')).ToArray();
        Array.Sort(found, StringComparer.Ordinal);
        return found;
    }
}
