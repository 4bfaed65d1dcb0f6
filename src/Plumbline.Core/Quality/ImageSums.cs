namespace Plumbline.Core.Quality;

/// <summary>Writes figures computed from summed columns; NaN for a figure that the sums do not define.</summary>
public delegate void FiguresOfSums(ReadOnlySpan<double> sums, Span<double> figures);

/// <summary>
/// What each image adds to a few sums from which figures follow. The 95 % intervals come from a bootstrap <b>by image</b> (objects of one image are not independent): a round draws as many
/// images as there are, with replacement, and adds up their columns again, so nothing is matched or counted twice.
/// </summary>
public sealed class ImageSums
{
    private readonly List<int> _starts = [0];
    private readonly List<int> _columns = [];
    private readonly List<double> _values = [];

    /// <param name="width">Number of columns.</param>
    public ImageSums(int width)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        Totals = new double[width];
    }

    /// <summary>Images added so far.</summary>
    public int Images => _starts.Count - 1;

    /// <summary>The sums over all images.</summary>
    public double[] Totals { get; }

    /// <summary>Adds to one column of the image that <see cref="EndImage"/> ends.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such column, or the value is not finite.</exception>
    public void Add(int column, double value)
    {
        if ((uint)column >= (uint)Totals.Length) throw new ArgumentOutOfRangeException(nameof(column), column, $"There are {Totals.Length} columns.");
        if (!double.IsFinite(value)) throw new ArgumentOutOfRangeException(nameof(value), value, "A sum takes finite numbers.");
        if (value == 0) return;
        for (var i = _starts[^1]; i < _columns.Count; i++)
        {
            if (_columns[i] != column) continue;
            _values[i] += value;
            Totals[column] += value;
            return;
        }

        _columns.Add(column);
        _values.Add(value);
        Totals[column] += value;
    }

    /// <summary>Ends the image; one without any value still counts for the bootstrap.</summary>
    public void EndImage() => _starts.Add(_columns.Count);

    /// <summary>One 95 % interval a figure; null with fewer than two images, or where more than half of the rounds leave the figure undefined.</summary>
    /// <param name="count">Number of figures.</param>
    /// <param name="figures">Computes them from sums.</param>
    /// <param name="rounds">Bootstrap rounds; 0 for no intervals.</param>
    /// <param name="seed">The same seed gives the same intervals.</param>
    public Interval?[] Bootstrap(int count, FiguresOfSums figures, int rounds = 1_000, int seed = 1)
    {
        var intervals = new Interval?[count];
        if (Images < 2 || rounds == 0) return intervals;
        var found = new List<double>[count];
        for (var f = 0; f < count; f++) found[f] = new(rounds);
        var (starts, columns, values) = (_starts.ToArray(), _columns.ToArray(), _values.ToArray());
        var (sums, answers) = (new double[Totals.Length], new double[count]);
        var draws = new ImageDraws([.. Enumerable.Range(0, Images)], seed);
        var weights = draws.Room();
        for (var round = 0; round < rounds; round++)
        {
            draws.Next(weights);
            Array.Clear(sums);
            for (var image = 0; image < weights.Length; image++)
            {
                if (weights[image] is not (> 0 and var weight)) continue;
                for (var i = starts[image]; i < starts[image + 1]; i++) sums[columns[i]] += weight * values[i];
            }

            figures(sums, answers);
            for (var f = 0; f < count; f++)
            {
                if (double.IsFinite(answers[f])) found[f].Add(answers[f]);
            }
        }

        for (var f = 0; f < count; f++) intervals[f] = Percentiles.OfRounds(found[f], rounds);
        return intervals;
    }

    /// <summary>The share of one column in another, with its interval; undefined with this reason where the other sums up to 0.</summary>
    public Measure Ratio(int numerator, int denominator, string whyNone, int rounds = 1_000, int seed = 1)
    {
        var items = (long)Math.Round(Totals[denominator]);
        if (Totals[denominator] == 0) return Measure.None(whyNone);
        var interval = Bootstrap(1, (sums, figures) => figures[0] = sums[numerator] / sums[denominator], rounds, seed)[0];
        return Measure.Of(Totals[numerator] / Totals[denominator], items) with { Interval = interval };
    }
}
