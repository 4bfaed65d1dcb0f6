using Plumbline.Core.Geometry;

namespace Plumbline.Core.Masks;

/// <summary>Areas to pixels by the textbook rule: a pixel is inside when its centre is. Exact up to the rounding of one interpolation per edge and row; row by row, so the answer is row-major at once.</summary>
/// <remarks>
/// Each ring is filled even-odd. A centre exactly on an edge belongs to the pixel right of and below that edge, so neighbours that share an edge neither overlap nor leave a gap.
/// <see cref="ContourTracer"/> is its inverse. COCO's own rule is in <see cref="Rasterizer"/>.
/// </remarks>
public static class CentreRasterizer
{
    /// <summary>One ring on a canvas of width × height pixels; what lies outside is cut off. Tight.</summary>
    /// <exception cref="ArgumentException">A side is negative.</exception>
    public static Mask Rasterize(ReadOnlySpan<Point2> ring, int width, int height)
    {
        if (width < 0 || height < 0) throw new ArgumentException("A canvas needs sides of at least 0.", nameof(width));
        var crossings = new List<(int Row, int Column)>();
        for (var i = 0; i < ring.Length; i++) AddCrossings(ring[i], ring[i + 1 == ring.Length ? 0 : i + 1], width, height, crossings);
        crossings.Sort();
        var runs = new RunBuilder();
        for (var i = 0; i < crossings.Count; i += 2)
        {
            var origin = (long)crossings[i].Row * width;
            runs.AddSpan(origin + crossings[i].Column, origin + crossings[i + 1].Column);
        }

        return Mask.FromTrusted(0, 0, width, height, runs.Finish((long)width * height)).Tight();
    }

    /// <summary>A polygon: the union of its parts, each without its holes. Tight.</summary>
    /// <inheritdoc cref="Rasterize(ReadOnlySpan{Point2}, int, int)" />
    public static Mask Rasterize(Polygon polygon, int width, int height)
    {
        var union = Mask.Empty;
        foreach (var part in polygon.Parts)
        {
            var area = Rasterize(part.Outer.Points.AsSpan(), width, height);
            foreach (var hole in part.Holes) area = area.Subtract(Rasterize(hole.Points.AsSpan(), width, height));
            union = union.Union(area);
        }

        return union;
    }

    private static void AddCrossings(Point2 a, Point2 b, int width, int height, List<(int Row, int Column)> crossings)
    {
        if (a.Y > b.Y) (a, b) = (b, a);
        var firstRow = (int)Math.Clamp(Math.Ceiling(a.Y - .5), 0, height);
        var endRow = (int)Math.Clamp(Math.Ceiling(b.Y - .5), 0, height);
        for (var row = firstRow; row < endRow; row++)
        {
            var x = a.X + ((b.X - a.X) * ((row + .5 - a.Y) / (b.Y - a.Y)));
            crossings.Add((row, (int)Math.Clamp(Math.Ceiling(x - .5), 0, width)));
        }
    }
}
