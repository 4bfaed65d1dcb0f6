namespace Plumbline.Core.Quality.Semantic;

/// <summary>Scores of pictures in which every pixel has a class, over pictures that are added one after the other.</summary>
/// <remarks>Long, Shelhamer and Darrell, "Fully convolutional networks for semantic segmentation", CVPR 2015, section 5; Dice, "Measures of the amount of ecologic association between species", 1945.</remarks>
public sealed class SemanticScores
{
    private readonly int _classes;
    private readonly ImageSums _sums;

    /// <param name="classes">Number of classes, at least 1.</param>
    public SemanticScores(int classes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(classes);
        _classes = classes;
        Counts = new long[classes, classes];
        _sums = new ImageSums(3 * (classes + 1)); // pixels in common, true ones, given ones; per class and in all
    }

    /// <summary>Pixels by true class × given class.</summary>
    public long[,] Counts { get; }

    /// <summary>Adds one picture.</summary>
    /// <param name="truth">The true class of each pixel, row-major; −1 for void, which is left out.</param>
    /// <param name="given">The given class of each pixel; a pixel without a class (−1) is found by no class.</param>
    /// <exception cref="ArgumentException">The pictures differ in size, or a pixel has a class that is unknown.</exception>
    public void Add(ReadOnlySpan<int> truth, ReadOnlySpan<int> given)
    {
        if (truth.Length != given.Length) throw new ArgumentException($"The truth has {truth.Length} pixels, the other picture {given.Length}.", nameof(given));
        for (var start = 0; start < truth.Length;)
        {
            var (t, g) = (truth[start], given[start]);
            var end = start + 1;
            while (end < truth.Length && truth[end] == t && given[end] == g) end++;
            if (t < -1 || t >= _classes || g < -1 || g >= _classes) throw new ArgumentException($"Pixel {start} has the classes {t} and {g}; there are {_classes}.", nameof(given));
            if (t >= 0) Count(t, g, end - start);
            start = end;
        }

        _sums.EndImage();
    }

    /// <summary>Share of the true pixels that have the right class.</summary>
    public Measure PixelAccuracy(int rounds = 1_000, int seed = 1) => _sums.Ratio(At(0, _classes), At(1, _classes), "No pixel has a true class.", rounds, seed);

    /// <summary>Intersection over union of one class's pixels; undefined where it occurs on neither side.</summary>
    public Measure IntersectionOverUnion(int classIndex, int rounds = 1_000, int seed = 1) => Figure(classIndex, (common, truth, given) => common / (truth + given - common), rounds, seed);

    /// <summary>Dice coefficient of one class's pixels: 2·common / (true + given).</summary>
    public Measure Dice(int classIndex, int rounds = 1_000, int seed = 1) => Figure(classIndex, (common, truth, given) => 2 * common / (truth + given), rounds, seed);

    /// <summary>Mean of <see cref="IntersectionOverUnion"/> over the classes that occur on either side.</summary>
    public Measure MeanIntersectionOverUnion(int rounds = 1_000, int seed = 1)
    {
        var value = MeanOf(_sums.Totals);
        if (double.IsNaN(value)) return Measure.None("No pixel has a true class.");
        return Measure.Of(value, (long)_sums.Totals[At(1, _classes)]) with { Interval = _sums.Bootstrap(1, (sums, figures) => figures[0] = MeanOf(sums), rounds, seed)[0] };
    }

    private double MeanOf(ReadOnlySpan<double> sums)
    {
        var (sum, classes) = (0.0, 0);
        for (var c = 0; c < _classes; c++)
        {
            var union = sums[At(1, c)] + sums[At(2, c)] - sums[At(0, c)];
            if (union == 0) continue;
            sum += sums[At(0, c)] / union;
            classes++;
        }

        return sum / classes;
    }

    private Measure Figure(int classIndex, Func<double, double, double, double> figure, int rounds, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)classIndex, (uint)_classes, nameof(classIndex));
        double Of(ReadOnlySpan<double> sums) => figure(sums[At(0, classIndex)], sums[At(1, classIndex)], sums[At(2, classIndex)]);
        var value = Of(_sums.Totals);
        if (!double.IsFinite(value)) return Measure.None("Neither the truth nor the other picture has a pixel of this class.");
        return Measure.Of(value, (long)_sums.Totals[At(1, classIndex)]) with { Interval = _sums.Bootstrap(1, (sums, figures) => figures[0] = Of(sums), rounds, seed)[0] };
    }

    private void Count(int truth, int given, long pixels)
    {
        foreach (var c in (ReadOnlySpan<int>)[truth, _classes]) _sums.Add(At(1, c), pixels);
        if (given < 0) return;
        Counts[truth, given] += pixels;
        foreach (var c in (ReadOnlySpan<int>)[given, _classes]) _sums.Add(At(2, c), pixels);
        if (truth != given) return;
        foreach (var c in (ReadOnlySpan<int>)[truth, _classes]) _sums.Add(At(0, c), pixels);
    }

    private int At(int column, int classIndex) => (column * (_classes + 1)) + classIndex;
}
