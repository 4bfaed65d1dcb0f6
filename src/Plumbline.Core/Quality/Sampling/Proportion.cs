namespace Plumbline.Core.Quality.Sampling;

/// <summary>Shares of items, such as the error rate of images looked at.</summary>
/// <remarks>Wilson, "Probable inference, the law of succession, and statistical inference", 1927. Only where the items are independent: images, not the objects in them.</remarks>
public static class Proportion
{
    private const double Z = 1.959963984540054;

    /// <summary>The share with its 95 % Wilson interval; undefined without items.</summary>
    public static Measure Of(long hits, long items)
    {
        if (hits < 0 || hits > items) throw new ArgumentOutOfRangeException(nameof(hits), hits, "Between 0 and the number of items.");
        if (items == 0) return Measure.None("No item was looked at.");
        var share = (double)hits / items;
        var denominator = 1 + (Z * Z / items);
        var center = (share + (Z * Z / (2 * items))) / denominator;
        var half = Z / denominator * Math.Sqrt((share * (1 - share) / items) + (Z * Z / (4.0 * items * items)));
        return Measure.Of(share, items) with { Interval = new Interval(Math.Max(0, center - half), Math.Min(1, center + half)) };
    }

    /// <summary>How many items to look at so that the 95 % interval around an expected share is at most this wide on either side.</summary>
    /// <param name="expected">The share that is expected, in [0, 1].</param>
    /// <param name="halfWidth">Half of the wanted interval, above 0.</param>
    /// <param name="population">Items there are; a small population needs fewer.</param>
    public static int SampleSize(double expected, double halfWidth, int population)
    {
        if (!(expected is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(expected), expected, "Between 0 and 1.");
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(halfWidth);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(population);
        var endless = Z * Z * expected * (1 - expected) / (halfWidth * halfWidth);
        return Math.Clamp((int)Math.Ceiling(endless / (1 + ((endless - 1) / population))), 1, population);
    }
}
