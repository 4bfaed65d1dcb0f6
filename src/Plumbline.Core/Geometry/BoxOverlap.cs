using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Plumbline.Core.Geometry;

/// <summary>Overlap of axis-aligned boxes on continuous coordinates: no pixel is added to a side.</summary>
/// <remarks>Source: <c>bbIou</c> of maskApi.c (cocodataset/cocoapi at 8c9bcc3). Deliberately different: where there is nothing to divide by (two boxes without area) the answer is NaN, that is undefined, rather than 0.</remarks>
public static class BoxOverlap
{
    /// <summary>The shared area in square pixels.</summary>
    public static double IntersectionArea(Box a, Box b) =>
        Math.Max(0, Math.Min(a.Right, b.Right) - Math.Max(a.X, b.X)) * Math.Max(0, Math.Min(a.Bottom, b.Bottom) - Math.Max(a.Y, b.Y));

    /// <summary>Intersection over union in [0, 1]; NaN when both boxes have no area. [3, 5, 4, 1] and [5, 3, 3, 5] give 2/17.</summary>
    public static double IntersectionOverUnion(Box a, Box b)
    {
        var shared = IntersectionArea(a, b);
        return Math.Min(1, shared / (a.Area + b.Area - shared)); // edges are rounded, sides are not: equal boxes can come out above 1
    }

    /// <summary>Every detection against every truth: <c>result[d * truths.Length + t]</c>.</summary>
    /// <param name="detections">Rows of the answer.</param>
    /// <param name="truths">Columns of the answer.</param>
    /// <param name="crowd">Empty, or one flag per truth: where set, the divisor is the detection's area instead of the union.</param>
    /// <param name="result">detections × truths values in [0, 1] or NaN, to the last digit as COCO has them: equal boxes with fractional sides can come out a rounding above 1.</param>
    /// <exception cref="ArgumentException">A span has the wrong length.</exception>
    public static void Matrix(ReadOnlySpan<Box> detections, ReadOnlySpan<Box> truths, ReadOnlySpan<bool> crowd, Span<double> result)
    {
        if (result.Length != (long)detections.Length * truths.Length) throw new ArgumentException($"The answer needs {(long)detections.Length * truths.Length} places.", nameof(result));
        if (!crowd.IsEmpty && crowd.Length != truths.Length) throw new ArgumentException("There must be one crowd flag per truth.", nameof(crowd));
        var n = truths.Length;
        var rented = ArrayPool<double>.Shared.Rent(5 * n);
        var columns = rented.AsSpan(0, 5 * n); // all left edges, then all top edges, right edges, bottom edges, areas
        for (var t = 0; t < n; t++)
        {
            (columns[t], columns[n + t], columns[(2 * n) + t], columns[(3 * n) + t], columns[(4 * n) + t]) = (truths[t].X, truths[t].Y, truths[t].Right, truths[t].Bottom, truths[t].Area);
        }

        for (var d = 0; d < detections.Length; d++)
        {
            var row = result.Slice(d * n, n);
            AgainstAll(detections[d], columns, row);
            for (var t = 0; t < crowd.Length; t++)
            {
                if (crowd[t]) row[t] = IntersectionArea(detections[d], truths[t]) / detections[d].Area;
            }
        }

        ArrayPool<double>.Shared.Return(rented);
    }

    private static void AgainstAll(Box box, ReadOnlySpan<double> columns, Span<double> row)
    {
        var n = row.Length;
        ref var lefts = ref MemoryMarshal.GetReference(columns);
        ref var tops = ref Unsafe.Add(ref lefts, n);
        ref var rights = ref Unsafe.Add(ref tops, n);
        ref var bottoms = ref Unsafe.Add(ref rights, n);
        ref var areas = ref Unsafe.Add(ref bottoms, n);
        ref var answers = ref MemoryMarshal.GetReference(row);
        var (boxLeft, boxTop, boxRight, boxBottom, boxArea) = (Vector256.Create(box.X), Vector256.Create(box.Y), Vector256.Create(box.Right), Vector256.Create(box.Bottom), Vector256.Create(box.Area));
        var t = 0;
        for (; t <= n - Vector256<double>.Count; t += Vector256<double>.Count)
        {
            var at = (nuint)t;
            var width = Vector256.MinNative(Vector256.LoadUnsafe(ref rights, at), boxRight) - Vector256.MaxNative(Vector256.LoadUnsafe(ref lefts, at), boxLeft);
            var height = Vector256.MinNative(Vector256.LoadUnsafe(ref bottoms, at), boxBottom) - Vector256.MaxNative(Vector256.LoadUnsafe(ref tops, at), boxTop);
            var shared = Vector256.MaxNative(width, Vector256<double>.Zero) * Vector256.MaxNative(height, Vector256<double>.Zero);
            (shared / (Vector256.LoadUnsafe(ref areas, at) + boxArea - shared)).StoreUnsafe(ref answers, at);
        }

        for (; t < n; t++)
        {
            var (left, top, right, bottom, area) = (columns[t], columns[n + t], columns[(2 * n) + t], columns[(3 * n) + t], columns[(4 * n) + t]);
            var shared = Math.Max(0, Math.Min(right, box.Right) - Math.Max(left, box.X)) * Math.Max(0, Math.Min(bottom, box.Bottom) - Math.Max(top, box.Y));
            row[t] = shared / (area + box.Area - shared);
        }
    }
}
