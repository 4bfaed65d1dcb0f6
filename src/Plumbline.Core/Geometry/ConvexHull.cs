using System.Collections.Immutable;

namespace Plumbline.Core.Geometry;

/// <summary>The smallest convex area around points.</summary>
public static class ConvexHull
{
    /// <summary>The hull's vertices, clockwise on the screen from the leftmost (then topmost) point, without points on its edges. One or two vertices when all points coincide or lie on one line; none for no points.</summary>
    /// <remarks>Source: A. M. Andrew, "Another efficient algorithm for convex hulls in two dimensions", Information Processing Letters 9(5), 1979.</remarks>
    /// <exception cref="ArgumentException">A point is not finite.</exception>
    public static ImmutableArray<Point2> Of(ReadOnlySpan<Point2> points)
    {
        var sorted = points.ToArray();
        foreach (var p in sorted)
        {
            if (!p.IsFinite) throw new ArgumentException("A point must be finite.", nameof(points));
        }

        Array.Sort(sorted, (a, b) => a.X != b.X ? a.X.CompareTo(b.X) : a.Y.CompareTo(b.Y));
        var hull = new List<Point2>(sorted.Length + 1);
        AddChain(sorted, hull);
        Array.Reverse(sorted);
        AddChain(sorted, hull);
        return hull.Count == 0 && sorted.Length > 0 ? [sorted[0]] : [.. hull];
    }

    /// <summary>Adds one side of the hull, without its last point.</summary>
    private static void AddChain(Point2[] sorted, List<Point2> hull)
    {
        var start = hull.Count;
        foreach (var p in sorted)
        {
            while (hull.Count >= start + 2 && Orientation.Of(hull[^2], hull[^1], p) <= 0) hull.RemoveAt(hull.Count - 1);
            if (hull.Count == start || hull[^1] != p) hull.Add(p);
        }

        if (hull.Count > start) hull.RemoveAt(hull.Count - 1);
    }
}
