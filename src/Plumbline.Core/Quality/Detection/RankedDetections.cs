namespace Plumbline.Core.Quality.Detection;

/// <summary>Average precision and recall of one class in one area range, one entry a threshold.</summary>
internal sealed record PrecisionRecall(double[] Precision, double[] Recall, long Truths);

/// <summary>The detections of one class that count in an area range, best first at each threshold, and the truths of each image: enough to read precision and recall for any choice of images.</summary>
/// <remarks>pycocotools, <c>COCOeval.accumulate</c>.</remarks>
internal sealed class RankedDetections
{
    /// <summary>numpy's <c>spacing(1)</c>, which the reference adds to the divisor.</summary>
    private static readonly double Epsilon = double.BitIncrement(1) - 1;

    private readonly int[][] _found;
    private readonly (int Image, int Truths)[] _truths;
    private readonly double[] _precisions;
    private readonly double[] _reached;

    /// <param name="found">For each threshold the image of each detection; ~image where it is false.</param>
    /// <param name="truths">How many truths count in each image that has any.</param>
    internal RankedDetections(int[][] found, (int Image, int Truths)[] truths)
    {
        (_found, _truths) = (found, truths);
        var most = found.Max(one => one.Length);
        (_precisions, _reached) = (new double[most], new double[most]);
    }

    /// <summary>The curve over a choice of images; null when it holds no truth. Not for several threads at once.</summary>
    /// <param name="recalls">Recalls at which precision is read, ascending.</param>
    /// <param name="times">How often each image counts; empty: each once.</param>
    internal PrecisionRecall? Over(IReadOnlyList<double> recalls, ReadOnlySpan<int> times)
    {
        long truths = 0;
        foreach (var (image, count) in _truths) truths += (long)count * (times.IsEmpty ? 1 : times[image]);
        if (truths == 0) return null;
        var (precision, recall) = (new double[_found.Length], new double[_found.Length]);
        for (var t = 0; t < _found.Length; t++) (precision[t], recall[t]) = Average(_found[t], truths, recalls, times);
        return new(precision, recall, truths);
    }

    private (double Precision, double Recall) Average(int[] ranked, double truths, IReadOnlyList<double> recalls, ReadOnlySpan<int> times)
    {
        long found = 0, wrong = 0;
        for (var i = 0; i < ranked.Length; i++)
        {
            var at = ranked[i];
            if (at >= 0) found += times.IsEmpty ? 1 : times[at];
            else wrong += times.IsEmpty ? 1 : times[~at];
            _reached[i] = found / truths;
            _precisions[i] = found / (found + wrong + Epsilon);
        }

        for (var i = ranked.Length - 1; i > 0; i--) _precisions[i - 1] = Math.Max(_precisions[i - 1], _precisions[i]);
        double sum = 0;
        var next = 0;
        foreach (var level in recalls)
        {
            while (next < ranked.Length && _reached[next] < level) next++;
            if (next == ranked.Length) break;
            sum += _precisions[next];
        }

        return (sum / recalls.Count, ranked.Length == 0 ? 0 : _reached[ranked.Length - 1]);
    }
}
