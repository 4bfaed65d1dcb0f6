using Plumbline.Core.Masks;

namespace Plumbline.Core.Quality.Overlap;

/// <summary>Boundary F: how much of two masks' outlines run close to each other.</summary>
/// <remarks>Perazzi et al., "A benchmark dataset and evaluation methodology for video object segmentation", CVPR 2016; outline and disk as in davis2017-evaluation, <c>db_eval_boundary</c> and <c>_seg2bmap</c>.</remarks>
public static class BoundaryAccuracy
{
    /// <summary>How far apart outlines may run: 0.8 % of the picture's diagonal, rounded up.</summary>
    public static int ToleranceOf(int width, int height) => (int)Math.Ceiling(.008 * Math.Sqrt(((double)height * height) + ((double)width * width)));

    /// <summary>
    /// The harmonic mean of the shares of either outline that lie within <paramref name="tolerance"/> pixels of the other; outlines are one pixel thick. Symmetric, in [0, 1]:
    /// 1 when both masks have no outline, 0 when one has none.
    /// </summary>
    /// <param name="a">A mask.</param>
    /// <param name="b">Another of the same picture.</param>
    /// <param name="width">Columns of the picture.</param>
    /// <param name="height">Rows of the picture.</param>
    /// <param name="tolerance">Radius of the disk in pixels; null for <see cref="ToleranceOf"/>.</param>
    /// <exception cref="ArgumentException">The picture has no sides, or the tolerance is negative.</exception>
    public static double Of(Mask a, Mask b, int width, int height, int? tolerance = null)
    {
        if (width <= 0 || height <= 0) throw new ArgumentException($"A picture of {width} × {height} has no masks.", nameof(width));
        var radius = tolerance ?? ToleranceOf(width, height);
        var (first, second) = (Outline(a, width, height), Outline(b, width, height));
        var (areaA, areaB) = (first.Area, second.Area);
        if (areaA == 0 || areaB == 0) return areaA == areaB ? 1 : 0;
        var near = (A: first.IntersectionArea(second.DilateByDisk(radius)) / (double)areaA, B: second.IntersectionArea(first.DilateByDisk(radius)) / (double)areaB);
        return near.A + near.B == 0 ? 0 : 2 * near.A * near.B / (near.A + near.B);
    }

    /// <summary>The pixels that differ from their right, lower or lower right neighbour; in the last row only the right one counts, in the last column only the lower one.</summary>
    private static Mask Outline(Mask mask, int width, int height)
    {
        var whole = mask.Intersect(Mask.FromRectangle(0, 0, width, height));
        var (right, below) = (whole.Xor(whole.Translate(-1, 0)), whole.Xor(whole.Translate(0, -1)));
        var inner = right.Union(below).Union(whole.Xor(whole.Translate(-1, -1)));
        return inner.Intersect(Mask.FromRectangle(0, 0, width - 1, height - 1))
            .Union(right.Intersect(Mask.FromRectangle(0, height - 1, width - 1, 1)))
            .Union(below.Intersect(Mask.FromRectangle(width - 1, 0, 1, height - 1)));
    }
}
