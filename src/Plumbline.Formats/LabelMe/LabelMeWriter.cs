using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Core.Masks;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;
using Plumbline.Formats.Json;
using Plumbline.Formats.Pictures;
using Plumbline.Formats.Reports;
using Plumbline.Formats.Text;

namespace Plumbline.Formats.LabelMe;

/// <summary>Writes one JSON beside each picture, in a folder for each split, and <c>labels.txt</c>.</summary>
internal sealed class LabelMeWriter(LabelMeFormat format, DatasetReader dataset, WriteRequest request)
{
    private static readonly LossKind Split = new("split", "split", "Splits are folders here, and one of this name is not read as a split.");
    private static readonly LossKind NotRound = new("shape", "shape", "LabelMe has circles only; another ellipse is written as a polygon.");
    private static readonly LossKind SameGroup = new("group", "groupId", "Polygons or masks of one class in one group would be parts of one object in LabelMe; this one is written without its group.");
    private readonly LossReport losses = request.Losses;
    private readonly CommonLosses common = new(format, dataset.Header, request.Losses);
    private readonly ShapeFit fit = new(format, request.Losses);
    private readonly GroupNumbers groups = new(format, request.Losses);
    private readonly ReportedPaths paths = new(request.Losses);
    private readonly Utf8Text text = new();
    private long imageCount, annotationCount;

    public async Task<WriteSummary> WriteAsync(CancellationToken cancellationToken)
    {
        await foreach (var item in dataset.ReadItemsAsync(cancellationToken)) Write(item);
        text.Clear();
        text.Add("__ignore__\n_background_\n"u8);
        foreach (var name in dataset.Header.Classes.Select(c => c.Name)) text.Add(name.ReplaceLineEndings(" ")).Add("\n"u8);
        request.Target.Write("labels.txt", text.Written);
        common.Finish();
        return new(imageCount, annotationCount);
    }

    private void Write(DatasetItem item)
    {
        common.Count(item);
        imageCount++;
        if (item.Split is { } split && !SplitNames.Is(split)) losses.Add(Split, item);
        var allocated = paths.Of(item, item.Split);
        var path = TreePath.Join(item.Split ?? "", allocated);
        text.Clear();
        text.Add("{\n\"version\":\"5.5.0\",\n\"flags\":"u8);
        JsonAttributes.Write(text, item.Attributes.Where(a => a.Value is AttributeValue.Flag));
        if (item.Attributes.Any(a => a.Value is not AttributeValue.Flag)) JsonAttributes.Write(text.Add(",\n\"attributes\":"u8), item.Attributes.Where(a => a.Value is not AttributeValue.Flag));
        text.Add(",\n\"shapes\":["u8);
        WriteShapes(item);
        text.Add("],\n\"imagePath\":"u8).AddJson(TreePath.FileName(path)).Add(",\n\"imageData\":null"u8);
        if (item.Size is { } size) text.Add(",\n\"imageHeight\":"u8).Add((long)size.Height).Add(",\n\"imageWidth\":"u8).Add((long)size.Width);
        request.Target.Write($"{TreePath.Stem(path)}.json", text.Add("\n}\n"u8).Written);
        if (item.Picture is { } picture && request.Pictures != PictureMode.None) request.Target.Add(path, picture, request.Pictures);
    }

    private void WriteShapes(DatasetItem item)
    {
        var numbers = groups.Of(item);
        var next = numbers.Count == 0 ? 1 : numbers.Values.Max() + 1;
        var joined = new HashSet<(int Group, int Class, ShapeKind Kind)>();
        var first = true;
        foreach (var annotation in item.Annotations)
        {
            if (fit.Of(item, annotation) is not { } fitted) continue;
            annotationCount++;
            common.Count(item, annotation);
            var shape = Round(item, annotation, fitted);
            int? group = annotation.GroupId is { } id ? numbers[id] : null;
            if (group is { } known && shape.Kind is ShapeKind.Polygon or ShapeKind.Mask && !joined.Add((known, annotation.ClassIndex, shape.Kind)))
            {
                losses.Add(SameGroup, item, annotation);
                group = null;
            }

            var rings = shape is PolygonShape { Polygon.Parts: var parts } ? parts.Select(p => p.Outer).ToArray() : [];
            if (rings.Length > 1 && group is null) group = next++;
            for (var i = 0; i < Math.Max(1, rings.Length); i++)
            {
                text.Add(first ? "\n"u8 : ",\n"u8);
                first = false;
                WriteShape(annotation, rings.Length > 0 ? new PolygonShape(Polygon.FromRing(rings[i].Points)) : shape, group);
            }
        }
    }

    private Shape Round(DatasetItem item, DatasetAnnotation annotation, Shape shape)
    {
        if (shape is not EllipseShape { Ellipse: var ellipse } || ellipse.RadiusX == ellipse.RadiusY) return shape;
        losses.Add(NotRound, item, annotation);
        return Outlines.Of(shape) is { } outline ? new PolygonShape(outline) : new BoxShape(ellipse.Bounds);
    }

    private void WriteShape(DatasetAnnotation annotation, Shape shape, int? group)
    {
        text.Add("{\"label\":"u8).AddJson(dataset.Header.Classes[annotation.ClassIndex].Name).Add(",\"points\":["u8);
        var type = shape switch
        {
            BoxShape { Box: var b } => Points("rectangle"u8, [new(b.X, b.Y), new(b.Right, b.Bottom)]),
            EllipseShape { Ellipse: var e } => Points("circle"u8, [new(e.CenterX, e.CenterY), new(e.CenterX + e.RadiusX, e.CenterY)]),
            PolygonShape { Polygon: var p } => Points("polygon"u8, p.Parts[0].Outer.Points.AsSpan()),
            PolylineShape { Polyline: var l } => Points(l.Points.Length == 2 ? "line"u8 : "linestrip"u8, l.Points.AsSpan()),
            PointShape { Position: var p } => Points("point"u8, [p]),
            MaskShape { Mask: var m } => m.Bounds is var b ? Points("mask"u8, [new(b.X, b.Y), new(b.Right - 1, b.Bottom - 1)]) : default,
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        text.Add("],\"group_id\":"u8);
        if (group is { } number) text.Add((long)number);
        else text.Add("null"u8);
        var description = annotation.Attributes.TryGetValue("description", out var words) && words is AttributeValue.Text { Value.Length: > 0 } given ? given.Value : "";
        text.Add(",\"description\":"u8).AddJson(description).Add(",\"shape_type\":\""u8).Add(type).Add("\",\"flags\":"u8);
        JsonAttributes.Write(text, annotation.Attributes.Where(a => a.Value is AttributeValue.Flag));
        var others = annotation.Attributes.Where(a => a.Value is not AttributeValue.Flag && !(a.Key == "description" && description.Length > 0)).ToList();
        if (others.Count > 0) JsonAttributes.Write(text.Add(",\"attributes\":"u8), others);
        if (annotation.Ignore) text.Add(",\"difficult\":true"u8);
        if (annotation.Score is { } score) text.Add(",\"score\":"u8).Add(score);
        text.Add(",\"mask\":"u8);
        if (shape is MaskShape { Mask: var mask }) text.Add("\""u8).Add(Convert.ToBase64String(Png(mask.Tight()))).Add("\""u8);
        else text.Add("null"u8);
        text.Add("}"u8);
    }

    private ReadOnlySpan<byte> Points(ReadOnlySpan<byte> type, ReadOnlySpan<Point2> points)
    {
        for (var i = 0; i < points.Length; i++) text.Add(i == 0 ? "["u8 : ",["u8).Add(points[i].X).Add(","u8).Add(points[i].Y).Add("]"u8);
        return type;
    }

    private static byte[] Png(Mask mask)
    {
        using var stream = new MemoryStream();
        PngWriter.Write(stream, new PngImage(mask.Width, mask.Height, PngColor.Grey, 8, mask.ToBitmap(), []));
        return stream.ToArray();
    }
}
