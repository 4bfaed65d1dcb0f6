using System.Text;
using Plumbline.Formats.Files;

namespace Plumbline.Formats.ImageNet;

/// <summary>Files of names: <c>synsets.txt</c> with one class a line, or the challenge's <c>LOC_synset_mapping.txt</c>, whose lines add words for people.</summary>
internal static class ImageNetFiles
{
    private const int MostNames = 1_000_000;

    /// <summary>The file that names the classes; null when there is none.</summary>
    public static string? Synsets(IFileTree tree) => tree.Files.Where(f => TreePath.FileName(f) is "synsets.txt" or "LOC_synset_mapping.txt").OrderBy(f => f.Length).ThenBy(f => f, StringComparer.Ordinal).FirstOrDefault();

    /// <summary>Names of the classes and what they mean, in the order of the file.</summary>
    public static List<(string Name, string Description)> Names(IFileTree tree, string file)
    {
        var names = new List<(string, string)>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        var isMapping = TreePath.FileName(file) == "LOC_synset_mapping.txt";
        foreach (var line in Lines(tree, file))
        {
            var cut = isMapping ? line.IndexOf(' ') : -1;
            var (name, words) = cut < 0 ? (line, "") : (line[..cut], line[(cut + 1)..].Trim());
            if (name.Length > 0 && known.Add(name) && names.Count < MostNames) names.Add((name, words));
        }

        return names;
    }

    /// <summary>Lists of pictures with class numbers beside the file of names: <c>train.txt</c>, <c>val.txt</c> …</summary>
    public static List<string> Lists(IFileTree tree, string synsets) =>
        [.. tree.Files.Where(f => f != synsets && TreePath.Extension(f) == ".txt" && TreePath.Folder(f) == TreePath.Folder(synsets) && (SplitNames.Is(TreePath.FileName(TreePath.Stem(f))) || TreePath.FileName(f) == "default.txt"))];

    /// <summary>Lines of a text file.</summary>
    public static IEnumerable<string> Lines(IFileTree tree, string file)
    {
        using var reader = new StreamReader(tree.OpenRead(file), Encoding.UTF8);
        while (reader.ReadLine() is { } line) yield return line;
    }
}
