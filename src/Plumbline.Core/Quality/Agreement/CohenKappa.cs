namespace Plumbline.Core.Quality.Agreement;

/// <summary>How far apart two categories count as being in <see cref="CohenKappa"/>.</summary>
public enum KappaWeights
{
    /// <summary>Any two different categories disagree fully.</summary>
    None,

    /// <summary>Disagreement grows with the distance of ordered categories.</summary>
    Linear,

    /// <summary>Disagreement grows with the square of the distance.</summary>
    Quadratic,
}

/// <summary>Agreement of two annotators on the classes of the same items, corrected for chance.</summary>
/// <remarks>Cohen, "A coefficient of agreement for nominal scales", 1960; weights after Cohen, 1968.</remarks>
public static class CohenKappa
{
    /// <summary>κ = 1 − Σ w·observed / Σ w·expected over the confusion matrix (rows: first annotator, columns: second).</summary>
    /// <returns>1 at perfect agreement, 0 at chance, negative below; undefined without items, or when chance alone agrees fully.</returns>
    /// <exception cref="ArgumentException">The matrix is not square or holds a negative count.</exception>
    public static Measure Of(long[,] confusion, KappaWeights weights = KappaWeights.None)
    {
        var size = confusion.GetLength(0);
        if (size != confusion.GetLength(1)) throw new ArgumentException("A confusion matrix is square.", nameof(confusion));
        var rows = new double[size];
        var columns = new double[size];
        long items = 0;
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
            {
                var count = confusion[i, j];
                if (count < 0) throw new ArgumentException("A count is negative.", nameof(confusion));
                rows[i] += count;
                columns[j] += count;
                items += count;
            }
        }

        if (items == 0) return Measure.None("The two annotators have no item in common.");
        double observed = 0, expected = 0;
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
            {
                var weight = Weight(i, j, weights);
                observed += weight * confusion[i, j];
                expected += weight * rows[i] * columns[j] / items;
            }
        }

        return expected == 0
            ? Measure.None("Both annotators used one and the same class throughout, so agreement by chance is certain.", items)
            : Measure.Of(1 - (observed / expected), items);
    }

    private static double Weight(int i, int j, KappaWeights weights) => weights switch
    {
        KappaWeights.None => i == j ? 0 : 1,
        KappaWeights.Linear => Math.Abs(i - j),
        KappaWeights.Quadratic => (double)(i - j) * (i - j),
        _ => throw new ArgumentOutOfRangeException(nameof(weights)),
    };
}
