using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Plumbline.Core.Masks;

/// <summary>
/// A mask prepared for many intersections: layer k holds the k-th span of every column, an absent one as [0, 0). Spans of one column are disjoint, so the intersection of two masks is the
/// sum over all pairs of layers and all shared columns of max(0, min(ends) − max(starts)), eight columns at a time.
/// </summary>
internal sealed class ColumnProfile
{
    /// <summary>Masks with more spans in a column are intersected run by run instead.</summary>
    private const int MaximumLayers = 4;

    private readonly int firstColumn;
    private readonly int columns;
    private readonly int top;
    private readonly int bottom;
    private readonly int layers;
    private readonly int[] starts;
    private readonly int[] ends;

    public ColumnProfile(CocoRle mask)
    {
        Mask = mask;
        var counts = mask.Counts.AsSpan();
        var extent = RunLengths.Extent(counts, mask.Height);
        (firstColumn, columns, top, bottom) = (extent.FirstLine, extent.Lines, extent.FirstOffset, extent.FirstOffset + extent.Offsets);
        layers = CountLayers(counts, mask.Height);
        var size = layers <= MaximumLayers ? layers * columns : 0;
        starts = new int[size];
        ends = new int[size];
        int line = -1, layer = 0;
        foreach (var span in RunLengths.Spans(counts, mask.Height))
        {
            Area += span.End - span.Start;
            if (size == 0) continue;
            layer = span.Line == line ? layer + 1 : 0;
            line = span.Line;
            starts[(layer * columns) + line - firstColumn] = span.Start;
            ends[(layer * columns) + line - firstColumn] = span.End;
        }
    }

    public CocoRle Mask { get; }

    public long Area { get; }

    public long IntersectionArea(ColumnProfile other)
    {
        var from = Math.Max(firstColumn, other.firstColumn);
        var length = Math.Min(firstColumn + columns, other.firstColumn + other.columns) - from;
        if (length <= 0 || Math.Min(bottom, other.bottom) <= Math.Max(top, other.top)) return 0;
        if (starts.Length == 0 || other.starts.Length == 0) return RleOverlap.IntersectionArea(Mask.Counts.AsSpan(), other.Mask.Counts.AsSpan());
        long area = 0;
        for (var a = 0; a < layers; a++)
        {
            var mine = (a * columns) + from - firstColumn;
            for (var b = 0; b < other.layers; b++)
            {
                var theirs = (b * other.columns) + from - other.firstColumn;
                area += Overlap(starts.AsSpan(mine, length), ends.AsSpan(mine, length), other.starts.AsSpan(theirs, length), other.ends.AsSpan(theirs, length));
            }
        }

        return area;
    }

    private static long Overlap(ReadOnlySpan<int> startsA, ReadOnlySpan<int> endsA, ReadOnlySpan<int> startsB, ReadOnlySpan<int> endsB)
    {
        ref var sa = ref MemoryMarshal.GetReference(startsA);
        ref var ea = ref MemoryMarshal.GetReference(endsA);
        ref var sb = ref MemoryMarshal.GetReference(startsB);
        ref var eb = ref MemoryMarshal.GetReference(endsB);
        var sums = Vector256<int>.Zero; // cannot overflow: a canvas has fewer than 2^31 pixels
        var i = 0;
        for (; i <= startsA.Length - Vector256<int>.Count; i += Vector256<int>.Count)
        {
            var start = Vector256.Max(Vector256.LoadUnsafe(ref sa, (nuint)i), Vector256.LoadUnsafe(ref sb, (nuint)i));
            var end = Vector256.Min(Vector256.LoadUnsafe(ref ea, (nuint)i), Vector256.LoadUnsafe(ref eb, (nuint)i));
            sums += Vector256.Max(end - start, Vector256<int>.Zero);
        }

        long area = Vector256.Sum(sums);
        for (; i < startsA.Length; i++) area += Math.Max(0, Math.Min(endsA[i], endsB[i]) - Math.Max(startsA[i], startsB[i]));
        return area;
    }

    private static int CountLayers(ReadOnlySpan<int> counts, int height)
    {
        int most = 0, layer = 0, line = -1;
        foreach (var span in RunLengths.Spans(counts, height))
        {
            layer = span.Line == line ? layer + 1 : 1;
            line = span.Line;
            most = Math.Max(most, layer);
        }

        return most;
    }
}
