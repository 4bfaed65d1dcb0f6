namespace Plumbline.Core.Masks;

/// <summary>
/// Sets of pixels under the usual operations, on runs, whatever the boxes of the operands. Every answer is tight (see <see cref="Mask.Tight"/>), so equal sets are equal masks.
/// Time goes with the runs and the rows they cross.
/// </summary>
public static class MaskAlgebra
{
    /// <summary>Pixels in either mask.</summary>
    public static Mask Union(this Mask a, Mask b) => OverBoth(a, b, RunLengths.Or);

    /// <summary>Pixels in both masks.</summary>
    public static Mask Intersect(this Mask a, Mask b)
    {
        var x = Math.Max(a.X, b.X);
        var y = Math.Max(a.Y, b.Y);
        var width = Math.Min(a.X + a.Width, b.X + b.Width) - x;
        var height = Math.Min(a.Y + a.Height, b.Y + b.Height) - y;
        return width <= 0 || height <= 0 ? Mask.Empty : Combine(a, b, RunLengths.And, x, y, width, height);
    }

    /// <summary>Pixels of <paramref name="a"/> that are not in <paramref name="b"/>.</summary>
    public static Mask Subtract(this Mask a, Mask b) => Combine(a, b, RunLengths.AndNot, a.X, a.Y, a.Width, a.Height);

    /// <summary>Pixels in exactly one of the masks.</summary>
    public static Mask Xor(this Mask a, Mask b) => OverBoth(a, b, RunLengths.ExclusiveOr);

    /// <summary>Pixels of the canvas [0, width) × [0, height) that are not in the mask.</summary>
    /// <exception cref="ArgumentException">A side is negative.</exception>
    public static Mask Complement(this Mask mask, int width, int height) => Mask.FromRectangle(0, 0, width, height).Subtract(mask);

    /// <summary>The number of pixels in both masks.</summary>
    public static long IntersectionArea(this Mask a, Mask b) => a.Intersect(b).Area;

    /// <summary>Intersection over union in [0, 1]; NaN, that is undefined, when both masks are empty.</summary>
    public static double IntersectionOverUnion(this Mask a, Mask b)
    {
        var shared = a.IntersectionArea(b);
        return shared / (double)(a.Area + b.Area - shared);
    }

    private static Mask OverBoth(Mask a, Mask b, int truthTable)
    {
        if (a.Width == 0 || a.Height == 0) return b.Tight();
        if (b.Width == 0 || b.Height == 0) return a.Tight();
        var x = Math.Min(a.X, b.X);
        var y = Math.Min(a.Y, b.Y);
        return Combine(a, b, truthTable, x, y, checked(Math.Max(a.X + a.Width, b.X + b.Width) - x), checked(Math.Max(a.Y + a.Height, b.Y + b.Height) - y));
    }

    private static Mask Combine(Mask a, Mask b, int truthTable, int x, int y, int width, int height)
    {
        var runsA = a.WithBox(x, y, width, height).Runs;
        var runsB = b.WithBox(x, y, width, height).Runs;
        var runs = RunLengths.Combine(runsA.AsSpan(), runsB.AsSpan(), truthTable, (long)width * height);
        return Mask.FromTrusted(x, y, width, height, runs).Tight();
    }
}
