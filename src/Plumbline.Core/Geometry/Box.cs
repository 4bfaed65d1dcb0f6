namespace Plumbline.Core.Geometry;

/// <summary>An axis-aligned box in continuous image pixels: the half-open area [X, X+Width) × [Y, Y+Height).</summary>
/// <remarks><c>default</c> is the empty box at the origin. Width and height are never negative.</remarks>
public readonly record struct Box
{
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or a side is negative.</exception>
    public Box(double x, double y, double width, double height)
    {
        if (!double.IsFinite(x) || !double.IsFinite(y)) throw new ArgumentOutOfRangeException(nameof(x), "A box needs a finite corner.");
        if (!double.IsFinite(width) || width < 0) throw new ArgumentOutOfRangeException(nameof(width), width, "A box needs a finite width of at least 0.");
        if (!double.IsFinite(height) || height < 0) throw new ArgumentOutOfRangeException(nameof(height), height, "A box needs a finite height of at least 0.");
        (X, Y, Width, Height) = (x, y, width, height);
    }

    /// <summary>Left edge.</summary>
    public double X { get; }

    /// <summary>Top edge.</summary>
    public double Y { get; }

    /// <summary>Extent to the right, at least 0.</summary>
    public double Width { get; }

    /// <summary>Extent downwards, at least 0.</summary>
    public double Height { get; }

    /// <summary>Right edge, exclusive.</summary>
    public double Right => X + Width;

    /// <summary>Bottom edge, exclusive.</summary>
    public double Bottom => Y + Height;

    /// <summary>Width × height in square pixels; 0 for a degenerate box.</summary>
    public double Area => Width * Height;

    /// <summary>The middle of the box.</summary>
    public Point2 Center => new(X + (Width / 2), Y + (Height / 2));

    /// <summary>Whether the point lies in [X, Right) × [Y, Bottom).</summary>
    public bool Contains(Point2 point) => point.X >= X && point.X < Right && point.Y >= Y && point.Y < Bottom;

    /// <summary>The part that lies in the other box too; null when they share no area.</summary>
    public Box? Intersect(Box other)
    {
        var (x, y) = (Math.Max(X, other.X), Math.Max(Y, other.Y));
        var (width, height) = (Math.Min(Right, other.Right) - x, Math.Min(Bottom, other.Bottom) - y);
        return width > 0 && height > 0 ? new Box(x, y, width, height) : null;
    }

    /// <summary>The smallest box that holds both, empty boxes with their corner included.</summary>
    public Box Hull(Box other)
    {
        var (x, y) = (Math.Min(X, other.X), Math.Min(Y, other.Y));
        return new Box(x, y, Math.Max(Right, other.Right) - x, Math.Max(Bottom, other.Bottom) - y);
    }

    /// <summary>The smallest box that holds all points; <c>default</c> when there are none.</summary>
    public static Box Around(ReadOnlySpan<Point2> points)
    {
        if (points.IsEmpty) return default;
        double left = double.PositiveInfinity, top = double.PositiveInfinity, right = double.NegativeInfinity, bottom = double.NegativeInfinity;
        foreach (var p in points)
        {
            left = Math.Min(left, p.X);
            top = Math.Min(top, p.Y);
            right = Math.Max(right, p.X);
            bottom = Math.Max(bottom, p.Y);
        }

        return new Box(left, top, right - left, bottom - top);
    }
}
