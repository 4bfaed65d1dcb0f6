using Plumbline.Formats.Files;

namespace Plumbline.Server.Features.Imports;

/// <summary>Folders of this machine that the administrator opened for imports when starting the server. Nothing else of the disk can be reached.</summary>
public sealed class ServerFolders(ServerOptions options)
{
    /// <summary>The names of the roots, in order.</summary>
    public IReadOnlyList<string> Roots => [.. options.Folders.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The folder on disk; null when there is none under that root, or when the way there leads over a link.</summary>
    public string? Resolve(string root, string folder)
    {
        if (!options.Folders.TryGetValue(root, out var path) || !Directory.Exists(path)) return null;
        folder = folder.Trim('/');
        if (folder.Length == 0) return path;
        if (!TreePath.TryNormalise(folder, out var normal)) return null;
        foreach (var segment in normal.Split('/'))
        {
            path = Path.Combine(path, segment);
            if (!Directory.Exists(path) || new DirectoryInfo(path).LinkTarget is not null) return null;
        }

        return path;
    }
}
