namespace Plumbline.Core.Quality.Consensus;

/// <summary>The middle of numbers that count differently: how boxes and keypoints of several annotators are fused, coordinate by coordinate.</summary>
public static class WeightedMedian
{
    /// <summary>The number at which half of the weight is reached; the middle of two when exactly half lies on each side.</summary>
    /// <param name="values">Finite numbers, at least one.</param>
    /// <param name="weights">One an element, none negative, not all 0.</param>
    /// <exception cref="ArgumentException">The sizes differ, there is nothing to choose from, or a number is not finite.</exception>
    public static double Of(ReadOnlySpan<double> values, ReadOnlySpan<double> weights)
    {
        if (values.Length != weights.Length) throw new ArgumentException($"{values.Length} values and {weights.Length} weights.", nameof(weights));
        var pairs = new (double Value, double Weight)[values.Length];
        double all = 0;
        for (var i = 0; i < pairs.Length; i++)
        {
            if (!double.IsFinite(values[i]) || !(weights[i] >= 0) || double.IsInfinity(weights[i])) throw new ArgumentException($"Value {i} or its weight is not a finite number of at least 0.", nameof(values));
            pairs[i] = (values[i], weights[i]);
            all += weights[i];
        }

        if (all == 0) throw new ArgumentException("There is no weight to decide by.", nameof(weights));
        Array.Sort(pairs, (a, b) => a.Value.CompareTo(b.Value));
        double reached = 0;
        for (var i = 0; i < pairs.Length; i++)
        {
            reached += pairs[i].Weight;
            if (Math.Abs(reached - (all / 2)) <= 1e-12 * all)
            {
                var next = i + 1;
                while (next < pairs.Length && pairs[next].Weight == 0) next++;
                return next < pairs.Length ? (pairs[i].Value + pairs[next].Value) / 2 : pairs[i].Value;
            }

            if (reached > all / 2) return pairs[i].Value;
        }

        return pairs[^1].Value;
    }
}
