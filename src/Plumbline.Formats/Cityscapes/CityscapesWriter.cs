using System.Buffers.Binary;
using System.Globalization;
using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;
using Plumbline.Formats.Pictures;
using Plumbline.Formats.Reports;
using Plumbline.Formats.Text;

namespace Plumbline.Formats.Cityscapes;

/// <summary>Writes <c>gtFine/SPLIT/</c> with polygons and the three maps made from them, and pictures in <c>leftImg8bit/SPLIT/</c>; images without a split are <c>train</c>.</summary>
internal sealed class CityscapesWriter(CityscapesFormat format, DatasetReader dataset, WriteRequest request)
{
    private const string DefaultSplit = "train";
    private const int MostLabels = 255, MostInstances = 65;
    private const long MaxPixels = 1L << 28;
    private static readonly LossKind NoSplit = new("split", "split", "Cityscapes wants a split; images without one are written as train.", Bookkeeping: true);
    private static readonly LossKind Ignored = new("ignore-flag", "ignore", "Cityscapes has groups of people and vehicles only; this object is written like any other.");
    private static readonly LossKind ClassName = new("class-name", "class", "In Cityscapes this name means a group of another class.");
    private static readonly LossKind NoNumber = new("maps", "*", "Maps have numbers for 255 classes; the others are in the polygons only.", Bookkeeping: true);
    private readonly LossReport losses = request.Losses;
    private readonly CommonLosses common = new(format, dataset.Header, request.Losses);
    private readonly ShapeFit fit = new(format, request.Losses);
    private readonly ReportedPaths paths = new(request.Losses);
    private readonly int[] ids = Ids(dataset.Header);
    private readonly Utf8Text text = new();
    private long imageCount, annotationCount, withoutSplit;

    public async Task<WriteSummary> WriteAsync(CancellationToken cancellationToken)
    {
        await foreach (var item in dataset.ReadItemsAsync(cancellationToken)) Write(item);
        losses.AddForAll(NoSplit, withoutSplit);
        losses.AddForAll(NoNumber, ids.Count(i => i > MostLabels));
        losses.AddForAll(ClassName, dataset.Header.Classes.Count(c => CityscapesLabels.Parse(c.Name).IsGroup));
        common.Finish();
        return new(imageCount, annotationCount);
    }

    // Cityscapes' own labels have their numbers; others follow them.
    private static int[] Ids(DatasetHeader header)
    {
        var next = CityscapesLabels.All.Count;
        return [.. header.Classes.Select(c => CityscapesLabels.Find(c.Name)?.Id ?? next++)];
    }

    private void Write(DatasetItem item)
    {
        if (item.Size is not { } size || (long)size.Width * size.Height > MaxPixels)
        {
            request.Issues.Error("no-size", item.Path, item.Path, "size", item.Size is null ? "the image's size is not known and its picture is not here; give --image-root. It is left out." : "the image has more than 268 million pixels; it is left out.");
            return;
        }

        common.Count(item);
        imageCount++;
        if (item.Split is null) withoutSplit++;
        var split = item.Split ?? DefaultSplit;
        var path = paths.Of(item, split);
        var stem = TreePath.Stem(path);
        var drawn = new List<(DatasetAnnotation Annotation, Polygon Polygon)>();
        foreach (var annotation in item.Annotations)
        {
            if (fit.Of(item, annotation) is not PolygonShape shape) continue;
            annotationCount++;
            common.Count(item, annotation);
            drawn.Add((annotation, shape.Polygon));
        }

        drawn = [.. drawn.OrderBy(d => d.Annotation.Z)];
        WritePolygons($"gtFine/{split}/{stem}_gtFine_polygons.json", item, size, drawn);
        WriteMaps($"gtFine/{split}/{stem}_gtFine", size, drawn);
        if (item.Picture is { } picture && request.Pictures != PictureMode.None) request.Target.Add($"leftImg8bit/{split}/{stem}_leftImg8bit{path[stem.Length..]}", picture, request.Pictures);
    }

    private bool IsGroup(DatasetAnnotation annotation) => annotation.Ignore && CityscapesLabels.Find(dataset.Header.Classes[annotation.ClassIndex].Name) is { HasInstances: true };

    private void WritePolygons(string file, DatasetItem item, PictureSize size, List<(DatasetAnnotation Annotation, Polygon Polygon)> drawn)
    {
        text.Clear();
        text.Add("{\"imgHeight\":"u8).Add((long)size.Height).Add(",\"imgWidth\":"u8).Add((long)size.Width).Add(",\"objects\":["u8);
        for (var i = 0; i < drawn.Count; i++)
        {
            var (annotation, polygon) = drawn[i];
            if (annotation.Ignore && !IsGroup(annotation)) losses.Add(Ignored, item, annotation);
            text.Add(i == 0 ? "\n"u8 : ",\n"u8).Add("{\"label\":"u8).AddJson(dataset.Header.Classes[annotation.ClassIndex].Name + (IsGroup(annotation) ? CityscapesLabels.Group : "")).Add(",\"polygon\":["u8);
            var ring = polygon.Parts[0].Outer.Points;
            for (var p = 0; p < ring.Length; p++) text.Add(p == 0 ? "["u8 : ",["u8).Add(ring[p].X).Add(","u8).Add(ring[p].Y).Add("]"u8);
            text.Add("]}"u8);
        }

        request.Target.Write(file, text.Add("\n]}\n"u8).Written);
    }

    private void WriteMaps(string stem, PictureSize size, List<(DatasetAnnotation Annotation, Polygon Polygon)> drawn)
    {
        var labels = new int[size.Width * size.Height];
        var instances = new int[labels.Length];
        var counts = new Dictionary<int, int>();
        var colors = new Dictionary<int, string> { [0] = "#000000" };
        foreach (var (annotation, polygon) in drawn)
        {
            var id = ids[annotation.ClassIndex];
            if (id > MostLabels || ShapeFit.MaskOf(new PolygonShape(polygon), size) is not { } mask) continue;
            var item = dataset.Header.Classes[annotation.ClassIndex];
            colors[id] = CityscapesLabels.Find(item.Name)?.Color ?? item.Color ?? string.Create(CultureInfo.InvariantCulture, $"#{(id * 37) & 0xFF:x2}{(id * 91) & 0xFF:x2}{(id * 151) & 0xFF:x2}");
            var number = id;
            if (CityscapesLabels.Find(item.Name) is { HasInstances: true } && !annotation.Ignore && id <= MostInstances)
            {
                var count = counts.GetValueOrDefault(id);
                counts[id] = count + 1;
                number = (id * 1000) + Math.Min(count, 999);
            }

            LabelRegions.Paint(labels, size.Width, size.Height, mask, id, 0);
            LabelRegions.Paint(instances, size.Width, size.Height, mask, number, 0);
        }

        Png($"{stem}_labelIds.png", new(size.Width, size.Height, PngColor.Grey, 8, Array.ConvertAll(labels, l => (byte)l), []));
        var wide = new byte[instances.Length * 2];
        for (var i = 0; i < instances.Length; i++) BinaryPrimitives.WriteUInt16BigEndian(wide.AsSpan(2 * i), (ushort)instances[i]);
        Png($"{stem}_instanceIds.png", new(size.Width, size.Height, PngColor.Grey, 16, wide, []));
        var rgba = new byte[labels.Length * 4];
        var bytes = colors.ToDictionary(c => c.Key, c => Convert.FromHexString(c.Value.AsSpan(1)));
        for (var i = 0; i < labels.Length; i++)
        {
            bytes[labels[i]].CopyTo(rgba, 4 * i);
            rgba[(4 * i) + 3] = 255;
        }

        Png($"{stem}_color.png", new(size.Width, size.Height, PngColor.Rgba, 8, rgba, []));
    }

    private void Png(string path, PngImage image)
    {
        using var stream = request.Target.Create(path);
        PngWriter.Write(stream, image);
    }
}
