namespace Plumbline.Core.Quality.Detection;

/// <summary>Precision and recall of one class in one area range, accumulated over images in the order they are added.</summary>
/// <remarks>pycocotools, <c>COCOeval.accumulate</c>.</remarks>
internal sealed class PrecisionCurve
{
    private readonly List<double> _scores = [];
    private readonly List<MatchBits> _matches = [];
    private readonly List<byte> _ranks = [];

    /// <summary>Truths that count.</summary>
    internal long Truths { get; private set; }

    /// <summary>Adds the detections of one image, best score first.</summary>
    internal void Add(ReadOnlySpan<DetectionFacts> detections, ReadOnlySpan<MatchBits> matches, int truths)
    {
        Truths += truths;
        for (var rank = 0; rank < detections.Length; rank++)
        {
            _scores.Add(detections[rank].Score);
            _matches.Add(matches[rank]);
            _ranks.Add((byte)rank);
        }
    }

    /// <summary>Average precision and recall at each threshold; null when no truth counts.</summary>
    internal (double[] Precision, double[] Recall)? At(DetectionProtocol protocol, int maximumDetections)
    {
        if (Truths == 0) return null;
        var order = Enumerable.Range(0, _scores.Count).Where(i => _ranks[i] < maximumDetections).ToArray();
        var keys = order.Select(i => -_scores[i]).ToArray();
        StableSort(keys, order);
        var precision = new double[protocol.Thresholds.Count];
        var recall = new double[protocol.Thresholds.Count];
        for (var t = 0; t < precision.Length; t++) (precision[t], recall[t]) = Average(order, 1 << t, protocol.Recalls);
        return (precision, recall);
    }

    private (double Precision, double Recall) Average(int[] order, int bit, IReadOnlyList<double> recalls)
    {
        var precisions = new List<double>(order.Length);
        var reached = new List<double>(order.Length);
        long found = 0, wrong = 0;
        foreach (var i in order)
        {
            if ((_matches[i].Ignored & bit) == 0)
            {
                if ((_matches[i].Matched & bit) != 0) found++;
                else wrong++;
            }

            reached.Add((double)found / Truths);
            precisions.Add(found / (found + wrong + double.BitIncrement(1) - 1));
        }

        for (var i = precisions.Count - 1; i > 0; i--) precisions[i - 1] = Math.Max(precisions[i - 1], precisions[i]);
        double sum = 0;
        var next = 0;
        foreach (var level in recalls)
        {
            while (next < reached.Count && reached[next] < level) next++;
            if (next == reached.Count) break;
            sum += precisions[next];
        }

        return (sum / recalls.Count, reached.Count == 0 ? 0 : reached[^1]);
    }

    private static void StableSort(double[] keys, int[] items)
    {
        // Equal scores keep the order of images, as numpy's merge sort does: the position breaks ties.
        var tagged = new (double Key, int Position)[keys.Length];
        for (var i = 0; i < keys.Length; i++) tagged[i] = (keys[i], i);
        Array.Sort(tagged, items);
    }
}
