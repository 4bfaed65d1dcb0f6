using Plumbline.Formats.Files;

namespace Plumbline.Formats.Kitti;

/// <summary>The label files of a tree: <c>SPLIT/label_2/*.txt</c>; the split <c>training</c> is KITTI's own.</summary>
internal static class KittiFiles
{
    /// <summary>One image.</summary>
    /// <param name="Split">The folder above <c>label_2</c>; null when there is none.</param>
    /// <param name="Stem">Path below <c>label_2</c>, without extension.</param>
    /// <param name="Labels">The label file.</param>
    /// <param name="Root">The folder above <c>label_2</c>.</param>
    internal sealed record Entry(string? Split, string Stem, string Labels, string Root);

    private const string Labels = "label_2/";

    /// <summary>What KITTI calls the images that are not for testing.</summary>
    public const string Training = "training";

    /// <summary>All images, ordered by split, then path.</summary>
    public static List<Entry> Of(IFileTree tree) =>
        [.. tree.Files.Where(f => TreePath.Extension(f) == ".txt").Select(EntryOf).OfType<Entry>().OrderBy(e => e.Split, StringComparer.Ordinal).ThenBy(e => e.Stem, StringComparer.Ordinal)];

    private static Entry? EntryOf(string file)
    {
        var at = file.StartsWith(Labels, StringComparison.Ordinal) ? 0 : file.IndexOf("/" + Labels, StringComparison.Ordinal) + 1;
        if (at <= 0 && !file.StartsWith(Labels, StringComparison.Ordinal)) return null;
        var root = file[..at].TrimEnd('/');
        var split = TreePath.FileName(root);
        return new(split is "" or Training ? null : split, TreePath.Stem(file[(at + Labels.Length)..]), file, root);
    }
}
