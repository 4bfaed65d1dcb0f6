using System.Globalization;
using System.Runtime.CompilerServices;
using Plumbline.Core.Annotations;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;
using Plumbline.Formats.Pictures;
using Plumbline.Formats.Reports;

namespace Plumbline.Formats.LabelMasks;

/// <summary>Reads one mask an image: an annotation for each class that has pixels. 255 in masks of 8 bits is void where the map does not name it.</summary>
internal sealed class MasksReader : DatasetReader
{
    private const int Void = 255;
    private readonly DatasetSource source;
    private readonly IssueLog issues;
    private readonly ItemPaths paths;
    private readonly List<MasksFiles.Entry> entries;
    private readonly List<int?> classOf = [];
    private readonly Dictionary<int, int> classOfColor = [];

    private MasksReader(DatasetSource source, IssueLog issues, List<MasksFiles.Entry> entries, MasksLabelMap map)
    {
        this.source = source;
        this.issues = issues;
        paths = new(issues);
        this.entries = entries;
        var classes = new List<DatasetClass>();
        for (var i = 0; i < map.Names.Count; i++)
        {
            classOf.Add(map.Names[i] is null ? null : classes.Count);
            if (map.Colors[i] is { } color) classOfColor.TryAdd(color, map.Names[i] is null ? -1 : classes.Count);
            if (map.Names[i] is { } name) classes.Add(new DatasetClass { Name = name, Color = map.Hex(i) });
        }

        Header = new DatasetHeader { Format = "masks", Classes = [.. classes], Splits = [.. entries.Select(e => e.Split).Distinct()] };
    }

    public override DatasetHeader Header { get; }

    public override long? ItemCount => entries.Count;

    public static MasksReader Open(DatasetSource source, ReadRequest request, CancellationToken cancellationToken)
    {
        var entries = MasksFiles.Of(source.Tree);
        if (entries.Count == 0) throw new DatasetFormatException(source.Tree.Name, "there are no masks here (PNG files below masks/, SegmentationClass/, annotations/ or labels/).");
        var map = MasksLabelMap.Read(source.Tree);
        if (map.Names.Count == 0) Number(source.Tree, entries, map, request.Issues, cancellationToken);
        return new MasksReader(source, request.Issues, entries, map);
    }

    public override async IAsyncEnumerable<DatasetItem> ReadItemsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask; // small local files: synchronous reading costs a fraction of an await and a queued read each
        foreach (var entry in entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (path, picture) = PicturesByStem.Find(source.Pictures, entry.Stem, ".png", TreePath.Join(entry.Root, $"images/{entry.Split}"), TreePath.Join(entry.Root, "images"), TreePath.Join(entry.Root, "JPEGImages"));
            if (MaskFile.TryRead(source.Tree, entry.Mask, issues) is not { } png) continue;
            yield return paths.Unique(new DatasetItem { Path = path, Split = entry.Split, Size = new(png.Width, png.Height), Picture = picture, Annotations = Annotations(png, entry.Mask, path) }, entry.Mask);
        }
    }

    // Without a label map the numbers are all there is.
    private static void Number(IFileTree tree, List<MasksFiles.Entry> entries, MasksLabelMap map, IssueLog issues, CancellationToken cancellationToken)
    {
        var highest = 0;
        foreach (var entry in entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (MaskFile.TryRead(tree, entry.Mask, null) is { Color: PngColor.Grey or PngColor.Palette } png) highest = Math.Max(highest, png.Labels().Where(l => png.Depth == 16 || l != Void).DefaultIfEmpty().Max());
        }

        for (var i = 0; i <= highest; i++)
        {
            map.Names.Add(i == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"class_{i}"));
            map.Colors.Add(null);
        }

        issues.Warning("no-names", tree.Name, null, "labelmap.txt", "there is no labelmap.txt; classes are called class_1, class_2 …, 0 is background.");
    }

    private List<DatasetAnnotation> Annotations(PngImage png, string file, string item)
    {
        var isIndexed = png.Color is PngColor.Grey or PngColor.Palette or PngColor.GreyAlpha;
        var annotations = new List<DatasetAnnotation>();
        foreach (var (number, mask) in LabelRegions.Of(isIndexed ? png.Labels() : png.Colors(), png.Width, png.Height))
        {
            int? place = isIndexed ? number < classOf.Count ? classOf[number] ?? -1 : number == Void && png.Depth == 8 ? -1 : null : classOfColor.TryGetValue(number, out var known) ? known : null;
            if (place is null)
            {
                var shown = isIndexed ? number.ToString(CultureInfo.InvariantCulture) : $"({number & 0xFF}, {(number >> 8) & 0xFF}, {number >> 16})";
                issues.Error("dangling-class", file, item, null, $"{mask.Area} pixels are {shown}, which the label map does not have; they are left out.");
            }
            else if (place >= 0)
            {
                annotations.Add(new DatasetAnnotation { ClassIndex = place.Value, Shape = new MaskShape(mask) });
            }
        }

        return annotations;
    }
}
