namespace Plumbline.Core.Datasets;

/// <summary>Least, mean, median, 90th percentile and most of some counts.</summary>
/// <param name="Least">The smallest.</param>
/// <param name="Mean">The mean.</param>
/// <param name="Median">The middle one, the lower of two.</param>
/// <param name="Percentile90">The smallest that nine tenths do not exceed.</param>
/// <param name="Most">The largest.</param>
public readonly record struct CountSummary(int Least, double Mean, int Median, int Percentile90, int Most)
{
    /// <summary>Summarises; all zero when there are none.</summary>
    public static CountSummary Of(IReadOnlyCollection<int> counts)
    {
        if (counts.Count == 0) return default;
        var sorted = counts.Order().ToArray();
        int At(double share) => sorted[(int)Math.Ceiling(share * sorted.Length) - 1];
        return new(sorted[0], sorted.Average(), At(.5), At(.9), sorted[^1]);
    }
}
