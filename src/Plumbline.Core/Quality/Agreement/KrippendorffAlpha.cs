namespace Plumbline.Core.Quality.Agreement;

/// <summary>What the distance of two values means in <see cref="KrippendorffAlpha"/>.</summary>
public enum ScaleOfMeasurement
{
    /// <summary>Values are names: equal or not.</summary>
    Nominal,

    /// <summary>Values are ranks: the distance counts the values between.</summary>
    Ordinal,

    /// <summary>Values are numbers on a scale without a natural zero: squared difference.</summary>
    Interval,

    /// <summary>Values are numbers on a scale with a zero: squared difference relative to the sum.</summary>
    Ratio,
}

/// <summary>Agreement of any number of annotators who may each have left items out, corrected for chance.</summary>
/// <remarks>Krippendorff, "Computing Krippendorff's alpha-reliability", 2011: coincidence matrix, section D.</remarks>
public static class KrippendorffAlpha
{
    /// <summary>α = 1 − observed / expected disagreement.</summary>
    /// <param name="ratings">Annotators × items; NaN where an annotator did not rate an item.</param>
    /// <param name="scale">What the distance of two values means.</param>
    /// <returns>1 at perfect agreement, 0 at chance, negative below; undefined when no item has two ratings, or all ratings are one value.</returns>
    public static Measure Of(double[,] ratings, ScaleOfMeasurement scale)
    {
        var values = Values(ratings);
        var coincidences = new double[values.Length, values.Length];
        long items = 0;
        for (var item = 0; item < ratings.GetLength(1); item++)
        {
            if (Count(ratings, item, values, coincidences)) items++;
        }

        var (totals, all) = Margins(coincidences);
        if (items == 0) return Measure.None("No item was rated by two annotators.");
        double observed = 0, expected = 0;
        for (var a = 0; a < values.Length; a++)
        {
            for (var b = a + 1; b < values.Length; b++)
            {
                var distance = Distance(a, b, values, totals, scale);
                observed += coincidences[a, b] * distance;
                expected += totals[a] * totals[b] * distance;
            }
        }

        return expected == 0
            ? Measure.None("All ratings are one and the same value, so there is no disagreement to be expected.", items)
            : Measure.Of(1 - ((all - 1) * observed / expected), items);
    }

    private static double[] Values(double[,] ratings) =>
        ratings.Cast<double>().Where(value => !double.IsNaN(value)).Distinct().Order().ToArray();

    /// <summary>Adds the pairs of one item, each weighted by 1 / (number of ratings − 1). False when the item has no pair.</summary>
    private static bool Count(double[,] ratings, int item, double[] values, double[,] coincidences)
    {
        var rated = new List<int>();
        for (var annotator = 0; annotator < ratings.GetLength(0); annotator++)
        {
            if (!double.IsNaN(ratings[annotator, item])) rated.Add(Array.BinarySearch(values, ratings[annotator, item]));
        }

        if (rated.Count < 2) return false;
        var weight = 1.0 / (rated.Count - 1);
        for (var i = 0; i < rated.Count; i++)
        {
            for (var j = 0; j < rated.Count; j++)
            {
                if (i != j) coincidences[rated[i], rated[j]] += weight;
            }
        }

        return true;
    }

    private static (double[] Totals, double All) Margins(double[,] coincidences)
    {
        var totals = new double[coincidences.GetLength(0)];
        for (var a = 0; a < totals.Length; a++)
        {
            for (var b = 0; b < totals.Length; b++) totals[a] += coincidences[a, b];
        }

        return (totals, totals.Sum());
    }

    private static double Distance(int a, int b, double[] values, double[] totals, ScaleOfMeasurement scale)
    {
        switch (scale)
        {
            case ScaleOfMeasurement.Nominal:
                return 1;
            case ScaleOfMeasurement.Ordinal:
                var between = -(totals[a] + totals[b]) / 2;
                for (var g = a; g <= b; g++) between += totals[g];
                return between * between;
            case ScaleOfMeasurement.Interval:
                return (values[a] - values[b]) * (values[a] - values[b]);
            case ScaleOfMeasurement.Ratio:
                var relative = (values[a] - values[b]) / (values[a] + values[b]);
                return relative * relative;
            default:
                throw new ArgumentOutOfRangeException(nameof(scale));
        }
    }
}
