using Plumbline.Formats.Files;
using Plumbline.Formats.Json;

namespace Plumbline.Formats.Datumaro;

/// <summary>Which JSON files of a tree are Datumaro's: an object with <c>items</c> and <c>categories</c>.</summary>
internal static class DatumaroFiles
{
    private const int MaxCandidates = 200;

    /// <summary>What Datumaro calls the subset of images that are in none.</summary>
    public const string DefaultSubset = "default";

    /// <summary>The files, ordered by path.</summary>
    public static List<string> Of(IFileTree tree) => [.. tree.Files.Where(f => TreePath.Extension(f) == ".json").Take(MaxCandidates).Where(f => LooksLike(tree, f))];

    /// <summary>The split that a file holds: its name.</summary>
    public static string? SplitOf(string path) => TreePath.FileName(TreePath.Stem(path)) is var name && name != DefaultSubset ? name : null;

    private static bool LooksLike(IFileTree tree, string file)
    {
        var fields = JsonFiles.TopFields(tree, file);
        return fields.Contains("categories") && !fields.Contains("images") && (fields.Contains("items") || fields.Contains("dm_format_version"));
    }
}
