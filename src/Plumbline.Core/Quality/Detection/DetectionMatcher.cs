namespace Plumbline.Core.Quality.Detection;

/// <summary>A true object as the protocol sees it.</summary>
/// <param name="Area">Its area in square pixels, as its file gives it.</param>
/// <param name="Crowd">Many objects in one: may be found repeatedly, is never missed.</param>
/// <param name="Ignore">Left out of the scores for another reason.</param>
public readonly record struct TruthFacts(double Area, bool Crowd, bool Ignore);

/// <summary>A detection as the protocol sees it.</summary>
/// <param name="Score">Confidence.</param>
/// <param name="Area">Its area in square pixels.</param>
public readonly record struct DetectionFacts(double Score, double Area);

/// <summary>What became of one detection in one area range: a bit per threshold.</summary>
public readonly record struct MatchBits(ushort Matched, ushort Ignored);

/// <summary>COCO's greedy matching of the detections of one class in one image; used for average precision and nowhere else.</summary>
/// <remarks>
/// pycocotools, <c>COCOeval.evaluateImg</c>. Difference: the reference marks a truth as taken by its id, so a truth with id 0
/// counts as free for ever; here it is marked by position.
/// </remarks>
public static class DetectionMatcher
{
    /// <summary>Matches in one area range.</summary>
    /// <param name="overlaps">Detections × truths, row by row.</param>
    /// <param name="detections">Best score first; ties in the order of the file.</param>
    /// <param name="truths">In the order of the file.</param>
    /// <param name="thresholds">Overlaps at which a detection counts as found.</param>
    /// <param name="area">Objects outside of it are ignored.</param>
    /// <param name="results">Receives one entry a detection.</param>
    /// <returns>How many truths count.</returns>
    public static int Match(
        ReadOnlySpan<double> overlaps, ReadOnlySpan<DetectionFacts> detections, ReadOnlySpan<TruthFacts> truths,
        ReadOnlySpan<double> thresholds, AreaRange area, Span<MatchBits> results)
    {
        if (truths.IsEmpty)
        {
            var allThresholds = (ushort)((1 << thresholds.Length) - 1);
            for (var d = 0; d < detections.Length; d++) results[d] = new(0, Outside(detections[d], area) ? allThresholds : (ushort)0);
            return 0;
        }

        Span<int> order = truths.Length <= 256 ? stackalloc int[truths.Length] : new int[truths.Length];
        Span<bool> ignored = truths.Length <= 256 ? stackalloc bool[truths.Length] : new bool[truths.Length];
        var counting = IgnoredLast(truths, area, order, ignored);
        Span<bool> taken = truths.Length <= 256 ? stackalloc bool[truths.Length] : new bool[truths.Length];
        results.Clear();
        for (var t = 0; t < thresholds.Length; t++)
        {
            taken.Clear();
            var bit = (ushort)(1 << t);
            var least = Math.Min(thresholds[t], 1 - 1e-10);
            for (var d = 0; d < detections.Length; d++)
            {
                var best = Best(overlaps.Slice(d * truths.Length, truths.Length), truths, order, counting, taken, least);
                var (matched, left) = (results[d].Matched, results[d].Ignored);
                if (best >= 0)
                {
                    taken[best] = true;
                    matched |= bit;
                    if (ignored[best]) left |= bit;
                }
                else if (Outside(detections[d], area))
                {
                    left |= bit;
                }

                results[d] = new(matched, left);
            }
        }

        return counting;
    }

    /// <summary>The truth with the highest overlap (the last of equals), a counting one before an ignored one; −1 when none reaches the threshold.</summary>
    private static int Best(ReadOnlySpan<double> overlaps, ReadOnlySpan<TruthFacts> truths, ReadOnlySpan<int> order, int counting, ReadOnlySpan<bool> taken, double least)
    {
        var best = -1;
        for (var i = 0; i < order.Length; i++)
        {
            if (i == counting && best >= 0) break;
            var g = order[i];
            if ((taken[g] && !truths[g].Crowd) || overlaps[g] < least) continue;
            least = overlaps[g];
            best = g;
        }

        return best;
    }

    private static bool Outside(DetectionFacts detection, AreaRange area) => detection.Area < area.Least || detection.Area > area.Most;

    private static int IgnoredLast(ReadOnlySpan<TruthFacts> truths, AreaRange area, Span<int> order, Span<bool> ignored)
    {
        var counting = 0;
        for (var g = 0; g < truths.Length; g++)
        {
            ignored[g] = truths[g].Ignore || truths[g].Crowd || truths[g].Area < area.Least || truths[g].Area > area.Most;
            if (!ignored[g]) order[counting++] = g;
        }

        var next = counting;
        for (var g = 0; g < truths.Length; g++)
        {
            if (ignored[g]) order[next++] = g;
        }

        return counting;
    }
}
