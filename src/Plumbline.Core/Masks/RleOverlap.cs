namespace Plumbline.Core.Masks;

/// <summary>Overlap of COCO masks of one canvas, on column-major runs and without decoding.</summary>
/// <remarks>
/// Source: <c>rleIou</c> of maskApi.c (cocodataset/cocoapi at 8c9bcc3). Deliberately different: masks of unequal canvases are an error rather than −1, and where there is nothing to divide by
/// (both masks empty; with a crowd, an empty detection) the answer is NaN, that is undefined, rather than 0.
/// </remarks>
public static class RleOverlap
{
    /// <summary>The number of pixels in both masks.</summary>
    /// <exception cref="ArgumentException">The canvases differ.</exception>
    public static long IntersectionArea(CocoRle a, CocoRle b)
    {
        a.CheckSameCanvas(b);
        return IntersectionArea(a.Counts.AsSpan(), b.Counts.AsSpan());
    }

    /// <summary>Intersection over union in [0, 1]; NaN when both masks are empty.</summary>
    /// <exception cref="ArgumentException">The canvases differ.</exception>
    public static double IntersectionOverUnion(CocoRle a, CocoRle b)
    {
        var shared = IntersectionArea(a, b);
        return shared / (double)(a.Area + b.Area - shared);
    }

    /// <summary>Every detection against every truth: <c>result[d * truths.Length + t]</c>. For one pair <see cref="IntersectionOverUnion"/> needs less preparation.</summary>
    /// <param name="detections">Rows of the answer.</param>
    /// <param name="truths">Columns of the answer.</param>
    /// <param name="crowd">Empty, or one flag per truth: where set, the divisor is the detection's area instead of the union.</param>
    /// <param name="result">detections × truths values in [0, 1] or NaN.</param>
    /// <exception cref="ArgumentException">Canvases differ, or a span has the wrong length.</exception>
    public static void Matrix(ReadOnlySpan<CocoRle> detections, ReadOnlySpan<CocoRle> truths, ReadOnlySpan<bool> crowd, Span<double> result)
    {
        if (result.Length != (long)detections.Length * truths.Length) throw new ArgumentException($"The answer needs {(long)detections.Length * truths.Length} places.", nameof(result));
        if (!crowd.IsEmpty && crowd.Length != truths.Length) throw new ArgumentException("There must be one crowd flag per truth.", nameof(crowd));
        var rows = Prepare(detections, detections.IsEmpty ? truths : detections);
        var columns = Prepare(truths, detections.IsEmpty ? truths : detections);
        for (var d = 0; d < rows.Length; d++)
        {
            var line = result.Slice(d * columns.Length, columns.Length);
            for (var t = 0; t < columns.Length; t++)
            {
                var shared = rows[d].IntersectionArea(columns[t]);
                var divisor = !crowd.IsEmpty && crowd[t] ? rows[d].Area : rows[d].Area + columns[t].Area - shared;
                line[t] = shared / (double)divisor;
            }
        }
    }

    internal static long IntersectionArea(ReadOnlySpan<int> a, ReadOnlySpan<int> b)
    {
        long shared = 0;
        int i = 0, j = 0, leftA = 0, leftB = 0;
        while (true)
        {
            while (leftA == 0 && i < a.Length) leftA = a[i++];
            while (leftB == 0 && j < b.Length) leftB = b[j++];
            var step = Math.Min(leftA, leftB);
            if (step == 0) return shared;
            if (((i | j) & 1) == 0) shared += step; // an even number of runs begun on both sides: both are inside
            leftA -= step;
            leftB -= step;
        }
    }

    private static ColumnProfile[] Prepare(ReadOnlySpan<CocoRle> masks, ReadOnlySpan<CocoRle> sample)
    {
        var profiles = new ColumnProfile[masks.Length];
        for (var i = 0; i < masks.Length; i++)
        {
            sample[0].CheckSameCanvas(masks[i]);
            profiles[i] = new ColumnProfile(masks[i]);
        }

        return profiles;
    }
}
