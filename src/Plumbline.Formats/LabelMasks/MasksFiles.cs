using Plumbline.Formats.Files;

namespace Plumbline.Formats.LabelMasks;

/// <summary>The masks of a tree: PNG files below a folder that is called like one of masks.</summary>
internal static class MasksFiles
{
    private static readonly string[] Folders = ["masks", "SegmentationClass", "annotations", "labels", "gt"];

    /// <summary>One mask.</summary>
    /// <param name="Split">The folder above or below that of the masks; null when neither is a split's.</param>
    /// <param name="Stem">The image's path without extension.</param>
    /// <param name="Mask">The mask's file.</param>
    /// <param name="Root">The folder above that of the masks.</param>
    internal sealed record Entry(string? Split, string Stem, string Mask, string Root);

    /// <summary>All masks, ordered by split, then path.</summary>
    public static List<Entry> Of(IFileTree tree) =>
        [.. tree.Files.Where(f => TreePath.Extension(f) == ".png").Select(EntryOf).OfType<Entry>().OrderBy(e => e.Split, StringComparer.Ordinal).ThenBy(e => e.Stem, StringComparer.Ordinal)];

    private static Entry? EntryOf(string file)
    {
        var segments = file.Split('/');
        var at = Array.FindIndex(segments, Folders.Contains);
        if (at < 0 || at == segments.Length - 1) return null;
        var root = string.Join('/', segments[..at]);
        var below = segments[(at + 1)..];
        if (at > 0 && SplitNames.Is(segments[at - 1])) return new(segments[at - 1], TreePath.Stem(string.Join('/', below)), file, root);
        return below.Length > 1 && SplitNames.Is(below[0]) ? new(below[0], TreePath.Stem(string.Join('/', below[1..])), file, root) : new(null, TreePath.Stem(string.Join('/', below)), file, root);
    }
}
