using System.Collections.Immutable;
using System.Globalization;
using System.Xml;
using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Core.Masks;

namespace Plumbline.Formats.Cvat;

/// <summary>One shape as it stands in the file. For videos it can be put between two others.</summary>
internal sealed record CvatShape
{
    public required string Element { get; init; }

    public string? Label { get; init; }

    public long Frame { get; init; }

    public bool IsKeyframe { get; init; }

    public bool IsOutside { get; init; }

    public bool IsOccluded { get; init; }

    public int Z { get; init; }

    public string? Group { get; init; }

    public string? Source { get; init; }

    /// <summary>Degrees, clockwise.</summary>
    public double Rotation { get; init; }

    /// <summary>Coordinates in the order of the element: corners of a box, centre and radii of an ellipse, points in turn.</summary>
    public ImmutableArray<double> Numbers { get; init; } = [];

    /// <summary>Of a skeleton: label and state of each point of <see cref="Numbers"/>.</summary>
    public ImmutableArray<(string Label, Visibility Visibility)> Points { get; init; } = [];

    public Mask? Mask { get; init; }

    public ImmutableArray<(string Name, string Value)> Attributes { get; init; } = [];

    /// <summary>Line within what is read, from 1.</summary>
    public int Line { get; init; }

    /// <summary>Whether an element is a shape.</summary>
    public static bool Is(string element) => element is "box" or "ellipse" or "polygon" or "polyline" or "points" or "mask" or "cuboid" or "skeleton" or "tag";

    /// <summary>The shape in image pixels.</summary>
    /// <param name="skeletonPoints">Names of the points of the label's skeleton; empty when it has none.</param>
    /// <exception cref="FormatException">It is no shape.</exception>
    public Shape ToShape(ImmutableArray<string> skeletonPoints)
    {
        var n = Numbers;
        switch (Element)
        {
            case "tag": return new TagShape();
            case "box":
                double width = n[2] - n[0], height = n[3] - n[1];
                if (!(width >= 0 && height >= 0 && double.IsFinite(width) && double.IsFinite(height))) throw new FormatException("xbr and ybr must not be less than xtl and ytl");
                return Rotation == 0 ? new BoxShape(new Box(n[0], n[1], width, height)) : new RotatedBoxShape(new RotatedBox(n[0] + (width / 2), n[1] + (height / 2), width, height, Radians(Rotation)));
            case "ellipse":
                if (n[2] < 0 || n[3] < 0) throw new FormatException("a radius is negative");
                return new EllipseShape(new Ellipse(n[0], n[1], n[2], n[3], Radians(Rotation)));
            case "polygon":
                return n.Length >= 6 ? new PolygonShape(Polygon.FromRing(Pairs(n))) : throw new FormatException("a polygon needs three points");
            case "polyline":
                return n.Length >= 4 ? new PolylineShape(new Polyline(Pairs(n))) : throw new FormatException("a polyline needs two points");
            case "points":
                return n.Length switch
                {
                    0 => throw new FormatException("there is no point"),
                    2 => new PointShape(new(n[0], n[1])),
                    _ => new KeypointsShape(new Keypoints([.. Pairs(n).Select(p => new Keypoint(p, Visibility.Visible))])),
                };
            case "mask": return new MaskShape(Mask ?? throw new FormatException("it has no rle"));
            // CVAT's corners go front left, front right, back right, back left, each top then bottom.
            case "cuboid": return new CuboidShape([P(0), P(2), P(3), P(1), P(6), P(4), P(5), P(7)]);
            default: return Skeleton(skeletonPoints);
        }

        Point2 P(int place) => new(n[2 * place], n[(2 * place) + 1]);
    }

    /// <summary>The shape on a frame between this one and the next keyframe: straight lines between corners, the shorter way between angles. Null where CVAT's own rule for it cannot be followed, since the points do not pair up.</summary>
    public CvatShape? Towards(CvatShape next, long frame)
    {
        if (Element is "mask" or "tag" || next.Element != Element || (Element == "points" && Numbers.Length > 2)) return this with { Frame = frame };
        if (next.Numbers.Length != Numbers.Length || (Element == "skeleton" && !Points.Select(p => p.Label).SequenceEqual(next.Points.Select(p => p.Label)))) return null;
        var share = (double)(frame - Frame) / (next.Frame - Frame);
        var turn = ((next.Rotation - Rotation + 540) % 360) - 180;
        return this with
        {
            Frame = frame,
            Numbers = [.. Numbers.Select((from, i) => from + ((next.Numbers[i] - from) * share))],
            Rotation = turn == 0 ? Rotation : (Rotation + (turn * share) + 360) % 360,
        };
    }

    private KeypointsShape Skeleton(ImmutableArray<string> names)
    {
        if (Points.IsEmpty) throw new FormatException("the skeleton has no points");
        if (names.IsEmpty) names = [.. Points.Select(p => p.Label)];
        var points = new Keypoint[names.Length];
        var seen = new bool[names.Length];
        for (var i = 0; i < Points.Length; i++)
        {
            var place = names.IndexOf(Points[i].Label);
            if (place < 0) throw new FormatException($"the skeleton has no point '{Points[i].Label}'");
            if (seen[place]) throw new FormatException($"the point '{Points[i].Label}' appears twice");
            seen[place] = true;
            points[place] = new(new(Numbers[2 * i], Numbers[(2 * i) + 1]), Points[i].Visibility);
        }

        return new KeypointsShape(new Keypoints([.. points]));
    }

    private static double Radians(double degrees) => Math.IEEERemainder(degrees, 360) * Math.PI / 180;

    private static ImmutableArray<Point2> Pairs(ImmutableArray<double> numbers)
    {
        var points = ImmutableArray.CreateBuilder<Point2>(numbers.Length / 2);
        for (var i = 0; i + 1 < numbers.Length; i += 2) points.Add(new(numbers[i], numbers[i + 1]));
        return points.DrainToImmutable();
    }
}
