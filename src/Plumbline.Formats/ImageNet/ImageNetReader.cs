using System.Globalization;
using System.Runtime.CompilerServices;
using Plumbline.Core.Annotations;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;
using Plumbline.Formats.Pictures;
using Plumbline.Formats.Reports;

namespace Plumbline.Formats.ImageNet;

/// <summary>Reads class folders, or lists where there are some. The pictures are the dataset.</summary>
internal sealed class ImageNetReader : DatasetReader
{
    private readonly List<Entry> entries;

    private ImageNetReader(List<Entry> entries, DatasetHeader header)
    {
        this.entries = entries;
        Header = header;
    }

    private sealed record Entry(string? Split, string Path, DatasetPicture? Picture, int[] Classes);

    public override DatasetHeader Header { get; }

    public override long? ItemCount => entries.Count;

    public static ImageNetReader Open(DatasetSource source, ReadRequest request)
    {
        var tree = source.Tree;
        var synsets = ImageNetFiles.Synsets(tree);
        var classes = new List<DatasetClass>(synsets is null ? [] : ImageNetFiles.Names(tree, synsets).Select(n => new DatasetClass { Name = n.Name, Description = n.Description }));
        var lists = synsets is null ? [] : ImageNetFiles.Lists(tree, synsets);
        var entries = lists.Count > 0 ? FromLists(source, lists, classes.Count, request.Issues) : FromFolders(tree, classes, request.Issues);
        if (entries.Count == 0 && classes.Count == 0) throw new DatasetFormatException(tree.Name, "there are no folders of classes with pictures here.");
        entries.Sort((a, b) => string.CompareOrdinal(a.Split, b.Split) is var s and not 0 ? s : string.CompareOrdinal(a.Path, b.Path));
        return new ImageNetReader(entries, new DatasetHeader { Format = "imagenet", Classes = [.. classes], Splits = [.. entries.Select(e => e.Split).Distinct()] });
    }

    public override async IAsyncEnumerable<DatasetItem> ReadItemsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask; // small local files: synchronous reading costs a fraction of an await and a queued read each
        foreach (var entry in entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new DatasetItem
            {
                Path = entry.Path,
                Split = entry.Split,
                Size = PictureSize.Of(entry.Picture),
                Picture = entry.Picture,
                Annotations = [.. entry.Classes.Select(c => new DatasetAnnotation { ClassIndex = c, Shape = new TagShape() })],
            };
        }
    }

    private static List<Entry> FromFolders(IFileTree tree, List<DatasetClass> classes, IssueLog issues)
    {
        var found = new List<(string? Split, string Class, string Path, string File)>();
        foreach (var file in tree.Files.Where(PictureFinder.IsPicture))
        {
            var segments = file.Split('/');
            var at = Array.FindIndex(segments, SplitNames.Is);
            var from = at >= 0 && at < segments.Length - 2 ? at + 1 : 0;
            if (segments.Length - from < 2) issues.Warning("no-class", file, file, null, "the picture lies in no folder of a class; it is left out.");
            else found.Add((from > 0 ? segments[at] : null, segments[from], string.Join('/', segments[(from + 1)..]), file));
        }

        var places = classes.Select((c, i) => (c.Name, i)).ToDictionary(c => c.Name, c => c.i, StringComparer.Ordinal);
        foreach (var name in found.Select(f => f.Class).Distinct().Order(StringComparer.Ordinal))
        {
            if (places.TryAdd(name, classes.Count)) classes.Add(new DatasetClass { Name = name });
        }

        var paths = new ItemPaths(issues);
        return [.. found.Select(f => (f, Path: paths.Take(f.Split, f.Path, f.File, f.File, "path", default))).Where(f => f.Path is not null)
            .Select(f => new Entry(f.f.Split, f.Path!, DatasetPicture.InTree(tree, f.f.File), [places[f.f.Class]]))]; // filtered
    }

    // "path 3" or "path 3 17"; numbers count from 0 in the file of names.
    private static List<Entry> FromLists(DatasetSource source, List<string> lists, int classes, IssueLog issues)
    {
        var entries = new List<Entry>();
        var paths = new ItemPaths(issues);
        foreach (var list in lists)
        {
            var name = TreePath.FileName(TreePath.Stem(list));
            var split = name == "default" ? null : name;
            var number = 0;
            foreach (var line in ImageNetFiles.Lines(source.Tree, list))
            {
                number++;
                if (string.IsNullOrWhiteSpace(line)) continue;
                var end = line.TrimEnd();
                var numbers = new List<int>();
                while (end.LastIndexOf(' ') is var cut and > 0 && int.TryParse(end.AsSpan(cut + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var place))
                {
                    numbers.Insert(0, place);
                    end = end[..cut];
                }

                var position = new FilePosition(Line: number);
                var bad = numbers.Count == 0 ? -1 : numbers.Max();
                if (bad >= classes)
                {
                    issues.Error("dangling-class", list, end, "class", $"there is no class {bad}; the names end at {classes - 1}. The picture is left out.", position);
                    continue;
                }

                if (paths.Take(split, end, list, end, "path", position) is not { } path) continue;
                var folder = TreePath.Folder(list);
                entries.Add(new(split, path, source.Pictures.Find(path, TreePath.Join(folder, $"images/{split}"), TreePath.Join(folder, "images"), TreePath.Join(folder, split ?? ""), folder), [.. numbers]));
            }
        }

        return entries;
    }
}
