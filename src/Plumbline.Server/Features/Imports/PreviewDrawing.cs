using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Core.Masks;
using Plumbline.Core.Ontologies;
using Plumbline.Formats.Datasets;

namespace Plumbline.Server.Features.Imports;

/// <summary>Shapes as lines for a small picture: within a budget, simplified to what can be seen.</summary>
internal static class PreviewDrawing
{
    private const int MostShapes = 400;
    private const int MostVertices = 20_000;
    private const int MostRuns = 500_000;
    private const double Shown = 512; // pixels of the longer side on the screen

    /// <summary>The first shapes of an item, as many as the budget allows.</summary>
    public static List<PreviewShape> Draw(DatasetItem item, DatasetHeader header)
    {
        var tolerance = item.Size is { } size ? Math.Max(size.Width, size.Height) / Shown / 2 : 0;
        var shapes = new List<PreviewShape>();
        var vertices = 0;
        foreach (var annotation in item.Annotations)
        {
            if (shapes.Count == MostShapes || vertices > MostVertices) break;
            var lines = Lines(annotation.Shape, header.Classes[annotation.ClassIndex].Skeleton, tolerance).Select(Numbers).ToList();
            vertices += lines.Sum(line => line.Count / 2);
            if (vertices > MostVertices && shapes.Count > 0) break;
            shapes.Add(new PreviewShape(annotation.ClassIndex, annotation.Shape.Kind, annotation.Shape is not (PolylineShape or KeypointsShape or CuboidShape), lines));
        }

        return shapes;
    }

    private static IEnumerable<IReadOnlyList<Point2>> Lines(Shape shape, SkeletonDefinition? skeleton, double tolerance) => shape switch
    {
        TagShape => [],
        PointShape point => [[point.Position]],
        BoxShape box => [Corners(box.Box)],
        RotatedBoxShape rotated => [rotated.Box.Corners()],
        EllipseShape { Ellipse: { RadiusX: > 0, RadiusY: > 0 } ellipse } => [ellipse.ToRing(Math.Max(tolerance, 0.1)).Points],
        EllipseShape ellipse => [Corners(ellipse.Ellipse.Bounds)],
        PolygonShape polygon => Rings(polygon.Polygon, tolerance),
        PolylineShape line => [line.Polyline.Simplify(tolerance).Points],
        KeypointsShape keypoints => Joints(keypoints.Keypoints, skeleton),
        MaskShape { Mask: { Area: > 0 } mask } => mask.Runs.Length <= MostRuns && ContourTracer.Trace(mask) is { } outline ? Rings(outline, Math.Max(tolerance, 0.5)) : [Corners(mask.Bounds)],
        MaskShape => [],
        CuboidShape cuboid => Edges(cuboid),
        _ => throw new ArgumentOutOfRangeException(nameof(shape), shape.Kind, "Unknown kind of shape."),
    };

    private static IEnumerable<IReadOnlyList<Point2>> Rings(Polygon polygon, double tolerance) =>
        polygon.Simplify(tolerance).Parts.SelectMany(part => part.Holes.Prepend(part.Outer)).Select(IReadOnlyList<Point2> (ring) => ring.Points);

    private static IEnumerable<IReadOnlyList<Point2>> Joints(Keypoints keypoints, SkeletonDefinition? skeleton)
    {
        var points = keypoints.Points;
        bool Is(int i) => i >= 0 && i < points.Length && points[i].Visibility != Visibility.Absent;
        foreach (var edge in skeleton?.Edges ?? [])
        {
            if (Is(edge.From) && Is(edge.To)) yield return [points[edge.From].Position, points[edge.To].Position];
        }

        foreach (var point in points.Where(p => p.Visibility != Visibility.Absent)) yield return [point.Position];
    }

    private static IEnumerable<IReadOnlyList<Point2>> Edges(CuboidShape cuboid)
    {
        var c = cuboid.Corners;
        yield return [c[0], c[1], c[2], c[3], c[0]];
        yield return [c[4], c[5], c[6], c[7], c[4]];
        for (var i = 0; i < 4; i++) yield return [c[i], c[i + 4]];
    }

    private static Point2[] Corners(Box box) => [new(box.X, box.Y), new(box.X + box.Width, box.Y), new(box.X + box.Width, box.Y + box.Height), new(box.X, box.Y + box.Height)];

    private static List<double> Numbers(IReadOnlyList<Point2> points) => [.. points.SelectMany(p => new[] { Math.Round(p.X, 1), Math.Round(p.Y, 1) })];
}
