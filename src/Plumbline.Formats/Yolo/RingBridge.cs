using System.Collections.Immutable;
using Plumbline.Core.Geometry;

namespace Plumbline.Formats.Yolo;

/// <summary>Joins the parts and holes of a polygon into one ring by zero-width bridges between nearest vertices, as YOLO's one ring an object asks for. Parts that only touch by a bridge rasterise as before.</summary>
internal static class RingBridge
{
    /// <summary>One ring that covers what the polygon covers; the outer ring itself when there is nothing to join.</summary>
    public static ImmutableArray<Point2> Join(Polygon polygon)
    {
        var joined = polygon.Parts[0].Outer.Points;
        var first = true;
        foreach (var part in polygon.Parts)
        {
            // A hole must run against its outer ring, so that the even-odd and the winding rule agree on it.
            var outer = first ? joined : Oriented(part.Outer.Points, polygon.Parts[0].Outer.SignedArea() >= 0);
            var clockwise = new Ring(outer).SignedArea() >= 0;
            foreach (var hole in part.Holes) outer = Bridge(outer, Oriented(hole.Points, !clockwise));
            joined = first ? outer : Bridge(joined, outer);
            first = false;
        }

        return joined;
    }

    private static ImmutableArray<Point2> Bridge(ImmutableArray<Point2> a, ImmutableArray<Point2> b)
    {
        var (i, j) = Nearest(a.AsSpan(), b.AsSpan());
        var ring = ImmutableArray.CreateBuilder<Point2>(a.Length + b.Length + 2);
        ring.AddRange(a.AsSpan(0, i + 1));
        ring.AddRange(b.AsSpan(j, b.Length - j));
        ring.AddRange(b.AsSpan(0, j + 1));
        ring.AddRange(a.AsSpan(i, a.Length - i));
        return ring.MoveToImmutable();
    }

    private static (int I, int J) Nearest(ReadOnlySpan<Point2> a, ReadOnlySpan<Point2> b)
    {
        var best = (0, 0);
        var least = double.PositiveInfinity;
        for (var i = 0; i < a.Length; i++)
        {
            for (var j = 0; j < b.Length; j++)
            {
                double dx = a[i].X - b[j].X, dy = a[i].Y - b[j].Y, distance = (dx * dx) + (dy * dy);
                if (distance < least) (least, best) = (distance, (i, j));
            }
        }

        return best;
    }

    private static ImmutableArray<Point2> Oriented(ImmutableArray<Point2> ring, bool clockwise) => new Ring(ring).SignedArea() >= 0 == clockwise ? ring : [.. ring.Reverse()];
}
