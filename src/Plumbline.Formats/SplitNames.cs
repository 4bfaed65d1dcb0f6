using System.Text.RegularExpressions;

namespace Plumbline.Formats;

/// <summary>Names that folders and files use for splits.</summary>
internal static partial class SplitNames
{
    /// <summary>Whether a name is a split's by itself: <c>train</c>, <c>val2017</c>, <c>test</c> …</summary>
    public static bool Is(string name) => Pattern().IsMatch(name);

    /// <summary>The split that a file of labels is for, from its name (<c>train.csv</c>, <c>val-export.csv</c>) or folder; null when neither says.</summary>
    public static string? OfFile(string path)
    {
        var name = Files.TreePath.FileName(Files.TreePath.Stem(path));
        var lead = name.Split('-', '_', '.')[0];
        var folder = Files.TreePath.FileName(Files.TreePath.Folder(path));
        return Is(name) ? name : Is(lead) ? lead : Is(folder) ? folder : null;
    }

    [GeneratedRegex("^(train|val|valid|validation|test|trainval|minival|dev)[0-9]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Pattern();
}
