using System.Collections.Immutable;
using System.Text.Json;
using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Core.Masks;
using Plumbline.Formats.Json;
using Plumbline.Formats.Pictures;

namespace Plumbline.Formats.LabelMe;

/// <summary>One entry of <c>shapes</c>.</summary>
internal static class LabelMeShape
{
    /// <summary>The shape in image pixels; LabelMe's coordinates are continuous, from 0.</summary>
    /// <exception cref="FormatException">It has a fault.</exception>
    public static Shape Of(JsonElement json)
    {
        var points = json.Field("points").Elements().Select(Point).ToImmutableArray();
        var type = json.TextField("shape_type") ?? "polygon";
        switch (type)
        {
            case "polygon":
                Need(points, 3, type);
                return new PolygonShape(Polygon.FromRing(points));
            case "rectangle":
                if (points.Length is not (2 or 4)) throw new FormatException("a rectangle has two corners");
                return new BoxShape(Box.Around(points.AsSpan()));
            case "oriented_rectangle" or "rotation":
                if (points.Length != 4) throw new FormatException($"a shape of type {type} has four corners");
                return new RotatedBoxShape(RotatedBox.FromCorners(points.AsSpan()));
            case "circle":
                if (points.Length != 2) throw new FormatException("a circle has a centre and a point of its rim");
                var radius = points[0].DistanceTo(points[1]);
                return new EllipseShape(new Ellipse(points[0].X, points[0].Y, radius, radius, 0));
            case "line" or "linestrip":
                Need(points, 2, type);
                return new PolylineShape(new Polyline(points));
            case "point":
                Need(points, 1, type);
                return new PointShape(points[0]);
            case "points":
                Need(points, 1, type);
                return new KeypointsShape(new Keypoints([.. points.Select(p => new Keypoint(p, Visibility.Visible))]));
            case "mask": return new MaskShape(Mask(json, points));
            default: throw new FormatException($"there is no shape of type '{type}'");
        }
    }

    private static Mask Mask(JsonElement json, ImmutableArray<Point2> points)
    {
        if (points.Length != 2 || json.Field("mask") is not { ValueKind: JsonValueKind.String } field || !field.TryGetBytesFromBase64(out var bytes)) throw new FormatException("a mask has two corners and a PNG in base64");
        PngImage png;
        try
        {
            png = PngReader.Read(new MemoryStream(bytes));
        }
        catch (InvalidDataException e)
        {
            throw new FormatException($"the mask is {e.Message}", e);
        }

        // The corner is the first pixel of the mask; LabelMe cuts it off towards 0.
        double x = Math.Truncate(points[0].X), y = Math.Truncate(points[0].Y);
        if (Math.Abs(x) > int.MaxValue / 2 || Math.Abs(y) > int.MaxValue / 2) throw new FormatException("the mask lies too far outside");
        var labels = png.Labels();
        var inside = new byte[labels.Length];
        for (var i = 0; i < labels.Length; i++) inside[i] = labels[i] != 0 ? (byte)1 : (byte)0;
        return Core.Masks.Mask.FromBitmap(inside, png.Width, png.Height, (int)x, (int)y);
    }

    private static void Need(ImmutableArray<Point2> points, int count, string type)
    {
        if (points.Length < count) throw new FormatException($"a shape of type {type} needs {count} points, not {points.Length}");
    }

    private static Point2 Point(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.Array && json.GetArrayLength() >= 2 && json[0].AsNumber() is { } x && json[1].AsNumber() is { } y) return new(x, y);
        throw new FormatException("a point must be a list of two finite numbers");
    }
}
