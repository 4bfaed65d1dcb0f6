namespace Plumbline.Core.Geometry;

/// <summary>Sizes, places and distances of rings, polygons and polylines, in image pixels.</summary>
public static class PolygonMeasures
{
    /// <summary>Shoelace area in square pixels: positive when the ring runs clockwise on the screen. Where a ring crosses itself, areas run the other way round count against the rest.</summary>
    public static double SignedArea(this Ring ring)
    {
        var points = ring.Points.AsSpan();
        var origin = points[0]; // differences to a vertex keep small areas exact far from the image's corner
        double twice = 0;
        for (var i = 1; i + 1 < points.Length; i++)
        {
            twice += ((points[i].X - origin.X) * (points[i + 1].Y - origin.Y)) - ((points[i].Y - origin.Y) * (points[i + 1].X - origin.X));
        }

        return twice / 2;
    }

    /// <summary>The ring's area in square pixels, at least 0; of a ring that crosses itself see <see cref="SignedArea"/>.</summary>
    public static double Area(this Ring ring) => Math.Abs(ring.SignedArea());

    /// <summary>Areas of the outer rings less those of their holes, in square pixels. Parts that overlap count twice; <see cref="PolygonTopology.Repair"/> first when that matters.</summary>
    public static double Area(this Polygon polygon)
    {
        double area = 0;
        foreach (var part in polygon.Parts)
        {
            area += part.Outer.Area();
            foreach (var hole in part.Holes) area -= hole.Area();
        }

        return area;
    }

    /// <summary>The smallest box around the ring.</summary>
    public static Box Bounds(this Ring ring) => Box.Around(ring.Points.AsSpan());

    /// <summary>The smallest box around all parts.</summary>
    public static Box Bounds(this Polygon polygon)
    {
        var bounds = polygon.Parts[0].Outer.Bounds();
        foreach (var part in polygon.Parts) bounds = bounds.Hull(part.Outer.Bounds());
        return bounds;
    }

    /// <summary>The smallest box around the line.</summary>
    public static Box Bounds(this Polyline line) => Box.Around(line.Points.AsSpan());

    /// <summary>The centre of the area, holes left out; the middle of the bounds when there is no area.</summary>
    public static Point2 Centroid(this Polygon polygon)
    {
        double area = 0, x = 0, y = 0;
        foreach (var part in polygon.Parts)
        {
            AddMoments(part.Outer, 1, ref area, ref x, ref y);
            foreach (var hole in part.Holes) AddMoments(hole, -1, ref area, ref x, ref y);
        }

        return area > 0 ? new Point2(x / area, y / area) : polygon.Bounds().Center;
    }

    /// <summary>The length of all rings, holes included, in pixels.</summary>
    public static double Perimeter(this Polygon polygon) => polygon.Rings().Sum(ring => Length(ring.Points.AsSpan(), closed: true));

    /// <summary>The length of the line in pixels.</summary>
    public static double Length(this Polyline line) => Length(line.Points.AsSpan(), closed: false);

    /// <summary>Whether the point is inside some part and none of that part's holes; each ring counts even-odd, and a point on an edge belongs to the area right of or below it.</summary>
    public static bool Contains(this Polygon polygon, Point2 point)
    {
        foreach (var part in polygon.Parts)
        {
            if (part.Outer.Contains(point) && !part.Holes.Any(hole => hole.Contains(point))) return true;
        }

        return false;
    }

    /// <summary>Whether the point is inside the ring, even-odd; a point on an edge belongs to the area right of or below it.</summary>
    public static bool Contains(this Ring ring, Point2 point)
    {
        var points = ring.Points.AsSpan();
        var inside = false;
        var b = points[^1];
        foreach (var a in points)
        {
            if ((a.Y <= point.Y) != (b.Y <= point.Y))
            {
                var (upper, lower) = a.Y < b.Y ? (a, b) : (b, a);
                if (Orientation.Of(upper, lower, point) <= 0) inside = !inside;
            }

            b = a;
        }

        return inside;
    }

    /// <summary>The distance in pixels from the point to the nearest edge of any ring, holes included; at least 0, inside as outside.</summary>
    public static double DistanceToEdge(this Polygon polygon, Point2 point) => polygon.Rings().Min(ring => Distance(ring.Points.AsSpan(), closed: true, point));

    /// <summary>The distance in pixels from the point to the nearest point of the line.</summary>
    public static double DistanceTo(this Polyline line, Point2 point) => Distance(line.Points.AsSpan(), closed: false, point);

    /// <summary>Every ring: of each part the outer one, then its holes.</summary>
    public static IEnumerable<Ring> Rings(this Polygon polygon)
    {
        foreach (var part in polygon.Parts)
        {
            yield return part.Outer;
            foreach (var hole in part.Holes) yield return hole;
        }
    }

    private static void AddMoments(Ring ring, double sign, ref double area, ref double x, ref double y)
    {
        var points = ring.Points.AsSpan();
        var origin = points[0];
        double twice = 0, momentX = 0, momentY = 0;
        for (var i = 1; i + 1 < points.Length; i++)
        {
            var (ax, ay, bx, by) = (points[i].X - origin.X, points[i].Y - origin.Y, points[i + 1].X - origin.X, points[i + 1].Y - origin.Y);
            var cross = (ax * by) - (ay * bx);
            twice += cross;
            momentX += cross * (ax + bx) / 3;
            momentY += cross * (ay + by) / 3;
        }

        sign *= Math.Sign(twice);
        area += sign * twice / 2;
        x += sign * ((momentX / 2) + (origin.X * twice / 2));
        y += sign * ((momentY / 2) + (origin.Y * twice / 2));
    }

    private static double Length(ReadOnlySpan<Point2> points, bool closed)
    {
        var length = closed ? points[^1].DistanceTo(points[0]) : 0;
        for (var i = 1; i < points.Length; i++) length += points[i - 1].DistanceTo(points[i]);
        return length;
    }

    private static double Distance(ReadOnlySpan<Point2> points, bool closed, Point2 point)
    {
        var nearest = closed ? point.DistanceToSegment(points[^1], points[0]) : double.PositiveInfinity;
        for (var i = 1; i < points.Length; i++) nearest = Math.Min(nearest, point.DistanceToSegment(points[i - 1], points[i]));
        return nearest;
    }
}
