using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Core.Masks;
using Plumbline.Core.Ontologies;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;
using Plumbline.Formats.Json;
using Plumbline.Formats.Pictures;
using Plumbline.Formats.Reports;
using Plumbline.Formats.Text;

namespace Plumbline.Formats.Datumaro;

/// <summary>Writes <c>annotations/SUBSET.json</c> and pictures in <c>images/SUBSET/</c>; images without a split are the subset <c>default</c>.</summary>
internal sealed class DatumaroWriter(DatumaroFormat format, DatasetReader dataset, WriteRequest request)
{
    private const int FlushBytes = 1 << 16;
    private static readonly string[] OwnFields = ["is_crowd", "score", "track_id"];
    private static readonly LossKind Turned = new("shape", "shape", "Datumaro has ellipses that are not turned only; another is written as a polygon.");
    private static readonly LossKind NoSize = new("no-size", "size", "The image is not known to be large enough for a mask; the mask is left out.");
    private static readonly LossKind FieldName = new("attribute-name", "attributes", "Datumaro has a meaning of its own for attributes of this name; it is left out.");
    private static readonly LossKind Point = new("shape", "shape", "A single visible keypoint is a point in Datumaro.");
    private readonly LossReport losses = request.Losses;
    private readonly CommonLosses common = new(format, dataset.Header, request.Losses);
    private readonly ShapeFit fit = new(format, request.Losses);
    private readonly GroupNumbers groups = new(format, request.Losses);
    private readonly ReportedPaths paths = new(request.Losses);
    private readonly Utf8Text text = new();
    private long imageCount, annotationCount;
    private bool firstItem, firstAnnotation;
    private int place;

    public async Task<WriteSummary> WriteAsync(CancellationToken cancellationToken)
    {
        Stream? file = null;
        string? open = null;
        try
        {
            await foreach (var item in dataset.ReadItemsAsync(cancellationToken))
            {
                var subset = item.Split ?? DatumaroFiles.DefaultSubset;
                if (file is null || subset != open)
                {
                    Close(file);
                    file = Begin(open = subset);
                }

                Write(item, subset);
                if (text.Length < FlushBytes) continue;
                file.Write(text.Written);
                text.Clear();
            }

            if (file is null) file = Begin(DatumaroFiles.DefaultSubset);
            Close(file);
        }
        finally
        {
            file?.Dispose();
        }

        losses.AddForAll(new("mirrored-keypoints", "class", "Datumaro tells which keypoints trade places by left and right in their names alone.", Bookkeeping: true), dataset.Header.Classes.Count(c => c.Skeleton is { } s && !s.Mirrored.SequenceEqual(MirroredPoints.Of(s with { Mirrored = [] }))));
        common.Finish();
        return new(imageCount, annotationCount);
    }

    private Stream Begin(string subset)
    {
        text.Clear();
        text.Add("{\"dm_format_version\":\"1.0\",\"media_type\":2,\"infos\":{},\"categories\":"u8);
        DatumaroCategories.Write(text, dataset.Header);
        text.Add(",\"items\":["u8);
        firstItem = true;
        return request.Target.Create($"annotations/{subset}.json");
    }

    private void Close(Stream? file)
    {
        if (file is null) return;
        file.Write(text.Add("\n]}\n"u8).Written);
        file.Dispose();
        text.Clear();
    }

    private void Write(DatasetItem item, string subset)
    {
        common.Count(item);
        imageCount++;
        var path = paths.Of(item, item.Split);
        text.Add(firstItem ? "\n"u8 : ",\n"u8).Add("{\"id\":"u8).AddJson(TreePath.Stem(path)).Add(",\"annotations\":["u8);
        (firstItem, firstAnnotation, place) = (false, true, 0);
        var numbers = groups.Of(item);
        foreach (var annotation in item.Annotations) Write(item, annotation, numbers);
        text.Add("],\"attr\":"u8);
        if (item.Attributes.ContainsKey("frame")) losses.Add(FieldName, item, null, $"{FieldName.Why} (frame)");
        var attributes = item.Attributes.Remove("frame");
        JsonAttributes.Write(text, item.Frame is { } frame ? attributes.Add("frame", new AttributeValue.Number(frame)) : attributes);
        text.Add(",\"image\":{\"path\":"u8).AddJson(path);
        if (item.Size is { } size) text.Add(",\"size\":["u8).Add((long)size.Height).Add(","u8).Add((long)size.Width).Add("]"u8);
        text.Add("}}"u8);
        if (item.Picture is { } picture && request.Pictures != PictureMode.None && !request.Target.IsSingleFile) request.Target.Add($"images/{subset}/{path}", picture, request.Pictures);
    }

    private void Write(DatasetItem item, DatasetAnnotation annotation, IReadOnlyDictionary<string, int> numbers)
    {
        if (fit.Of(item, annotation) is not { } shape) return;
        if (shape is EllipseShape { Ellipse: { AngleRadians: not 0 } ellipse })
        {
            losses.Add(Turned, item, annotation);
            shape = Outlines.Of(shape) is { } outline ? new PolygonShape(outline) : new BoxShape(ellipse.Bounds);
        }

        if (shape is MaskShape && item.Size is null)
        {
            losses.Add(NoSize, item, annotation);
            return;
        }

        if (shape is KeypointsShape { Keypoints.Points: [{ Visibility: Visibility.Visible }] }) losses.Add(Point, item, annotation);
        annotationCount++;
        common.Count(item, annotation);
        text.Add(firstAnnotation ? "{\"id\":"u8 : ",{\"id\":"u8).Add((long)place++).Add(",\"type\":\""u8).Add(TypeOf(shape)).Add("\",\"attributes\":"u8);
        firstAnnotation = false;
        JsonAttributes.Write(text, Attributes(item, annotation));
        text.Add(",\"group\":"u8).Add((long)(annotation.GroupId is { } group ? numbers[group] : 0)).Add(",\"label_id\":"u8).Add((long)annotation.ClassIndex);
        WriteShape(shape, item);
        if (shape is not TagShape || annotation.Z != 0) text.Add(",\"z_order\":"u8).Add((long)annotation.Z);
        text.Add("}"u8);
    }

    private IEnumerable<KeyValuePair<string, AttributeValue>> Attributes(DatasetItem item, DatasetAnnotation annotation)
    {
        foreach (var attribute in annotation.Attributes)
        {
            if (OwnFields.Contains(attribute.Key)) losses.Add(FieldName, item, annotation, $"{FieldName.Why} ({attribute.Key})");
            else yield return attribute;
        }

        if (annotation.Ignore) yield return new("is_crowd", new AttributeValue.Flag(true));
        if (annotation.Score is { } score) yield return new("score", new AttributeValue.Number(score));
        if (annotation.TrackId is { } track) yield return new("track_id", new AttributeValue.Text(track));
    }

    private static ReadOnlySpan<byte> TypeOf(Shape shape) => shape switch
    {
        TagShape => "label"u8,
        BoxShape => "bbox"u8,
        PolygonShape => "polygon"u8,
        PolylineShape => "polyline"u8,
        EllipseShape => "ellipse"u8,
        PointShape or KeypointsShape => "points"u8,
        MaskShape => "mask"u8,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private void WriteShape(Shape shape, DatasetItem item)
    {
        switch (shape)
        {
            case BoxShape { Box: var b }: text.Add(",\"bbox\":["u8).Add(b.X).Add(","u8).Add(b.Y).Add(","u8).Add(b.Width).Add(","u8).Add(b.Height).Add("]"u8); break;
            case PolygonShape { Polygon: var p }: Points(p.Parts[0].Outer.Points.AsSpan()); break;
            case PolylineShape { Polyline: var l }: Points(l.Points.AsSpan()); break;
            case EllipseShape { Ellipse: var e }:
                Points([new(Math.Round(e.CenterX - e.RadiusX, 9), Math.Round(e.CenterY - e.RadiusY, 9)), new(Math.Round(e.CenterX + e.RadiusX, 9), Math.Round(e.CenterY + e.RadiusY, 9))]);
                break;
            case PointShape { Position: var p }:
                Points([p]);
                text.Add(",\"visibility\":[2]"u8);
                break;
            case KeypointsShape { Keypoints.Points: var k }:
                Points([.. k.Select(p => p.Position)]);
                text.Add(",\"visibility\":["u8);
                for (var i = 0; i < k.Length; i++) text.Add(i == 0 ? ""u8 : ","u8).Add((long)k[i].Visibility);
                text.Add("]"u8);
                break;
            case MaskShape { Mask: var mask }:
                var size = item.Size!.Value; // checked before
                text.Add(",\"rle\":{\"counts\":"u8).AddJson(CocoRleText.Format(CocoRle.FromMask(mask, size.Width, size.Height))).Add(",\"size\":["u8).Add((long)size.Height).Add(","u8).Add((long)size.Width).Add("]}"u8);
                break;
        }
    }

    private void Points(ReadOnlySpan<Point2> points)
    {
        text.Add(",\"points\":["u8);
        for (var i = 0; i < points.Length; i++) text.Add(i == 0 ? ""u8 : ","u8).Add(points[i].X).Add(","u8).Add(points[i].Y);
        text.Add("]"u8);
    }
}
