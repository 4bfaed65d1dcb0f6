using System.Collections.Immutable;
using System.Text.Json;
using Plumbline.Core.Geometry;
using Plumbline.Core.Masks;

namespace Plumbline.Core.Annotations;

/// <summary>Shapes as JSON: <c>{"kind":"box","x":…}</c>; coordinates in continuous pixels of the upright image, angles in radians clockwise.</summary>
internal static class ShapeJson
{
    /// <summary>Coordinates farther out than this are refused; it keeps every area finite.</summary>
    internal const double Farthest = 1e9;

    internal static void Write(Utf8JsonWriter json, Shape shape)
    {
        json.WriteStartObject();
        json.WriteString("kind", CamelCase.Of(shape.Kind));
        WriteMembers(json, shape);
        json.WriteEndObject();
    }

    /// <exception cref="AnnotationFormatException">It is no shape; the rule is <see cref="RefusalRule.BadShape"/> or <see cref="RefusalRule.TooManyVertices"/>.</exception>
    internal static Shape Read(JsonAt at, int maximumVertices)
    {
        at = at.Under(RefusalRule.BadShape);
        try
        {
            return ReadKind(at, new VertexBudget(at, maximumVertices));
        }
        catch (ArgumentException refused)
        {
            throw at.Fault(FirstSentence(refused));
        }
    }

    private static void WriteMembers(Utf8JsonWriter json, Shape shape)
    {
        switch (shape)
        {
            case TagShape:
                break;
            case PointShape point:
                WriteNumbers(json, ("x", point.Position.X), ("y", point.Position.Y));
                break;
            case BoxShape { Box: var box }:
                WriteNumbers(json, ("x", box.X), ("y", box.Y), ("width", box.Width), ("height", box.Height));
                break;
            case RotatedBoxShape { Box: var box }:
                WriteNumbers(json, ("cx", box.CenterX), ("cy", box.CenterY), ("width", box.Width), ("height", box.Height), ("angle", box.AngleRadians));
                break;
            case EllipseShape { Ellipse: var e }:
                WriteNumbers(json, ("cx", e.CenterX), ("cy", e.CenterY), ("rx", e.RadiusX), ("ry", e.RadiusY), ("angle", e.AngleRadians));
                break;
            case PolygonShape polygon:
                WriteParts(json, polygon.Polygon);
                break;
            case PolylineShape line:
                json.WritePropertyName("points");
                WritePoints(json, line.Polyline.Points);
                break;
            case KeypointsShape keypoints:
                WriteKeypoints(json, keypoints.Keypoints);
                break;
            case MaskShape mask:
                WriteMask(json, mask.Mask);
                break;
            case CuboidShape cuboid:
                json.WritePropertyName("corners");
                WritePoints(json, cuboid.Corners);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(shape), shape.Kind, "This shape has no JSON form.");
        }
    }

    private static void WriteNumbers(Utf8JsonWriter json, params ReadOnlySpan<(string Name, double Value)> members)
    {
        foreach (var (name, value) in members) json.WriteNumber(name, value);
    }

    private static void WritePoints(Utf8JsonWriter json, ImmutableArray<Point2> points)
    {
        json.WriteStartArray();
        foreach (var p in points)
        {
            json.WriteNumberValue(p.X);
            json.WriteNumberValue(p.Y);
        }

        json.WriteEndArray();
    }

    private static void WriteParts(Utf8JsonWriter json, Polygon polygon)
    {
        json.WriteStartArray("parts");
        foreach (var part in polygon.Parts)
        {
            json.WriteStartObject();
            json.WritePropertyName("outer");
            WritePoints(json, part.Outer.Points);
            json.WriteStartArray("holes");
            foreach (var hole in part.Holes) WritePoints(json, hole.Points);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteKeypoints(Utf8JsonWriter json, Keypoints keypoints)
    {
        json.WriteStartArray("points");
        foreach (var p in keypoints.Points)
        {
            json.WriteNumberValue(p.Position.X);
            json.WriteNumberValue(p.Position.Y);
            json.WriteNumberValue((int)p.Visibility);
        }

        json.WriteEndArray();
    }

    private static void WriteMask(Utf8JsonWriter json, Mask mask)
    {
        json.WriteNumber("x", mask.X);
        json.WriteNumber("y", mask.Y);
        json.WriteNumber("width", mask.Width);
        json.WriteNumber("height", mask.Height);
        json.WriteStartArray("runs");
        foreach (var run in mask.Runs) json.WriteNumberValue(run);
        json.WriteEndArray();
    }

    private static Shape ReadKind(JsonAt at, VertexBudget budget)
    {
        if (at.Element.ValueKind != JsonValueKind.Object) throw at.Fault("A shape is an object.");
        switch (at["kind"].Name<ShapeKind>())
        {
            case ShapeKind.Tag:
                at.AsObject("kind");
                return new TagShape();
            case ShapeKind.Point:
                at.AsObject("kind", "x", "y");
                return new PointShape(new Point2(Coordinate(at["x"]), Coordinate(at["y"])));
            case ShapeKind.Box:
                at.AsObject("kind", "x", "y", "width", "height");
                return new BoxShape(new Box(Coordinate(at["x"]), Coordinate(at["y"]), Coordinate(at["width"]), Coordinate(at["height"])));
            case ShapeKind.RotatedBox:
                at.AsObject("kind", "cx", "cy", "width", "height", "angle");
                return new RotatedBoxShape(new RotatedBox(
                    Coordinate(at["cx"]), Coordinate(at["cy"]), Coordinate(at["width"]), Coordinate(at["height"]), Coordinate(at["angle"])));
            case ShapeKind.Ellipse:
                at.AsObject("kind", "cx", "cy", "rx", "ry", "angle");
                return new EllipseShape(new Ellipse(Coordinate(at["cx"]), Coordinate(at["cy"]), Coordinate(at["rx"]), Coordinate(at["ry"]), Coordinate(at["angle"])));
            case ShapeKind.Polygon:
                at.AsObject("kind", "parts");
                return new PolygonShape(new Polygon([.. at["parts"].Items().Select(part => ReadPart(part, budget))]));
            case ShapeKind.Polyline:
                at.AsObject("kind", "points");
                return new PolylineShape(new Polyline(ReadPoints(at["points"], budget)));
            case ShapeKind.Keypoints:
                at.AsObject("kind", "points");
                return new KeypointsShape(ReadKeypoints(at["points"], budget));
            case ShapeKind.Mask:
                at.AsObject("kind", "x", "y", "width", "height", "runs");
                return new MaskShape(new Mask(
                    at["x"].Integer(), at["y"].Integer(), at["width"].Integer(), at["height"].Integer(), [.. at["runs"].Items().Select(run => run.Integer())]));
            case ShapeKind.Cuboid:
                at.AsObject("kind", "corners");
                return new CuboidShape(ReadPoints(at["corners"], budget));
            default:
                throw at.Fault("This shape cannot be read.");
        }
    }

    private static PolygonPart ReadPart(JsonAt at, VertexBudget budget)
    {
        at.AsObject("outer", "holes");
        return new PolygonPart(new Ring(ReadPoints(at["outer"], budget)), [.. at["holes"].Items().Select(hole => new Ring(ReadPoints(hole, budget)))]);
    }

    private static ImmutableArray<Point2> ReadPoints(JsonAt at, VertexBudget budget)
    {
        var numbers = ReadCoordinates(at, 2, budget);
        var points = ImmutableArray.CreateBuilder<Point2>(numbers.Length / 2);
        for (var i = 0; i < numbers.Length; i += 2) points.Add(new Point2(numbers[i], numbers[i + 1]));
        return points.MoveToImmutable();
    }

    private static Keypoints ReadKeypoints(JsonAt at, VertexBudget budget)
    {
        var numbers = ReadCoordinates(at, 3, budget);
        var points = ImmutableArray.CreateBuilder<Keypoint>(numbers.Length / 3);
        for (var i = 0; i < numbers.Length; i += 3)
        {
            if (numbers[i + 2] is not (0 or 1 or 2)) throw at.Fault("A keypoint's visibility is 0 (absent), 1 (occluded) or 2 (visible).");
            points.Add(new Keypoint(new Point2(numbers[i], numbers[i + 1]), (Visibility)(int)numbers[i + 2]));
        }

        return new Keypoints(points.MoveToImmutable());
    }

    /// <summary>A flat array of numbers, <paramref name="each"/> to a vertex. Does without a pointer for every number: these arrays are the bulk of all data.</summary>
    private static double[] ReadCoordinates(JsonAt at, int each, VertexBudget budget)
    {
        if (at.Element.ValueKind != JsonValueKind.Array) throw at.Fault("This must be an array of numbers.");
        var length = at.Element.GetArrayLength();
        if (length % each != 0) throw at.Fault($"The numbers come {each} to a point; there are {length}.");
        budget.Take(length / each);
        var numbers = new double[length];
        var i = 0;
        foreach (var element in at.Element.EnumerateArray())
        {
            if (element.ValueKind != JsonValueKind.Number || !element.TryGetDouble(out var value) || !(Math.Abs(value) <= Farthest))
            {
                throw new AnnotationFormatException($"{at.Pointer}/{i}", OutOfReach, RefusalRule.BadShape);
            }

            numbers[i++] = value;
        }

        return numbers;
    }

    private const string OutOfReach = "A coordinate must be a number between -1e9 and 1e9.";

    private static double Coordinate(JsonAt at) => Math.Abs(at.Number()) <= Farthest ? at.Number() : throw at.Fault(OutOfReach);

    /// <summary>The message without what .NET appends about parameters.</summary>
    internal static string FirstSentence(ArgumentException refused)
    {
        var line = refused.Message.Split('\n')[0];
        var appended = line.LastIndexOf(" (Parameter", StringComparison.Ordinal);
        return appended < 0 ? line : line[..appended];
    }

    /// <summary>How many vertices one shape may still have.</summary>
    private sealed class VertexBudget(JsonAt shape, int maximum)
    {
        private int _taken;

        internal void Take(int count)
        {
            _taken += count;
            if (_taken > maximum) throw shape.Under(RefusalRule.TooManyVertices).Fault($"The shape has more than {maximum} vertices. Simplify it, or draw it as a mask.");
        }
    }
}
