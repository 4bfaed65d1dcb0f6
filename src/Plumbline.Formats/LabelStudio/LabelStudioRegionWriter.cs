using System.Globalization;
using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Pictures;
using Plumbline.Formats.Reports;
using Plumbline.Formats.Text;

namespace Plumbline.Formats.LabelStudio;

/// <summary>Writes the results of one task after another.</summary>
internal sealed class LabelStudioRegionWriter(Utf8Text text, DatasetHeader header, LabelStudioConfigWriter config, LossReport losses)
{
    // Shares are computed: enough digits for a millionth of a pixel in any picture, and few enough to come back the same.
    private const int Digits = 12;
    private static readonly LossKind AttributeType = new("attribute-type", "attributes", "Label Studio would read this value back as another type.");
    private static readonly LossKind Visibility = new("visibility", "shape", "Label Studio has no hidden keypoints; they are written like visible ones.");
    private static readonly LossKind NoTurn = new("shape", "shape", "A rotated box that is not turned is a box in Label Studio.");
    private static readonly LossKind AddedOutline = new("outline", "outline", "Label Studio joins keypoints by a region around them; the box of the points is added.", Bookkeeping: true);
    private static readonly LossKind Dangling = new("relations", "relations", "One end of the relation is not written.");
    private readonly List<(string Id, DatasetAnnotation Annotation)> written = [];
    private DatasetItem item = null!; // set by Begin, which comes first
    private PictureSize size;
    private bool first;
    private int regions;

    /// <summary>Starts the results of an image.</summary>
    public void Begin(DatasetItem image, PictureSize pixels)
    {
        (item, size, first, regions) = (image, pixels, true, 0);
        written.Clear();
    }

    /// <summary>Writes one annotation; false when nothing of it can be written, which is reported.</summary>
    public bool Write(DatasetAnnotation annotation, Shape shape)
    {
        if (shape is KeypointsShape keypoints) return WriteKeypoints(annotation, keypoints.Keypoints);
        if (shape is RotatedBoxShape { Box: var box } && Degrees(box.AngleRadians) == 0) losses.Add(NoTurn, item, annotation);
        var id = NextId();
        written.Add((id, annotation));
        WriteRegion(id, annotation, shape, null, header.Classes[annotation.ClassIndex].Name, null);
        WriteAttributes(id, annotation);
        return true;
    }

    /// <summary>Writes what joins the regions of the image.</summary>
    public void WriteRelations()
    {
        foreach (var relation in item.Relations)
        {
            var from = written.Find(w => ReferenceEquals(w.Annotation, item.Annotations[relation.From])).Id;
            var to = written.Find(w => ReferenceEquals(w.Annotation, item.Annotations[relation.To])).Id;
            if (from is null || to is null)
            {
                losses.Add(Dangling, item);
                continue;
            }

            Comma().Add("{\"type\":\"relation\",\"from_id\":"u8).AddJson(from).Add(",\"to_id\":"u8).AddJson(to).Add(",\"direction\":\""u8);
            text.Add(relation.Direction switch { RelationDirection.Backward => "left"u8, RelationDirection.Both => "bi"u8, _ => "right"u8 }).Add("\""u8);
            if (relation.Name.Length > 0) text.Add(",\"labels\":["u8).AddJson(relation.Name).Add("]"u8);
            text.Add("}"u8);
        }
    }

    private bool WriteKeypoints(DatasetAnnotation annotation, Keypoints keypoints)
    {
        var labelled = keypoints.Points.Where(p => p.Visibility != Core.Geometry.Visibility.Absent).Select(p => p.Position).ToArray();
        if (labelled.Length == 0)
        {
            losses.Add(new LossKind("shape-left-out", "shape", "None of the keypoints is labelled; it is left out."), item, annotation);
            return false;
        }

        if (keypoints.Points.Any(p => p.Visibility == Core.Geometry.Visibility.Occluded)) losses.Add(Visibility, item, annotation);
        if (annotation.Outline is null) losses.Add(AddedOutline, item, annotation);
        var id = NextId();
        written.Add((id, annotation));
        var label = header.Classes[annotation.ClassIndex].Name;
        WriteRegion(id, annotation, annotation.Outline ?? new BoxShape(annotation.StatedBox ?? Box.Around(labelled)), null, label, null);
        WriteAttributes(id, annotation);
        var names = config.PointsOf(annotation.ClassIndex, keypoints.Points.Length);
        for (var i = 0; i < keypoints.Points.Length; i++)
        {
            if (keypoints.Points[i].Visibility == Core.Geometry.Visibility.Absent) continue;
            WriteRegion($"{id}-{(i + 1).ToString(CultureInfo.InvariantCulture)}", annotation, new PointShape(keypoints.Points[i].Position), id, names[i], LabelStudioConfigWriter.KeypointControl(annotation.ClassIndex));
        }

        return true;
    }

    private void WriteRegion(string id, DatasetAnnotation annotation, Shape shape, string? parent, string label, string? control)
    {
        var (type, own) = LabelStudioConfigWriter.TypeOf(shape);
        Comma().Add("{\"id\":"u8).AddJson(id).Add(",\"type\":\""u8).Add(type).Add("\",\"from_name\":"u8).AddJson(control ?? config.Use(own, annotation.ClassIndex)).Add(",\"to_name\":\"image\",\"origin\":\"manual\""u8);
        if (parent is not null) text.Add(",\"parentID\":"u8).AddJson(parent);
        else if (annotation.Score is { } score) text.Add(",\"score\":"u8).Add(score);
        text.Add(",\"original_width\":"u8).Add((long)size.Width).Add(",\"original_height\":"u8).Add((long)size.Height).Add(",\"image_rotation\":0,\"value\":{"u8);
        WriteValue(shape);
        text.Add("\""u8).Add(type).Add("\":["u8).AddJson(label).Add("]}}"u8);
    }

    private void WriteValue(Shape shape)
    {
        switch (shape)
        {
            case BoxShape { Box: var b }: Box4(b.X, b.Y, b.Width, b.Height, 0); break;
            case RotatedBoxShape { Box: var b }:
                var corner = LabelStudioRegion.TopLeft(b);
                Box4(corner.X, corner.Y, b.Width, b.Height, Degrees(b.AngleRadians));
                break;
            case EllipseShape { Ellipse: var e }:
                Field("x"u8, X(e.CenterX)).Add(","u8);
                Field("y"u8, Y(e.CenterY)).Add(","u8);
                Field("radiusX"u8, X(e.RadiusX)).Add(","u8);
                Field("radiusY"u8, Y(e.RadiusY)).Add(","u8);
                Field("rotation"u8, Degrees(e.AngleRadians)).Add(","u8);
                break;
            case PointShape { Position: var p }:
                Field("x"u8, X(p.X)).Add(","u8);
                Field("y"u8, Y(p.Y)).Add(",\"width\":0.5,"u8);
                break;
            case PolygonShape { Polygon: var polygon }: Points(polygon.Parts[0].Outer.Points.AsSpan(), closed: true); break;
            case PolylineShape { Polyline: var line }: Points(line.Points.AsSpan(), closed: false); break;
            case MaskShape { Mask: var mask }:
                text.Add("\"format\":\"rle\",\"rle\":["u8);
                var packed = BrushRle.Encode(mask, size.Width, size.Height);
                for (var i = 0; i < packed.Length; i++) text.Add(i == 0 ? ""u8 : ","u8).Add((long)packed[i]);
                text.Add("],"u8);
                break;
        }
    }

    private void WriteAttributes(string id, DatasetAnnotation annotation)
    {
        foreach (var (name, value) in annotation.Attributes)
        {
            var type = value switch { AttributeValue.Number => "number"u8, AttributeValue.Text => "textarea"u8, _ => "choices"u8 };
            if (value is AttributeValue.Choices { Values.Length: < 2 }) losses.Add(AttributeType, item, annotation, $"{AttributeType.Why} ({name})");
            config.UseAttribute(name, value);
            Comma().Add("{\"id\":"u8).AddJson(id).Add(",\"type\":\""u8).Add(type).Add("\",\"from_name\":"u8).AddJson(name).Add(",\"to_name\":\"image\",\"origin\":\"manual\",\"value\":{"u8);
            switch (value)
            {
                case AttributeValue.Number number: text.Add("\"number\":"u8).Add(number.Value); break;
                case AttributeValue.Text words: text.Add("\"text\":["u8).AddJson(words.Value).Add("]"u8); break;
                case AttributeValue.Flag flag: text.Add("\"choices\":[\""u8).Add(flag.Value ? "true"u8 : "false"u8).Add("\"]"u8); break;
                case AttributeValue.Choices choices:
                    text.Add("\"choices\":["u8);
                    for (var i = 0; i < choices.Values.Length; i++) text.Add(i == 0 ? ""u8 : ","u8).AddJson(choices.Values[i]);
                    text.Add("]"u8);
                    break;
            }

            text.Add("}}"u8);
        }
    }

    private Utf8Text Comma()
    {
        text.Add(first ? ""u8 : ","u8);
        first = false;
        return text;
    }

    private string NextId() => string.Create(CultureInfo.InvariantCulture, $"r{++regions}");

    private Utf8Text Field(ReadOnlySpan<byte> name, double value) => text.Add("\""u8).Add(name).Add("\":"u8).Add(value);

    private void Box4(double left, double top, double width, double height, double degrees)
    {
        Field("x"u8, X(left)).Add(","u8);
        Field("y"u8, Y(top)).Add(","u8);
        Field("width"u8, X(width)).Add(","u8);
        Field("height"u8, Y(height)).Add(","u8);
        Field("rotation"u8, degrees).Add(","u8);
    }

    private void Points(ReadOnlySpan<Point2> points, bool closed)
    {
        text.Add("\"closed\":"u8).Add(closed ? "true"u8 : "false"u8).Add(",\"points\":["u8);
        for (var i = 0; i < points.Length; i++) text.Add(i == 0 ? "["u8 : ",["u8).Add(X(points[i].X)).Add(","u8).Add(Y(points[i].Y)).Add("]"u8);
        text.Add("],"u8);
    }

    private double X(double pixels) => Math.Round(pixels / size.Width * 100, Digits);

    private double Y(double pixels) => Math.Round(pixels / size.Height * 100, Digits);

    // Label Studio's angles are 0 to 360.
    private static double Degrees(double radians)
    {
        var degrees = Math.Round(radians * 180 / Math.PI % 360, 9);
        return degrees < 0 ? Math.Round(degrees + 360, 9) : degrees;
    }
}
