using System.Text;
using Plumbline.Formats.Files;
using Plumbline.Formats.Pictures;

namespace Plumbline.Formats.Yolo;

/// <summary>
/// Which picture belongs to which label file, and to which split. Both are brought to one key: the path without extension, with the last folder named
/// <c>images</c>, <c>labels</c> or the like blanked out, so that <c>images/train/a.jpg</c> meets <c>labels/train/a.txt</c> and <c>train/images/a.jpg</c> meets <c>train/labels/a.txt</c>.
/// </summary>
internal sealed class YoloLayout
{
    private const int MaxListBytes = 64 << 20;
    private static readonly string[] PairedFolders = ["images", "labels", "labeltxt", "annotations", "jpegimages"];
    private static readonly string[] NotLabels = ["classes.txt", "predefined_classes.txt", "train.txt", "val.txt", "valid.txt", "test.txt", "trainval.txt", "readme.txt", "license.txt", "requirements.txt"];

    private readonly IFileTree tree;
    private readonly YoloNames? names;
    private readonly Dictionary<string, string> splitByFile = new(StringComparer.Ordinal);
    private readonly List<(string Folder, string Split)> splitByFolder = [];

    private YoloLayout(IFileTree tree, YoloNames? names)
    {
        this.tree = tree;
        this.names = names;
    }

    /// <summary>One image, by its picture, its labels or both.</summary>
    internal sealed record Entry(string Path, string? Split, string? Picture, string? Labels);

    /// <summary>Paths that <c>data.yaml</c> gives for splits and that are not there.</summary>
    public List<(string Split, string Path)> Missing { get; } = [];

    /// <summary>Whether a path may be a label file, going by its name.</summary>
    public static bool IsLabelFile(string path) => TreePath.Extension(path) == ".txt" && !NotLabels.Contains(TreePath.FileName(path).ToLowerInvariant()) && !IsImageSet(path);

    /// <summary>All images, ordered by split, then path.</summary>
    public static (List<Entry> Entries, YoloLayout Layout) Of(IFileTree tree, YoloNames? names)
    {
        var layout = new YoloLayout(tree, names);
        layout.ReadSplits();
        return (layout.Pair(), layout);
    }

    // VOC's lists have the same extension.
    private static bool IsImageSet(string path) => path.Contains("ImageSets/", StringComparison.Ordinal);

    private List<Entry> Pair()
    {
        var byKey = new Dictionary<string, (List<string> Pictures, string? Labels)>(StringComparer.Ordinal);
        foreach (var file in tree.Files)
        {
            var picture = PictureFinder.IsPicture(file);
            if (!picture && !IsLabelFile(file)) continue;
            ref var pair = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(byKey, KeyOf(file), out _);
            if (picture) (pair.Pictures ??= []).Add(file);
            else pair.Labels ??= file;
        }

        var entries = new List<Entry>(byKey.Count);
        foreach (var (_, (pictures, labels)) in byKey)
        {
            if (pictures is null) entries.Add(EntryOf(labels!, null, labels)); // a key has a picture, labels or both
            else entries.AddRange(pictures.Select(p => EntryOf(p, p, labels)));
        }

        return [.. entries.OrderBy(e => e.Split, StringComparer.Ordinal).ThenBy(e => e.Path, StringComparer.Ordinal)];
    }

    private Entry EntryOf(string file, string? picture, string? labels)
    {
        if (splitByFile.TryGetValue(file, out var listed)) return new(Guess(file).Path, listed, picture, labels);
        foreach (var (folder, split) in splitByFolder)
        {
            if (file.StartsWith(folder + "/", StringComparison.Ordinal)) return new(file[(folder.Length + 1)..], split, picture, labels);
        }

        var (guessed, path) = Guess(file);
        return new(path, guessed, picture, labels);
    }

    // images/train/sub/a.jpg, train/images/sub/a.jpg, obj_train_data/a.jpg, or no split at all.
    private static (string? Split, string Path) Guess(string file)
    {
        var segments = file.Split('/');
        var pair = PairPlace(segments);
        if (pair >= 0)
        {
            if (pair + 2 < segments.Length && SplitNames.Is(segments[pair + 1])) return (segments[pair + 1], string.Join('/', segments[(pair + 2)..]));
            if (pair > 0 && SplitNames.Is(segments[pair - 1])) return (segments[pair - 1], string.Join('/', segments[(pair + 1)..]));
            return (null, string.Join('/', segments[(pair + 1)..]));
        }

        for (var i = 0; i < segments.Length - 1; i++)
        {
            if (segments[i].StartsWith("obj_", StringComparison.Ordinal) && segments[i].EndsWith("_data", StringComparison.Ordinal)) return (segments[i][4..^5], string.Join('/', segments[(i + 1)..]));
            if (SplitNames.Is(segments[i])) return (segments[i], string.Join('/', segments[(i + 1)..]));
        }

        return (null, file);
    }

    private static int PairPlace(string[] segments)
    {
        for (var i = segments.Length - 2; i >= 0; i--)
        {
            if (PairedFolders.Contains(segments[i].ToLowerInvariant())) return i;
        }

        return -1;
    }

    private static string KeyOf(string file)
    {
        var segments = TreePath.Stem(file).Split('/');
        var pair = PairPlace(segments);
        if (pair >= 0) segments[pair] = "*";
        return string.Join('/', segments);
    }

    private void ReadSplits()
    {
        // Ultralytics wants train and val; where one folder stands in for both, the folder's own name tells what it is.
        foreach (var (split, path) in (names?.Splits ?? []).OrderByDescending(s => TreePath.FileName(s.Path.TrimEnd('/')) == s.Split))
        {
            if (path.EndsWith(".txt", StringComparison.OrdinalIgnoreCase)) ReadList(split, path);
            else if (Resolve(path, FolderExists) is not { } folder) Missing.Add((split, path));
            else if (splitByFolder.All(f => f.Folder != folder)) AddFolder(folder, SplitNames.Is(TreePath.FileName(folder)) ? TreePath.FileName(folder) : split);
        }
    }

    // Labels lie beside: images → labels, as Ultralytics replaces it.
    private void AddFolder(string folder, string split)
    {
        splitByFolder.Add((folder, split));
        var segments = folder.Split('/');
        var place = Array.FindLastIndex(segments, s => s == "images");
        if (place < 0) return;
        segments[place] = "labels";
        splitByFolder.Add((string.Join('/', segments), split));
    }

    private void ReadList(string split, string path)
    {
        if (Resolve(path, tree.Exists) is not { } list)
        {
            Missing.Add((split, path));
            return;
        }

        using var stream = tree.OpenRead(list);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        long read = 0;
        while (reader.ReadLine() is { } line && (read += line.Length + 1) < MaxListBytes)
        {
            if (line.Trim() is { Length: > 0 } picture && Resolve(picture, tree.Exists) is { } file) splitByFile.TryAdd(file, split);
        }
    }

    // As written; from the file's own folder; then without leading parts (/datasets/x/…, ../train/…, data/obj_train_data/…), as trees get moved.
    private string? Resolve(string path, Func<string, bool> exists)
    {
        var segments = path.Replace('\\', '/').Split('/', StringSplitOptions.RemoveEmptyEntries).Where(s => s is not ("." or "..")).ToArray();
        for (var skip = 0; skip < segments.Length; skip++)
        {
            var rest = string.Join('/', segments[skip..]);
            var below = TreePath.Join(names?.Folder ?? "", rest);
            if (exists(below)) return below;
            if (exists(rest)) return rest;
        }

        return null;
    }

    private bool FolderExists(string folder)
    {
        // Files are sorted: the first one at or after "folder/" tells.
        int low = 0, high = tree.Files.Count;
        var prefix = folder + "/";
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (string.CompareOrdinal(tree.Files[middle], prefix) < 0) low = middle + 1;
            else high = middle;
        }

        return low < tree.Files.Count && tree.Files[low].StartsWith(prefix, StringComparison.Ordinal);
    }
}
