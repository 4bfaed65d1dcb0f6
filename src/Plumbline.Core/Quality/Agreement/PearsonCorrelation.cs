namespace Plumbline.Core.Quality.Agreement;

/// <summary>Whether two annotators' numbers rise and fall together; says nothing about whether they are equal (for that see <see cref="IntraclassCorrelation"/>).</summary>
/// <remarks>Pearson, "Note on regression and inheritance in the case of two parents", 1895.</remarks>
public static class PearsonCorrelation
{
    /// <summary>r in [−1, 1] with its 95 % interval from a bootstrap by image.</summary>
    /// <param name="first">One number an item.</param>
    /// <param name="second">The other annotator's numbers for the same items.</param>
    /// <param name="images">The image of each item; empty when each item is an image of its own.</param>
    /// <param name="rounds">Bootstrap rounds; 0 for no interval.</param>
    /// <param name="seed">Seed of the bootstrap.</param>
    /// <returns>Undefined with fewer than two items, or when one annotator always gave the same number.</returns>
    /// <exception cref="ArgumentException">The lengths differ, or a number is not finite.</exception>
    public static Measure Of(ReadOnlySpan<double> first, ReadOnlySpan<double> second, ReadOnlySpan<int> images = default, int rounds = 1_000, int seed = 1)
    {
        var items = first.Length;
        if (second.Length != items) throw new ArgumentException($"{items} numbers of one annotator and {second.Length} of the other.", nameof(second));
        if (!images.IsEmpty && images.Length != items) throw new ArgumentException($"{images.Length} images for {items} items.", nameof(images));
        double meanX = 0, meanY = 0;
        for (var i = 0; i < items; i++)
        {
            if (!double.IsFinite(first[i]) || !double.IsFinite(second[i])) throw new ArgumentException($"Item {i} has the numbers {first[i]} and {second[i]}.", nameof(first));
            meanX += first[i] / items;
            meanY += second[i] / items;
        }

        if (items < 2) return Measure.None("A correlation needs at least two items.", items);
        var sums = new ImageSums(6);
        var order = Enumerable.Range(0, items).ToArray();
        if (!images.IsEmpty) Array.Sort(images.ToArray(), order);
        for (var at = 0; at < items; at++)
        {
            var i = order[at];
            var (x, y) = (first[i] - meanX, second[i] - meanY);
            sums.Add(0, 1);
            sums.Add(1, x);
            sums.Add(2, y);
            sums.Add(3, x * x);
            sums.Add(4, y * y);
            sums.Add(5, x * y);
            if (images.IsEmpty || at + 1 == items || images[order[at + 1]] != images[i]) sums.EndImage();
        }

        var r = Figure(sums.Totals);
        if (double.IsNaN(r)) return Measure.None("One annotator gave the same number throughout.", items);
        return Measure.Of(r, items) with { Interval = sums.Bootstrap(1, (totals, figures) => figures[0] = Figure(totals), rounds, seed)[0] };
    }

    private static double Figure(ReadOnlySpan<double> sums)
    {
        var n = sums[0];
        var (xx, yy, xy) = (sums[3] - (sums[1] * sums[1] / n), sums[4] - (sums[2] * sums[2] / n), sums[5] - (sums[1] * sums[2] / n));
        return xx > 1e-14 * sums[3] && yy > 1e-14 * sums[4] ? Math.Clamp(xy / Math.Sqrt(xx * yy), -1, 1) : double.NaN;
    }
}
