using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;
using Plumbline.Formats.Json;
using Plumbline.Formats.Pictures;
using Plumbline.Formats.Reports;

namespace Plumbline.Formats.Cityscapes;

/// <summary>Reads polygons where there are some, else the map of instances or labels. The classes are those found, Cityscapes' own first.</summary>
internal sealed class CityscapesReader : DatasetReader
{
    private readonly DatasetSource source;
    private readonly IssueLog issues;
    private readonly ItemPaths paths;
    private readonly List<CityscapesFiles.Entry> entries;
    private readonly Dictionary<string, int> classes;

    private CityscapesReader(DatasetSource source, IssueLog issues, List<CityscapesFiles.Entry> entries, SortedSet<string> names)
    {
        this.source = source;
        this.issues = issues;
        paths = new(issues);
        this.entries = entries;
        var ordered = CityscapesLabels.All.Select(l => l.Name).Where(names.Contains).Concat(names.Where(n => CityscapesLabels.Find(n) is null)).ToList();
        classes = ordered.Select((n, i) => (n, i)).ToDictionary(n => n.n, n => n.i, StringComparer.Ordinal);
        Header = new DatasetHeader
        {
            Format = "cityscapes",
            Classes = [.. ordered.Select(n => new DatasetClass { Name = n, Color = CityscapesLabels.Find(n)?.Color })],
            Splits = [.. entries.Select(e => e.Split).Distinct()],
        };
    }

    public override DatasetHeader Header { get; }

    public override long? ItemCount => entries.Count;

    public static CityscapesReader Open(DatasetSource source, ReadRequest request, CancellationToken cancellationToken)
    {
        var entries = CityscapesFiles.Of(source.Tree);
        if (entries.Count == 0) throw new DatasetFormatException(source.Tree.Name, "there are no files of Cityscapes here (*_gtFine_polygons.json, *_gtFine_instanceIds.png, *_gtFine_labelIds.png).");
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (entry.Polygons is { } polygons)
            {
                using var document = JsonFiles.TryRead(source.Tree, polygons, null);
                if (document is not null) names.UnionWith(document.RootElement.Field("objects").Elements().Select(o => o.TextField("label")).OfType<string>().Select(n => CityscapesLabels.Parse(n).Name));
            }
            else if (MaskFile.TryRead(source.Tree, entry.Map!, null) is { } png) // a file has polygons or a map
            {
                names.UnionWith(png.Labels().Distinct().Select(v => NameOf(v >= 1000 ? v / 1000 : v)));
            }
        }

        names.Remove("");
        return new CityscapesReader(source, request.Issues, entries, names);
    }

    public override async IAsyncEnumerable<DatasetItem> ReadItemsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask; // small local files: synchronous reading costs a fraction of an await and a queued read each
        foreach (var entry in entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var item = entry.Polygons is { } polygons ? ReadPolygons(entry, polygons) : ReadMap(entry, entry.Map!); // a file has polygons or a map
            if (item is not null) yield return paths.Unique(item, entry.Polygons ?? entry.Map!); // a file has polygons or a map
        }
    }

    private static string NameOf(int id) => id < CityscapesLabels.All.Count ? CityscapesLabels.All[id].Name : string.Create(CultureInfo.InvariantCulture, $"class_{id}");

    private (string Path, DatasetPicture? Picture) Picture(CityscapesFiles.Entry entry)
    {
        var folder = TreePath.Join(entry.Root, TreePath.Join("leftImg8bit", entry.Split ?? ""));
        var (path, picture) = PicturesByStem.Find(source.Pictures, $"{entry.Stem}_leftImg8bit", ".png", folder, entry.Split ?? "", "leftImg8bit");
        return (entry.Stem + path[(entry.Stem.Length + "_leftImg8bit".Length)..], picture);
    }

    private DatasetItem? ReadPolygons(CityscapesFiles.Entry entry, string file)
    {
        using var document = JsonFiles.TryRead(source.Tree, file, issues);
        if (document is null) return null;
        var (path, picture) = Picture(entry);
        var root = document.RootElement;
        var annotations = new List<DatasetAnnotation>();
        var place = 0;
        foreach (var found in root.Field("objects").Elements())
        {
            place++;
            try
            {
                if (found.Field("deleted").AsNumber() is 1) continue;
                if (found.TextField("label") is not { Length: > 0 } label) throw new FormatException("an object has no label");
                var (name, isGroup) = CityscapesLabels.Parse(label);
                var ring = found.Field("polygon").Elements().Select(Point).ToImmutableArray();
                if (ring.Length < 3) throw new FormatException("a polygon needs three points");
                annotations.Add(new DatasetAnnotation { ClassIndex = classes[name], Shape = new PolygonShape(Polygon.FromRing(ring)), Ignore = isGroup });
            }
            catch (FormatException e)
            {
                issues.Error("bad-shape", file, string.Create(CultureInfo.InvariantCulture, $"{path}#@{place}"), null, $"{e.Message}; it is left out.");
            }
        }

        return new DatasetItem
        {
            Path = path,
            Split = entry.Split,
            Size = root.Field("imgWidth").AsSide() is { } width && root.Field("imgHeight").AsSide() is { } height ? new(width, height) : PictureSize.Of(picture),
            Picture = picture,
            Annotations = annotations,
        };
    }

    private DatasetItem? ReadMap(CityscapesFiles.Entry entry, string file)
    {
        if (MaskFile.TryRead(source.Tree, file, issues) is not { } png) return null;
        var (path, picture) = Picture(entry);
        var isInstances = file.EndsWith("instanceIds.png", StringComparison.Ordinal);
        var annotations = new List<DatasetAnnotation>();
        foreach (var (value, mask) in LabelRegions.Of(png.Labels(), png.Width, png.Height))
        {
            var name = NameOf(value >= 1000 ? value / 1000 : value);
            // In a map of instances, objects that nobody told apart have the label's number alone.
            annotations.Add(new DatasetAnnotation { ClassIndex = classes[name], Shape = new MaskShape(mask), Ignore = isInstances && value < 1000 && CityscapesLabels.Find(name) is { HasInstances: true } });
        }

        return new DatasetItem { Path = path, Split = entry.Split, Size = new(png.Width, png.Height), Picture = picture, Annotations = annotations };
    }

    private static Point2 Point(JsonElement json) =>
        json.ValueKind == JsonValueKind.Array && json.GetArrayLength() >= 2 && json[0].AsNumber() is { } x && json[1].AsNumber() is { } y ? new(x, y) : throw new FormatException("a point must be a list of two finite numbers");
}
