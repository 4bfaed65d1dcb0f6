namespace Plumbline.Core.Quality;

/// <summary>The ends of a bootstrap's 95 % interval.</summary>
/// <remarks>Efron and Tibshirani, "An introduction to the bootstrap", 1993, chapter 13: percentile interval.</remarks>
internal static class Percentiles
{
    /// <summary>The interval from the values of all rounds that gave one; null where more than half of the rounds left the figure undefined. Sorts the list.</summary>
    internal static Interval? OfRounds(List<double> values, int rounds)
    {
        if (2 * values.Count < rounds) return null;
        values.Sort();
        return new Interval(Quantile(values, .025), Quantile(values, .975));
    }

    private static double Quantile(List<double> sorted, double share)
    {
        var position = share * (sorted.Count - 1);
        var below = (int)position;
        return below + 1 >= sorted.Count ? sorted[^1] : sorted[below] + ((position - below) * (sorted[below + 1] - sorted[below]));
    }
}
