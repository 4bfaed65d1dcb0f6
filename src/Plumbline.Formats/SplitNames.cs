using System.Text.RegularExpressions;

namespace Plumbline.Formats;

/// <summary>Names that folders and files use for splits.</summary>
internal static partial class SplitNames
{
    /// <summary>Whether a name is a split's by itself: <c>train</c>, <c>val2017</c>, <c>test</c> …</summary>
    public static bool Is(string name) => Pattern().IsMatch(name);

    [GeneratedRegex("^(train|val|valid|validation|test|trainval|minival|dev)[0-9]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Pattern();
}
