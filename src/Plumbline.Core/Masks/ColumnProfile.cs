using System.Runtime.Intrinsics;

namespace Plumbline.Core.Masks;

/// <summary>
/// A mask prepared for many intersections: layer k holds the k-th span of each column that has so many, an absent one in between as [0, 0). Spans of one column are disjoint, so the
/// intersection of two masks is the sum over all pairs of layers and all shared columns of max(0, min(ends) − max(starts)), sixteen columns at a time.
/// </summary>
internal sealed class ColumnProfile
{
    /// <summary>Masks with more spans in a column are intersected run by run instead.</summary>
    private const int MaximumLayers = 8;

    private static readonly int Wide = Vector256<short>.Count;

    private readonly Layer[] layers;
    private readonly short[] starts;
    private readonly short[] ends;
    private readonly int top = int.MaxValue;
    private readonly int bottom;

    public ColumnProfile(CocoRle mask)
    {
        Mask = mask;
        var counts = mask.Counts.AsSpan();
        Span<Layer> found = stackalloc Layer[MaximumLayers];
        int line = -1, layer = -1, most = 0;
        foreach (var span in RunLengths.Spans(counts, mask.Height))
        {
            layer = span.Line == line ? layer + 1 : 0;
            line = span.Line;
            Area += span.End - span.Start;
            (top, bottom) = (Math.Min(top, span.Start), Math.Max(bottom, span.End));
            if (layer >= MaximumLayers) most = int.MaxValue;
            else if (layer < most) found[layer] = found[layer] with { End = line + 1 };
            else found[most++] = new(line, line + 1, 0);
        }

        if (most > MaximumLayers || mask.Height > short.MaxValue)
        {
            (layers, starts, ends) = ([], [], []);
            return;
        }

        var room = 0;
        foreach (ref var one in found[..most])
        {
            one = one with { At = room };
            room += one.End - one.First + Wide; // a read may go on behind a layer's last column and must find nothing there
        }

        (layers, starts, ends) = (found[..most].ToArray(), new short[room], new short[room]);
        line = -1;
        foreach (var span in RunLengths.Spans(counts, mask.Height))
        {
            layer = span.Line == line ? layer + 1 : 0;
            line = span.Line;
            var at = layers[layer].At + line - layers[layer].First;
            (starts[at], ends[at]) = ((short)span.Start, (short)span.End);
        }
    }

    public CocoRle Mask { get; }

    public long Area { get; }

    public long IntersectionArea(ColumnProfile other)
    {
        if (Area == 0 || other.Area == 0 || Math.Min(bottom, other.bottom) <= Math.Max(top, other.top)) return 0;
        if (layers.Length == 0 || other.layers.Length == 0) return RleOverlap.IntersectionArea(Mask.Counts.AsSpan(), other.Mask.Counts.AsSpan());
        long area = 0;
        foreach (var mine in layers)
        {
            foreach (var theirs in other.layers)
            {
                var from = Math.Max(mine.First, theirs.First);
                var length = Math.Min(mine.End, theirs.End) - from;
                if (length > 0) area += Overlap(ref starts[mine.At + from - mine.First], ref ends[mine.At + from - mine.First], ref other.starts[theirs.At + from - theirs.First], ref other.ends[theirs.At + from - theirs.First], length);
            }
        }

        return area;
    }

    private static long Overlap(ref short startsA, ref short endsA, ref short startsB, ref short endsB, int length)
    {
        var sums = Vector256<int>.Zero; // cannot overflow: a canvas has fewer than 2^31 pixels
        for (nuint i = 0; i < (nuint)length; i += (nuint)Wide)
        {
            var start = Vector256.Max(Vector256.LoadUnsafe(ref startsA, i), Vector256.LoadUnsafe(ref startsB, i));
            var end = Vector256.Min(Vector256.LoadUnsafe(ref endsA, i), Vector256.LoadUnsafe(ref endsB, i));
            var (lower, upper) = Vector256.Widen(Vector256.Max(end - start, Vector256<short>.Zero));
            sums += lower + upper;
        }

        return Vector256.Sum(sums);
    }

    /// <summary>Columns [First, End) of the k-th spans; their values stand from At on.</summary>
    private readonly record struct Layer(int First, int End, int At);
}
