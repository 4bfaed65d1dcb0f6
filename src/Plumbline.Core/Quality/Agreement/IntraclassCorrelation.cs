namespace Plumbline.Core.Quality.Agreement;

/// <summary>Which question <see cref="IntraclassCorrelation"/> answers; the names are those of the paper.</summary>
public enum IccForm
{
    /// <summary>ICC(1,1): each item was rated by other people.</summary>
    OneWay,

    /// <summary>ICC(2,1): the same people, a sample of many, rated every item; those who rate higher throughout count as disagreeing.</summary>
    TwoWayRandom,

    /// <summary>ICC(3,1): the same people, no others matter, rated every item; only the ups and downs count.</summary>
    TwoWayMixed,
}

/// <summary>Agreement of several annotators on numbers, such as a count, an age or an angle.</summary>
/// <remarks>Shrout and Fleiss, "Intraclass correlations: uses in assessing rater reliability", Psychological Bulletin 86(2), 1979; reliability of a single rating.</remarks>
public static class IntraclassCorrelation
{
    /// <summary>The correlation, 1 at perfect agreement, near 0 (or below) without any, with its 95 % interval from a bootstrap by image.</summary>
    /// <param name="ratings">Annotators × items; every annotator rated every item.</param>
    /// <param name="form">The question.</param>
    /// <param name="images">The image of each item; empty when each item is an image of its own.</param>
    /// <param name="rounds">Bootstrap rounds; 0 for no interval.</param>
    /// <param name="seed">Seed of the bootstrap.</param>
    /// <returns>Undefined with fewer than two items or annotators, or when all ratings are one number.</returns>
    /// <exception cref="ArgumentException">A rating is not a finite number, or the images are not one an item.</exception>
    public static Measure Of(double[,] ratings, IccForm form, ReadOnlySpan<int> images = default, int rounds = 1_000, int seed = 1)
    {
        var (annotators, items) = (ratings.GetLength(0), ratings.GetLength(1));
        if (!images.IsEmpty && images.Length != items) throw new ArgumentException($"{images.Length} images for {items} items.", nameof(images));
        double mean = 0;
        for (var a = 0; a < annotators; a++)
        {
            for (var i = 0; i < items; i++)
            {
                if (!double.IsFinite(ratings[a, i])) throw new ArgumentException($"Annotator {a} gave item {i} the rating {ratings[a, i]}.", nameof(ratings));
                mean += ratings[a, i] / ((double)annotators * items);
            }
        }

        if (annotators < 2) return Measure.None("Agreement needs at least two annotators.", items);
        if (items < 2) return Measure.None("A correlation needs at least two items.", items);
        var sums = Sums(ratings, mean, images);
        var value = Figure(sums.Totals, annotators, form);
        if (double.IsNaN(value)) return Measure.None("All ratings are one and the same number, so there is nothing to tell items apart.", items);
        return Measure.Of(value, items) with { Interval = sums.Bootstrap(1, (totals, figures) => figures[0] = Figure(totals, annotators, form), rounds, seed)[0] };
    }

    /// <summary>Columns: items, sum of squares, sum of squared item means, then each annotator's sum; all around the mean, which keeps digits.</summary>
    private static ImageSums Sums(double[,] ratings, double mean, ReadOnlySpan<int> images)
    {
        var (annotators, items) = (ratings.GetLength(0), ratings.GetLength(1));
        var sums = new ImageSums(3 + annotators);
        var order = Enumerable.Range(0, items).ToArray();
        if (!images.IsEmpty) Array.Sort(images.ToArray(), order);
        for (var at = 0; at < items; at++)
        {
            var i = order[at];
            double total = 0;
            sums.Add(0, 1);
            for (var a = 0; a < annotators; a++)
            {
                var rating = ratings[a, i] - mean;
                total += rating;
                sums.Add(1, rating * rating);
                sums.Add(3 + a, rating);
            }

            sums.Add(2, total * total / annotators / annotators);
            if (images.IsEmpty || at + 1 == items || images[order[at + 1]] != images[i]) sums.EndImage();
        }

        return sums;
    }

    private static double Figure(ReadOnlySpan<double> sums, int k, IccForm form)
    {
        var n = sums[0];
        double all = 0, raters = 0;
        for (var a = 0; a < k; a++)
        {
            all += sums[3 + a];
            raters += sums[3 + a] * sums[3 + a] / n;
        }

        var correction = all * all / (n * k);
        var (between, judges, total) = ((k * sums[2]) - correction, raters - correction, sums[1] - correction);
        var itemMean = between / (n - 1);
        var within = (total - between) / (n * (k - 1));
        var error = (total - between - judges) / ((n - 1) * (k - 1));
        var (above, below) = form switch
        {
            IccForm.OneWay => (itemMean - within, itemMean + ((k - 1) * within)),
            IccForm.TwoWayRandom => (itemMean - error, itemMean + ((k - 1) * error) + (k * ((judges / (k - 1)) - error) / n)),
            IccForm.TwoWayMixed => (itemMean - error, itemMean + ((k - 1) * error)),
            _ => throw new ArgumentOutOfRangeException(nameof(form)),
        };
        return n >= 2 && total > 1e-12 * Math.Max(sums[1], double.Epsilon) && below > 0 ? above / below : double.NaN;
    }
}
