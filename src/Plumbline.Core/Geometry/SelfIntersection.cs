namespace Plumbline.Core.Geometry;

/// <summary>Where a ring meets itself.</summary>
public static class SelfIntersection
{
    /// <summary>
    /// Two edges (edge i runs from vertex i to the next) that share a point although they are not neighbours, or neighbours that run back over each other; null when the ring is simple.
    /// A ring that only touches itself counts. Repeated vertices do not.
    /// </summary>
    /// <remarks>Edges are compared in order of their left ends, each only with those that begin before it ends: fast for outlines, quadratic at worst.</remarks>
    public static (int First, int Second)? FindSelfIntersection(this Ring ring)
    {
        var points = ring.Points.AsSpan();
        var edges = new Edge[points.Length];
        var count = 0;
        for (var i = 0; i < points.Length; i++)
        {
            if (points[i] != points[i == 0 ? points.Length - 1 : i - 1]) edges[count++] = new(i, points[i]);
        }

        var lefts = new double[count];
        for (var i = 0; i < count; i++)
        {
            ref var edge = ref edges[i];
            edge.Order = i;
            edge.To = edges[i + 1 == count ? 0 : i + 1].From;
            lefts[i] = edge.Left;
        }

        Array.Sort(lefts, edges, 0, count);
        for (var i = 0; i < count; i++)
        {
            ref readonly var edge = ref edges[i];
            var right = edge.Right;
            for (var j = i + 1; j < count && lefts[j] <= right; j++)
            {
                if (Meet(edge, edges[j], count)) return (Math.Min(edge.Vertex, edges[j].Vertex), Math.Max(edge.Vertex, edges[j].Vertex));
            }
        }

        return null;
    }

    private static bool Meet(in Edge a, in Edge b, int count)
    {
        if ((a.Order + 1) % count == b.Order) return RunsBack(a.From, a.To, b.To);
        if ((b.Order + 1) % count == a.Order) return RunsBack(b.From, b.To, a.To);
        if (Math.Max(a.From.Y, a.To.Y) < Math.Min(b.From.Y, b.To.Y) || Math.Max(b.From.Y, b.To.Y) < Math.Min(a.From.Y, a.To.Y)) return false;
        var (a1, a2) = (Orientation.Of(b.From, b.To, a.From), Orientation.Of(b.From, b.To, a.To));
        var (b1, b2) = (Orientation.Of(a.From, a.To, b.From), Orientation.Of(a.From, a.To, b.To));
        if (a1 != 0 || a2 != 0) return a1 * a2 <= 0 && b1 * b2 <= 0;
        return Math.Max(a.Left, b.Left) <= Math.Min(a.Right, b.Right); // on one line, and their rows overlap
    }

    private static bool RunsBack(Point2 a, Point2 b, Point2 c) =>
        Orientation.Of(a, b, c) == 0 && ((b.X - a.X) * (c.X - b.X)) + ((b.Y - a.Y) * (c.Y - b.Y)) < 0;

    private struct Edge(int vertex, Point2 from)
    {
        public readonly int Vertex = vertex;
        public readonly Point2 From = from;
        public Point2 To;
        public int Order;

        public readonly double Left => Math.Min(From.X, To.X);

        public readonly double Right => Math.Max(From.X, To.X);
    }
}
