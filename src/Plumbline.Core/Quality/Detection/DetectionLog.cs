using System.Runtime.InteropServices;

namespace Plumbline.Core.Quality.Detection;

/// <summary>Average precision and recall of one class in one area range, one entry a threshold.</summary>
internal sealed record PrecisionRecall(double[] Precision, double[] Recall, long Truths);

/// <summary>What became of the detections of one class, in the order in which their images were added.</summary>
/// <remarks>pycocotools, <c>COCOeval.accumulate</c>.</remarks>
internal sealed class DetectionLog
{
    /// <summary>numpy's <c>spacing(1)</c>, which the reference adds to the divisor.</summary>
    private static readonly double Epsilon = double.BitIncrement(1) - 1;

    private readonly List<double> scores = [];
    private readonly List<ushort> ranks = [];
    private readonly List<MatchBits>[] matches;
    private readonly long[] truths;
    private readonly Dictionary<(int Area, int Maximum), PrecisionRecall?> known = [];
    private int[]? order;

    /// <param name="areas">Number of area ranges.</param>
    internal DetectionLog(int areas) => (matches, truths) = ([.. Enumerable.Range(0, areas).Select(_ => new List<MatchBits>())], new long[areas]);

    /// <summary>Truths that count in an area range.</summary>
    internal long Truths(int area) => truths[area];

    /// <summary>Adds the detections of one image, best score first. What became of them is added for each area range.</summary>
    internal void Add(ReadOnlySpan<DetectionFacts> detections)
    {
        for (var rank = 0; rank < detections.Length; rank++)
        {
            scores.Add(detections[rank].Score);
            ranks.Add((ushort)rank);
        }

        Forget();
    }

    /// <summary>Adds what became of the detections of one image in an area range, and how many truths count there.</summary>
    internal void Add(int area, ReadOnlySpan<MatchBits> found, int counting)
    {
        matches[area].AddRange(found);
        truths[area] += counting;
    }

    /// <summary>Adds what was logged for images that come after those of this log.</summary>
    internal void Append(DetectionLog next)
    {
        scores.AddRange(next.scores);
        ranks.AddRange(next.ranks);
        for (var area = 0; area < truths.Length; area++)
        {
            matches[area].AddRange(next.matches[area]);
            truths[area] += next.truths[area];
        }

        Forget();
    }

    /// <summary>Average precision and recall at each threshold when an image's best <paramref name="maximum"/> detections count; null when no truth does.</summary>
    internal PrecisionRecall? At(DetectionProtocol protocol, int area, int maximum)
    {
        if (known.TryGetValue((area, maximum), out var curve)) return curve;
        if (truths[area] > 0)
        {
            order ??= BestFirst(CollectionsMarshal.AsSpan(scores));
            var counted = maximum >= protocol.MaximumDetections[^1] ? order : order.Where(i => ranks[i] < maximum).ToArray();
            var (precision, recall) = (new double[protocol.Thresholds.Count], new double[protocol.Thresholds.Count]);
            var (precisions, reached) = (new double[counted.Length], new double[counted.Length]);
            for (var t = 0; t < precision.Length; t++) (precision[t], recall[t]) = Average(counted, area, 1 << t, protocol.Recalls, precisions, reached);
            curve = new(precision, recall, truths[area]);
        }

        known[(area, maximum)] = curve;
        return curve;
    }

    private (double Precision, double Recall) Average(int[] counted, int area, int bit, IReadOnlyList<double> recalls, double[] precisions, double[] reached)
    {
        var bits = CollectionsMarshal.AsSpan(matches[area]);
        double all = truths[area];
        long found = 0, wrong = 0;
        for (var i = 0; i < counted.Length; i++)
        {
            var match = bits[counted[i]];
            if ((match.Ignored & bit) == 0)
            {
                if ((match.Matched & bit) != 0) found++;
                else wrong++;
            }

            reached[i] = found / all;
            precisions[i] = found / (found + wrong + Epsilon);
        }

        for (var i = precisions.Length - 1; i > 0; i--) precisions[i - 1] = Math.Max(precisions[i - 1], precisions[i]);
        double sum = 0;
        var next = 0;
        foreach (var level in recalls)
        {
            while (next < reached.Length && reached[next] < level) next++;
            if (next == reached.Length) break;
            sum += precisions[next];
        }

        return (sum / recalls.Count, reached.Length == 0 ? 0 : reached[^1]);
    }

    /// <summary>Positions by falling score; equal scores in the order in which they were added, as numpy's merge sort leaves them.</summary>
    private static int[] BestFirst(ReadOnlySpan<double> scores)
    {
        var keys = new double[scores.Length];
        var positions = new int[scores.Length];
        for (var i = 0; i < keys.Length; i++) (keys[i], positions[i]) = (-scores[i], i);
        StableSort.Ascending(keys, positions);
        return positions;
    }

    private void Forget()
    {
        order = null;
        known.Clear();
    }
}
