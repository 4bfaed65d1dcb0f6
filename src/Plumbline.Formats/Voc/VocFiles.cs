using System.Text;
using Plumbline.Formats.Files;
using Plumbline.Formats.Pictures;

namespace Plumbline.Formats.Voc;

/// <summary>Which images a VOC tree has, with their XML and split: <c>Annotations/</c> with <c>ImageSets/Main/</c>, or XML beside the pictures in <c>train/</c>, <c>val/</c>.</summary>
internal static class VocFiles
{
    private const string Annotations = "Annotations/";
    private const int MaxListBytes = 256 << 20;

    /// <summary>One image.</summary>
    /// <param name="Stem">Its path without extension.</param>
    /// <param name="Split">From the image sets or the folder; null when neither says.</param>
    /// <param name="Xml">Its annotations; null for an image that only a set lists.</param>
    internal sealed record Entry(string Stem, string? Split, string? Xml);

    /// <summary>XML files that may be annotations: those below an <c>Annotations</c> folder where there is one, else all.</summary>
    public static IEnumerable<string> Candidates(IFileTree tree)
    {
        var all = tree.Files.Where(f => TreePath.Extension(f) == ".xml").ToList();
        var below = all.Where(f => Below(f) is not null).ToList();
        return below.Count > 0 ? below : all;
    }

    /// <summary>All images, ordered by split, then path.</summary>
    public static List<Entry> Of(IFileTree tree)
    {
        var splits = ImageSets(tree);
        var entries = new List<Entry>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in Candidates(tree))
        {
            var (split, stem) = Place(file);
            if (splits.TryGetValue(stem, out var listed)) split = listed;
            known.Add(stem);
            entries.Add(new(stem, split, file));
        }

        entries.AddRange(splits.Where(s => !known.Contains(s.Key)).Select(s => new Entry(s.Key, s.Value, null)));
        return [.. entries.OrderBy(e => e.Split, StringComparer.Ordinal).ThenBy(e => e.Stem, StringComparer.Ordinal)];
    }

    private static (string? Split, string Stem) Place(string file)
    {
        var stem = TreePath.Stem(file);
        if (Below(stem) is { } below) return (null, below);
        var cut = stem.IndexOf('/');
        return cut > 0 && SplitNames.Is(stem[..cut]) ? (stem[..cut], stem[(cut + 1)..]) : (null, stem);
    }

    private static string? Below(string path)
    {
        if (path.StartsWith(Annotations, StringComparison.OrdinalIgnoreCase)) return path[Annotations.Length..];
        var cut = path.IndexOf("/" + Annotations, StringComparison.OrdinalIgnoreCase);
        return cut >= 0 ? path[(cut + 1 + Annotations.Length)..] : null;
    }

    // train.txt, val.txt … of Main; "class_train.txt" repeats them by class; trainval repeats train and val and only fills gaps.
    private static Dictionary<string, string> ImageSets(IFileTree tree)
    {
        var splits = new Dictionary<string, string>(StringComparer.Ordinal);
        var lists = tree.Files.Where(f => TreePath.Extension(f) == ".txt" && TreePath.Folder(f).EndsWith("ImageSets/Main", StringComparison.Ordinal) && SplitNames.Is(TreePath.FileName(TreePath.Stem(f))));
        foreach (var list in lists.OrderBy(f => TreePath.FileName(f).StartsWith("trainval", StringComparison.Ordinal)).ThenBy(f => f, StringComparer.Ordinal))
        {
            var split = TreePath.FileName(TreePath.Stem(list));
            using var stream = tree.OpenRead(list);
            using var reader = new StreamReader(stream, Encoding.UTF8);
            long read = 0;
            while (reader.ReadLine() is { } line && (read += line.Length + 1) < MaxListBytes)
            {
                if (StemOf(line) is { } stem) splits.TryAdd(stem, split);
            }
        }

        return splits;
    }

    // "2007_000001", "2007_000001  1" (a flag in sets of one class), "\"a b\" 1" (names with spaces are quoted), "sub/a.jpg".
    private static string? StemOf(string line)
    {
        var text = line.Trim();
        if (text.Length == 0 || text[0] == '#') return null;
        if (text[0] == '"' && text.LastIndexOf('"') is var close and > 0 && text[(close + 1)..].Trim() is ("" or "1" or "0" or "-1")) text = text[1..close];
        else if (text.LastIndexOf(' ') is var space and > 0 && text[(space + 1)..] is "1" or "0" or "-1") text = text[..text.LastIndexOf(' ')].TrimEnd();
        if (!TreePath.TryNormalise(text, out var path)) return null;
        return PictureFinder.IsPicture(path) ? TreePath.Stem(path) : path;
    }
}
