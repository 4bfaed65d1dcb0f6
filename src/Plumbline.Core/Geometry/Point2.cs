namespace Plumbline.Core.Geometry;

/// <summary>A position in continuous image pixels: origin at the outer corner of the top-left pixel of the upright, full-resolution image, x right, y down.</summary>
/// <remarks><c>default</c> is the origin. Finite values only are accepted by the shapes that hold points.</remarks>
public readonly record struct Point2(double X, double Y)
{
    /// <summary>True when neither coordinate is NaN or infinite.</summary>
    public bool IsFinite => double.IsFinite(X) && double.IsFinite(Y);

    /// <summary>Straight distance in pixels.</summary>
    public double DistanceTo(Point2 other) => double.Hypot(X - other.X, Y - other.Y);

    /// <summary>Distance in pixels to the nearest point of the segment from <paramref name="a"/> to <paramref name="b"/>, which may be one point.</summary>
    public double DistanceToSegment(Point2 a, Point2 b)
    {
        var (dx, dy) = (b.X - a.X, b.Y - a.Y);
        var squaredLength = (dx * dx) + (dy * dy);
        if (squaredLength == 0) return DistanceTo(a);
        var t = Math.Clamp((((X - a.X) * dx) + ((Y - a.Y) * dy)) / squaredLength, 0, 1);
        return DistanceTo(new Point2(a.X + (t * dx), a.Y + (t * dy)));
    }
}
