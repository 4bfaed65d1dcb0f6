using Plumbline.Core.Geometry;

namespace Plumbline.Core.Tests.Masks;

/// <summary>COCO's rule step by step: walk every edge on the fifth-of-a-pixel grid, note where the walk passes a column's middle, toggle there and downwards.</summary>
internal static class PlainRasterizer
{
    public static CocoRle Rasterize(Point2[] ring, int width, int height)
    {
        var walk = new List<(int X, int Y)>();
        for (var i = 0; i < ring.Length; i++) Walk(Grid(ring[i]), Grid(ring[(i + 1) % ring.Length]), walk);
        var toggles = new byte[(width * height) + 1];
        for (var i = 1; i < walk.Count; i++)
        {
            if (walk[i].X == walk[i - 1].X) continue;
            var left = Math.Min(walk[i].X, walk[i - 1].X);
            if (left < 0 || left % 5 != 2 || left / 5 >= width) continue;
            var row = Math.Ceiling(Math.Clamp(((Math.Min(walk[i].Y, walk[i - 1].Y) + .5) / 5) - .5, 0, height));
            toggles[(left / 5 * height) + (int)row] ^= 1;
        }

        for (var i = 1; i < toggles.Length; i++) toggles[i] ^= toggles[i - 1];
        return CocoRle.Encode(toggles.AsSpan(0, width * height), width, height);
    }

    private static (int X, int Y) Grid(Point2 p) => ((int)((5 * p.X) + .5), (int)((5 * p.Y) + .5));

    private static void Walk((int X, int Y) from, (int X, int Y) to, List<(int X, int Y)> walk)
    {
        var (dx, dy) = (Math.Abs(to.X - from.X), Math.Abs(to.Y - from.Y));
        if (dx == 0 && dy == 0) return;
        var flat = dx >= dy;
        var flip = flat ? from.X > to.X : from.Y > to.Y;
        var (start, end) = flip ? (to, from) : (from, to);
        var slope = flat ? (double)(end.Y - start.Y) / dx : (double)(end.X - start.X) / dy;
        var steps = Math.Max(dx, dy);
        for (var step = 0; step <= steps; step++)
        {
            var t = flip ? steps - step : step;
            walk.Add(flat ? (start.X + t, (int)(start.Y + (slope * t) + .5)) : ((int)(start.X + (slope * t) + .5), start.Y + t));
        }
    }
}
