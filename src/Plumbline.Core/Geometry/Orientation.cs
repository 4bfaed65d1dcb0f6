namespace Plumbline.Core.Geometry;

/// <summary>On which side of a line a point lies.</summary>
internal static class Orientation
{
    /// <summary>1 when a → b → c turns clockwise on the screen, −1 the other way, 0 when the three lie on one line.</summary>
    /// <remarks>The cross product of the rounded differences, its sign exact: each product's own rounding error, which a fused multiply-add yields, is added back.</remarks>
    public static int Of(Point2 a, Point2 b, Point2 c)
    {
        var (abX, abY, acX, acY) = (b.X - a.X, b.Y - a.Y, c.X - a.X, c.Y - a.Y);
        var (first, second) = (abX * acY, abY * acX);
        var difference = first - second;
        if (difference != 0) return Math.Sign(difference);
        return Math.Sign(Math.FusedMultiplyAdd(abX, acY, -first) - Math.FusedMultiplyAdd(abY, acX, -second));
    }
}
