using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;
using Plumbline.Formats.Pictures;
using Plumbline.Formats.Reports;

namespace Plumbline.Formats.Yolo;

/// <summary>Reads label files picture by picture. Shares become pixels by the picture's own size and are snapped to a millionth of a pixel, so that writing and reading again changes nothing.</summary>
internal sealed class YoloReader : DatasetReader
{
    private const int MaxLabelBytes = 64 << 20;
    private readonly DatasetSource source;
    private readonly IssueLog issues;
    private readonly ItemPaths paths;
    private readonly List<YoloLayout.Entry> entries;
    private readonly YoloShapes shapes;

    private YoloReader(DatasetSource source, IssueLog issues, List<YoloLayout.Entry> entries, YoloShapes shapes, DatasetHeader header)
    {
        this.shapes = shapes;
        this.source = source;
        this.issues = issues;
        paths = new(issues);
        this.entries = entries;
        Header = header;
    }

    public override DatasetHeader Header { get; }

    public override long? ItemCount => entries.Count;

    public static YoloReader Open(string format, YoloTask task, DatasetSource source, ReadRequest request)
    {
        var names = YoloNames.Find(source.Tree);
        var points = task == YoloTask.Pose ? names?.Points : null;
        var (entries, layout) = YoloLayout.Of(source.Tree, names);
        if (entries.Count == 0) throw new DatasetFormatException(source.Tree.Name, "there are neither pictures nor YOLO label files here.");
        foreach (var (split, path) in layout.Missing) request.Issues.Warning("split-missing", names!.File, null, split, $"'{path}' is not here; what is found beside it is read."); // only a file of names lists splits
        var skeleton = points?.ToSkeleton();
        var classes = names?.Names.Select(n => new DatasetClass { Name = n, Skeleton = skeleton }).ToImmutableArray() ?? Unnamed(source.Tree, entries, request.Issues);
        var splits = entries.Select(e => e.Split).Distinct().ToImmutableArray();
        return new YoloReader(source, request.Issues, entries, new YoloShapes(task, points), new DatasetHeader { Format = format, Classes = classes, Splits = splits });
    }

    public override async IAsyncEnumerable<DatasetItem> ReadItemsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask; // small local files: synchronous reading costs a fraction of an await and a queued read each
        var row = new YoloRow();
        foreach (var entry in entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (ReadItem(entry, row) is { } item) yield return paths.Unique(item, entry.Picture ?? entry.Labels!); // one of them is there
        }
    }

    // Without names the numbers are all there is: as many classes as the highest one asks for.
    private static ImmutableArray<DatasetClass> Unnamed(IFileTree tree, List<YoloLayout.Entry> entries, IssueLog issues)
    {
        const int MostWithoutNames = 10_000;
        var highest = -1;
        var row = new YoloRow();
        foreach (var labels in entries.Select(e => e.Labels).OfType<string>())
        {
            var text = Content(tree, labels);
            foreach (var range in text.Span.Split((byte)'\n'))
            {
                if (row.Read(text.Span[range]) && row.Class is { } number and < MostWithoutNames) highest = Math.Max(highest, number);
            }
        }

        issues.Warning("no-names", tree.Name, null, "names", "there is no data.yaml, obj.names or classes.txt; classes are called class_0, class_1 …");
        return [.. Enumerable.Range(0, highest + 1).Select(i => new DatasetClass { Name = string.Create(CultureInfo.InvariantCulture, $"class_{i}") })];
    }

    private static ReadOnlyMemory<byte> Content(IFileTree tree, string path)
    {
        using var stream = tree.OpenRead(path);
        using var memory = new MemoryStream();
        var block = new byte[8192];
        for (int count; (count = stream.Read(block)) > 0;)
        {
            if (memory.Length + count > MaxLabelBytes) throw new DatasetFormatException(path, "a label file of over 64 MiB is not read.");
            memory.Write(block, 0, count);
        }

        return memory.GetBuffer().AsMemory(0, (int)memory.Length);
    }

    private DatasetItem? ReadItem(YoloLayout.Entry entry, YoloRow row)
    {
        var (path, picture) = Picture(entry);
        if (picture is null)
        {
            issues.Error("no-picture", entry.Labels!, path, null, "its picture is not here, and without the picture's size shares cannot become pixels; give --image-root. It is left out."); // no picture: it came from labels
            return null;
        }

        var size = PictureSize.Of(picture);
        if (size is null)
        {
            issues.Error("bad-picture", entry.Picture ?? path, path, null, "the picture's size cannot be read from its header; it is left out.");
            return null;
        }

        return new DatasetItem
        {
            Path = path,
            Split = entry.Split,
            Size = size,
            Picture = picture,
            Annotations = entry.Labels is { } labels ? ReadLabels(labels, path, size.Value, row) : [],
        };
    }

    private (string Path, DatasetPicture? Picture) Picture(YoloLayout.Entry entry)
    {
        if (entry.Picture is { } inTree) return (entry.Path, DatasetPicture.InTree(source.Tree, inTree));
        var stem = TreePath.Stem(entry.Path);
        foreach (var extension in PictureFinder.Extensions)
        {
            if (source.Pictures.Find(stem + extension, entry.Split ?? "", $"images/{entry.Split}", "images") is { } picture) return (stem + extension, picture);
        }

        return (stem, null);
    }

    private List<DatasetAnnotation> ReadLabels(string file, string image, PictureSize size, YoloRow row)
    {
        var annotations = new List<DatasetAnnotation>();
        var text = Content(source.Tree, file);
        var line = 0;
        foreach (var range in text.Span.Split((byte)'\n'))
        {
            line++;
            if (!row.Read(text.Span[range])) Refuse("not-numbers", null, "a row must be numbers parted by spaces");
            else if (row.Count == 0) continue;
            else if (row.Class is not { } number) Refuse("bad-class", "class", "the class must be a whole number of at least 0");
            else if (number >= Header.Classes.Length) Refuse("dangling-class", "class", $"there is no class {number}; the names end at {Header.Classes.Length - 1}");
            else if (shapes.Read(row, number, size, text[range], out var fault) is not { } annotation) Refuse("bad-row", null, fault);
            else annotations.Add(annotation.Score is null ? annotation : annotation with { Score = ReadScore.Of(annotation.Score, issues, file, image, new(Line: line)) });
        }

        return annotations;

        void Refuse(string code, string? field, string message) => issues.Error(code, file, image, field, $"{message}; the row is left out.", new(Line: line));
    }

}
