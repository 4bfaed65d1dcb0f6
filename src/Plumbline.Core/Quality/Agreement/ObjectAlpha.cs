namespace Plumbline.Core.Quality.Agreement;

/// <summary>Krippendorff's nominal α on matched objects: whether annotators saw the same things and called them the same.</summary>
/// <remarks>
/// After Tschirschwitz and Rodehorst, "KαLOS", arXiv 2603.27197. All images together form one matrix of annotators × objects, with a value of its own for "assigned but did not draw".
/// </remarks>
public sealed class ObjectAlpha
{
    private readonly int _annotators;
    private readonly int _values;
    private readonly ImageSums _sums;

    /// <param name="annotators">Number of annotators.</param>
    /// <param name="classes">Number of classes.</param>
    public ObjectAlpha(int annotators, int classes)
    {
        (_annotators, _values) = (annotators, classes + 1);
        _sums = new ImageSums(1 + (2 * _values)); // objects; then how often each value was given; then how far it was contradicted; value 0 is "missed"
    }

    /// <summary>Adds one image; an image without objects counts for the bootstrap and adds nothing.</summary>
    /// <exception cref="ArgumentException">An object has another number of ratings than there are annotators, or a rating is no class.</exception>
    public void Add(ImageRatings image)
    {
        Span<int> counts = _values <= 1024 ? stackalloc int[_values] : new int[_values];
        foreach (var ratings in image.Clusters)
        {
            if (ratings.Length != _annotators) throw new ArgumentException($"An object has {ratings.Length} ratings; there are {_annotators} annotators.", nameof(image));
            counts.Clear();
            var given = 0;
            foreach (var value in ratings)
            {
                if (value == ImageRatings.NotAssigned) continue;
                if (value < ImageRatings.Missed || value >= _values - 1) throw new ArgumentException($"An object has the class {value}; there are {_values - 1}.", nameof(image));
                counts[value + 1]++;
                given++;
            }

            if (given < 2) continue;
            _sums.Add(0, 1);
            foreach (var value in ratings)
            {
                if (value == ImageRatings.NotAssigned || counts[value + 1] == 0) continue;
                var count = counts[value + 1];
                _sums.Add(1 + value + 1, count);
                _sums.Add(1 + _values + value + 1, count * (given - count) / (double)(given - 1));
                counts[value + 1] = 0;
            }
        }

        _sums.EndImage();
    }

    /// <summary>α over all images with its 95 % interval from a bootstrap by image.</summary>
    /// <param name="rounds">Bootstrap rounds; 0 for no interval.</param>
    /// <param name="seed">Seed of the bootstrap.</param>
    public Measure Of(int rounds = 1_000, int seed = 1)
    {
        var objects = (long)_sums.Totals[0];
        if (objects == 0) return Measure.None("No object lies in an image that two annotators were given.");
        var alpha = Alpha(_sums.Totals);
        if (double.IsNaN(alpha)) return Measure.None("Only one class was ever used and nothing was missed, so there is no disagreement to be expected.", objects);
        return Measure.Of(alpha, objects) with { Interval = _sums.Bootstrap(1, (sums, figures) => figures[0] = Alpha(sums), rounds, seed)[0] };
    }

    /// <summary>α of one class against everything else (other classes and "missed"): low where annotators do not agree on what belongs to it. 1 − α is the class's difficulty.</summary>
    /// <param name="classIndex">The class, or <see cref="ImageRatings.Missed"/> for "there or not".</param>
    /// <param name="rounds">Bootstrap rounds; 0 for no interval.</param>
    /// <param name="seed">Seed of the bootstrap.</param>
    public Measure OfClass(int classIndex, int rounds = 0, int seed = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classIndex, ImageRatings.Missed);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(classIndex, _values - 1);
        var ratings = (long)_sums.Totals[1 + classIndex + 1];
        if (ratings == 0) return Measure.None("Nobody used the class in an image that two annotators were given.");
        var alpha = AlphaOf(_sums.Totals, classIndex + 1);
        if (double.IsNaN(alpha)) return Measure.None("Every rating is this class, so there is no disagreement to be expected.", ratings);
        return Measure.Of(alpha, ratings) with { Interval = _sums.Bootstrap(1, (sums, figures) => figures[0] = AlphaOf(sums, classIndex + 1), rounds, seed)[0] };
    }

    private double Alpha(ReadOnlySpan<double> sums)
    {
        double all = 0, squares = 0, disagreeing = 0;
        for (var value = 0; value < _values; value++)
        {
            all += sums[1 + value];
            squares += sums[1 + value] * sums[1 + value];
            disagreeing += sums[1 + _values + value];
        }

        var expected = (all * all) - squares;
        return expected > 0 ? 1 - ((all - 1) * disagreeing / expected) : double.NaN;
    }

    private double AlphaOf(ReadOnlySpan<double> sums, int value)
    {
        double all = 0;
        for (var v = 0; v < _values; v++) all += sums[1 + v];
        var expected = sums[1 + value] * (all - sums[1 + value]);
        return expected > 0 ? 1 - ((all - 1) * sums[1 + _values + value] / expected) : double.NaN;
    }
}
