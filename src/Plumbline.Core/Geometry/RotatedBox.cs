using System.Collections.Immutable;

namespace Plumbline.Core.Geometry;

/// <summary>A box turned about its centre. Angles in radians, clockwise on the screen (y points down).</summary>
/// <remarks><c>default</c> is an empty box at the origin.</remarks>
public readonly record struct RotatedBox
{
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or a side is negative.</exception>
    public RotatedBox(double centerX, double centerY, double width, double height, double angleRadians)
    {
        if (!double.IsFinite(centerX) || !double.IsFinite(centerY)) throw new ArgumentOutOfRangeException(nameof(centerX), "A rotated box needs a finite centre.");
        if (!double.IsFinite(width) || width < 0) throw new ArgumentOutOfRangeException(nameof(width), width, "A rotated box needs a finite width of at least 0.");
        if (!double.IsFinite(height) || height < 0) throw new ArgumentOutOfRangeException(nameof(height), height, "A rotated box needs a finite height of at least 0.");
        if (!double.IsFinite(angleRadians)) throw new ArgumentOutOfRangeException(nameof(angleRadians), angleRadians, "A rotated box needs a finite angle.");
        (CenterX, CenterY, Width, Height, AngleRadians) = (centerX, centerY, width, height, angleRadians);
    }

    /// <summary>Centre, in image pixels.</summary>
    public double CenterX { get; }

    /// <summary>Centre, in image pixels.</summary>
    public double CenterY { get; }

    /// <summary>Side along the box's own x axis.</summary>
    public double Width { get; }

    /// <summary>Side along the box's own y axis.</summary>
    public double Height { get; }

    /// <summary>Turn of the box's own x axis, clockwise on the screen.</summary>
    public double AngleRadians { get; }

    /// <summary>Width × height in square pixels.</summary>
    public double Area => Width * Height;

    /// <summary>The smallest upright box around it.</summary>
    public Box Bounds => Box.Around(Corners().AsSpan());

    /// <summary>The four corners: the box's own top left, top right, bottom right, bottom left, which is clockwise on the screen. They coincide where a side is 0.</summary>
    public ImmutableArray<Point2> Corners()
    {
        var (sin, cos) = Math.SinCos(AngleRadians);
        var (wx, wy) = (cos * Width / 2, sin * Width / 2);
        var (hx, hy) = (-sin * Height / 2, cos * Height / 2);
        return
        [
            new(CenterX - wx - hx, CenterY - wy - hy),
            new(CenterX + wx - hx, CenterY + wy - hy),
            new(CenterX + wx + hx, CenterY + wy + hy),
            new(CenterX - wx + hx, CenterY - wy + hy),
        ];
    }

    /// <summary>The box of four corners in the order of <see cref="Corners"/>. Corners that form no exact rectangle get the smallest box around them, with its x axis nearest to first → second corner.</summary>
    /// <exception cref="ArgumentException">Not four corners, or one is not finite.</exception>
    public static RotatedBox FromCorners(ReadOnlySpan<Point2> corners)
    {
        if (corners.Length != 4) throw new ArgumentException("A rotated box has four corners.", nameof(corners));
        return SmallestAround(corners).WithAxisNear(Math.Atan2(corners[1].Y - corners[0].Y, corners[1].X - corners[0].X));
    }

    /// <summary>The box of least area around the points; one of its sides lies on their convex hull. Angle in [−π/4, π/4]. Points on one line give a box without height, one point a box without sides.</summary>
    /// <remarks>Source: H. Freeman, R. Shapira, "Determining the minimum-area encasing rectangle for an arbitrary closed curve", CACM 18(7), 1975.</remarks>
    /// <exception cref="ArgumentException">There is no point, or one is not finite.</exception>
    public static RotatedBox SmallestAround(ReadOnlySpan<Point2> points)
    {
        if (points.IsEmpty) throw new ArgumentException("There must be a point.", nameof(points));
        var hull = ConvexHull.Of(points).AsSpan();
        var best = default(RotatedBox);
        var bestArea = double.PositiveInfinity;
        for (var i = 0; i < hull.Length; i++)
        {
            var next = hull[i + 1 == hull.Length ? 0 : i + 1];
            var fit = Around(hull, Math.Atan2(next.Y - hull[i].Y, next.X - hull[i].X));
            if (fit.Area < bestArea) (best, bestArea) = (fit, fit.Area);
        }

        return best.WithAxisNear(0);
    }

    private static RotatedBox Around(ReadOnlySpan<Point2> points, double angle)
    {
        var (sin, cos) = Math.SinCos(angle);
        double left = double.PositiveInfinity, right = double.NegativeInfinity, top = left, bottom = right;
        foreach (var p in points)
        {
            var (u, v) = ((p.X * cos) + (p.Y * sin), (p.Y * cos) - (p.X * sin));
            (left, right) = (Math.Min(left, u), Math.Max(right, u));
            (top, bottom) = (Math.Min(top, v), Math.Max(bottom, v));
        }

        var (centerU, centerV) = ((left + right) / 2, (top + bottom) / 2);
        return new RotatedBox((centerU * cos) - (centerV * sin), (centerU * sin) + (centerV * cos), right - left, bottom - top, angle);
    }

    /// <summary>The same area with its angle changed by whole quarter turns to the one nearest to <paramref name="angle"/>.</summary>
    private RotatedBox WithAxisNear(double angle)
    {
        var quarters = (int)Math.Round((angle - AngleRadians) / (Math.PI / 2));
        var turned = AngleRadians + (quarters * Math.PI / 2);
        return quarters % 2 == 0 ? new RotatedBox(CenterX, CenterY, Width, Height, turned) : new RotatedBox(CenterX, CenterY, Height, Width, turned);
    }
}
