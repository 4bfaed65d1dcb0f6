using System.Collections.Immutable;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Overlay;
using NetTopologySuite.Operation.OverlayNG;
using NetTopologySuite.Operation.Polygonize;
using NetTopologySuite.Operation.Union;
using NtsGeometry = NetTopologySuite.Geometries.Geometry;

namespace Plumbline.Core.Geometry;

/// <summary>Exact union, intersection and difference of polygons. The only file that knows NetTopologySuite.</summary>
/// <remarks>
/// An operand that is not valid (a ring crosses itself, parts overlap, a hole sticks out) is repaired first: its edges are cut at every crossing into faces, and the faces inside by
/// <see cref="PolygonMeasures.Contains(Polygon, Point2)"/> are kept. That is the area which the rasterisers fill too, so geometry and pixels agree about what a crossed polygon covers.
/// Answers are valid: outer rings clockwise on the screen, holes the other way, no repeated vertices; null when no area is left. Overlay is NetTopologySuite 2.5's OverlayNGRobust.
/// </remarks>
public static class PolygonTopology
{
    /// <summary>What either polygon covers.</summary>
    public static Polygon? Union(this Polygon a, Polygon b) => FromTopology(OverlayNGRobust.Overlay(ToTopology(a), ToTopology(b), SpatialFunction.Union));

    /// <summary>What both polygons cover; null when they share no area.</summary>
    public static Polygon? Intersect(this Polygon a, Polygon b) =>
        a.Bounds().Intersect(b.Bounds()) is null ? null : FromTopology(OverlayNGRobust.Overlay(ToTopology(a), ToTopology(b), SpatialFunction.Intersection));

    /// <summary>What <paramref name="a"/> covers and <paramref name="b"/> does not; null when nothing is left.</summary>
    public static Polygon? Subtract(this Polygon a, Polygon b) => FromTopology(OverlayNGRobust.Overlay(ToTopology(a), ToTopology(b), SpatialFunction.Difference));

    /// <summary>Exact intersection over union in [0, 1]; NaN when neither polygon has an area. For COCO's rasterised figure use <see cref="Masks.RleOverlap"/>.</summary>
    public static double IntersectionOverUnion(this Polygon a, Polygon b)
    {
        var (first, second) = (ToTopology(a), ToTopology(b));
        var shared = first.EnvelopeInternal.Intersects(second.EnvelopeInternal) ? OverlayNGRobust.Overlay(first, second, SpatialFunction.Intersection).Area : 0;
        return Math.Min(1, shared / (first.Area + second.Area - shared));
    }

    /// <summary>The part inside the box; the same instance when nothing sticks out, null when nothing is inside.</summary>
    public static Polygon? ClipTo(this Polygon polygon, Box box)
    {
        var bounds = polygon.Bounds();
        if (bounds.X >= box.X && bounds.Y >= box.Y && bounds.Right <= box.Right && bounds.Bottom <= box.Bottom) return polygon;
        return polygon.Intersect(Polygon.FromRing([new(box.X, box.Y), new(box.Right, box.Y), new(box.Right, box.Bottom), new(box.X, box.Bottom)]));
    }

    /// <summary>Whether no ring crosses itself or another, parts do not overlap and holes lie inside their part (OGC Simple Features, 6.1.11).</summary>
    public static bool IsValid(this Polygon polygon) => Build(polygon).IsValid;

    /// <summary>A valid polygon of the same area; the same instance when it is valid already, null when it covers nothing.</summary>
    public static Polygon? Repair(this Polygon polygon) => polygon.IsValid() ? polygon : FromTopology(RepairFaces(polygon));

    private static NtsGeometry ToTopology(Polygon polygon)
    {
        var geometry = Build(polygon);
        return geometry.IsValid ? geometry : RepairFaces(polygon);
    }

    private static NtsGeometry Build(Polygon polygon)
    {
        var parts = polygon.Parts.Select(part => GeometryFactory.Default.CreatePolygon(ToLinearRing(part.Outer), [.. part.Holes.Select(ToLinearRing)])).ToArray();
        return parts.Length == 1 ? parts[0] : GeometryFactory.Default.CreateMultiPolygon(parts);
    }

    private static NtsGeometry RepairFaces(Polygon polygon)
    {
        var lines = GeometryFactory.Default.CreateMultiLineString([.. polygon.Rings().Select(ToLinearRing)]);
        var polygonizer = new Polygonizer();
        polygonizer.Add(OverlayNGRobust.Overlay(lines, null, SpatialFunction.Union));
        var inside = polygonizer.GetPolygons().Where(face => polygon.Contains(ToPoint(face.InteriorPoint.Coordinate))).ToList();
        return UnaryUnionOp.Union(inside) ?? GeometryFactory.Default.CreatePolygon();
    }

    private static LinearRing ToLinearRing(Ring ring)
    {
        var coordinates = new Coordinate[ring.Points.Length + 1];
        for (var i = 0; i < coordinates.Length; i++)
        {
            var point = ring.Points[i == ring.Points.Length ? 0 : i];
            coordinates[i] = new Coordinate(point.X, point.Y);
        }

        return GeometryFactory.Default.CreateLinearRing(coordinates);
    }

    private static Polygon? FromTopology(NtsGeometry geometry)
    {
        var parts = ImmutableArray.CreateBuilder<PolygonPart>();
        for (var i = 0; i < geometry.NumGeometries; i++)
        {
            if (geometry.GetGeometryN(i) is not NetTopologySuite.Geometries.Polygon { IsEmpty: false } face) continue;
            parts.Add(new PolygonPart(FromLinearRing(face.ExteriorRing, clockwise: true), [.. face.InteriorRings.Select(hole => FromLinearRing(hole, clockwise: false))]));
        }

        return parts.Count == 0 ? null : new Polygon(parts.ToImmutable());
    }

    private static Ring FromLinearRing(LineString line, bool clockwise)
    {
        var ring = new Ring([.. line.Coordinates.Take(line.NumPoints - 1).Select(ToPoint)]);
        return ring.SignedArea() > 0 == clockwise ? ring : new Ring([ring.Points[0], .. ring.Points[1..].Reverse()]);
    }

    private static Point2 ToPoint(Coordinate coordinate) => new(coordinate.X, coordinate.Y);
}
