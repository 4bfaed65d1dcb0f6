using System.Collections.Immutable;

namespace Plumbline.Core.Geometry;

/// <summary>Fewer vertices for nearly the same outline: every vertex left out lies within the tolerance of the edge that replaces it.</summary>
/// <remarks>Source: D. Douglas, T. Peucker, "Algorithms for the reduction of the number of points required to represent a digitized line", Cartographica 10(2), 1973. Simplified rings may cross themselves or each other.</remarks>
public static class Simplification
{
    /// <summary>A line with its two ends and those vertices that the tolerance (pixels, at least 0) needs.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The tolerance is negative or NaN.</exception>
    public static Polyline Simplify(this Polyline line, double tolerance)
    {
        CheckTolerance(tolerance);
        var keep = new bool[line.Points.Length];
        keep[0] = keep[^1] = true;
        MarkBetween(line.Points, 0, line.Points.Length - 1, tolerance, keep);
        return new Polyline(Kept(line.Points, keep));
    }

    /// <summary>A ring that keeps its first vertex, the one farthest from it, and those that the tolerance (pixels, at least 0) needs; never fewer than three.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The tolerance is negative or NaN.</exception>
    public static Ring Simplify(this Ring ring, double tolerance)
    {
        CheckTolerance(tolerance);
        var points = ring.Points;
        if (points.Length == 3) return ring;
        var opposite = 1;
        for (var i = 2; i < points.Length; i++)
        {
            if (points[0].DistanceTo(points[i]) > points[0].DistanceTo(points[opposite])) opposite = i;
        }

        var keep = new bool[points.Length];
        keep[0] = keep[opposite] = true;
        MarkBetween(points, 0, opposite, tolerance, keep);
        MarkBetween(points, opposite, points.Length, tolerance, keep);
        if (keep.Count(k => k) < 3) keep[FarthestFromLine(points, opposite)] = true;
        return new Ring(Kept(points, keep));
    }

    /// <summary>A polygon with each of its rings simplified by itself.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The tolerance is negative or NaN.</exception>
    public static Polygon Simplify(this Polygon polygon, double tolerance) =>
        new([.. polygon.Parts.Select(part => new PolygonPart(part.Outer.Simplify(tolerance), [.. part.Holes.Select(hole => hole.Simplify(tolerance))]))]);

    /// <summary>Marks what is needed between two vertices; <paramref name="last"/> may be the number of points, which is the first again.</summary>
    private static void MarkBetween(ImmutableArray<Point2> points, int first, int last, double tolerance, bool[] keep)
    {
        var spans = new Stack<(int First, int Last)>([(first, last)]);
        while (spans.TryPop(out var span))
        {
            var (a, b) = (points[span.First], points[span.Last % points.Length]);
            var (farthest, distance) = (-1, tolerance);
            for (var i = span.First + 1; i < span.Last; i++)
            {
                var d = points[i].DistanceToSegment(a, b);
                if (d > distance) (farthest, distance) = (i, d);
            }

            if (farthest < 0) continue;
            keep[farthest] = true;
            spans.Push((span.First, farthest));
            spans.Push((farthest, span.Last));
        }
    }

    private static int FarthestFromLine(ImmutableArray<Point2> points, int opposite)
    {
        var farthest = opposite == 1 ? 2 : 1;
        for (var i = 1; i < points.Length; i++)
        {
            if (i != opposite && points[i].DistanceToSegment(points[0], points[opposite]) > points[farthest].DistanceToSegment(points[0], points[opposite])) farthest = i;
        }

        return farthest;
    }

    private static ImmutableArray<Point2> Kept(ImmutableArray<Point2> points, bool[] keep) => [.. points.Where((_, i) => keep[i])];

    private static void CheckTolerance(double tolerance)
    {
        if (!(tolerance >= 0)) throw new ArgumentOutOfRangeException(nameof(tolerance), tolerance, "A tolerance must be at least 0.");
    }
}
