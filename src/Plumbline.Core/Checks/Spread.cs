namespace Plumbline.Core.Checks;

/// <summary>Where the values of one kind lie: the median and a deviation that outliers do not move.</summary>
/// <param name="Median">The middle value.</param>
/// <param name="Deviation">1.4826 × the median absolute deviation: the standard deviation of normally distributed values.</param>
internal readonly record struct Spread(double Median, double Deviation)
{
    private const double Normal = 1.4826;
    private const int Bins = 50;

    /// <summary>Measures values; changes their order.</summary>
    public static Spread Of(float[] values)
    {
        Array.Sort(values);
        double median = values[values.Length / 2];
        var distances = Array.ConvertAll(values, v => (float)Math.Abs(v - median));
        Array.Sort(distances);
        return new(median, Normal * distances[distances.Length / 2]);
    }

    /// <summary>The share of sorted values that lies in the fullest tenth of 50 bins between the extremes; 0 when all are equal.</summary>
    public static double Dominance(float[] sorted)
    {
        var (low, high) = (sorted[0], sorted[^1]);
        if (high <= low) return 0;
        var bins = new int[Bins];
        foreach (var value in sorted) bins[Math.Min(Bins - 1, (int)((value - low) / (high - low) * Bins))]++;
        return (double)bins.OrderDescending().Take(Bins / 10).Sum() / sorted.Length;
    }
}

/// <summary>Values of many annotations by group, with what is needed to name them later: about 20 bytes each.</summary>
internal sealed class Values
{
    private readonly List<string> images = [];
    private readonly Dictionary<string, List<(float Value, int Image, int Place, string? Id)>> groups = new(StringComparer.Ordinal);

    /// <summary>Groups by name.</summary>
    public IEnumerable<string> Groups => groups.Keys.Order(StringComparer.Ordinal);

    /// <summary>The image whose values follow.</summary>
    public void Begin(string image) => images.Add(image);

    /// <summary>One value of the last image.</summary>
    public void Add(string group, double value, int place, string? id)
    {
        if (!groups.TryGetValue(group, out var list)) groups[group] = list = [];
        list.Add(((float)value, images.Count - 1, place, id));
    }

    /// <summary>The group's numbers alone.</summary>
    public float[] Of(string group) => [.. groups[group].Select(v => v.Value)];

    /// <summary>What lies far from the rest of its group, in the order it came.</summary>
    /// <param name="group">The group.</param>
    /// <param name="least">Fewer values than this have no outliers.</param>
    /// <param name="deviations">How far is far.</param>
    /// <param name="floor">The deviation is taken as at least this.</param>
    public IEnumerable<(string Image, string Item, double Value, double Median)> Outliers(string group, int least, double deviations, double floor)
    {
        var list = groups[group];
        if (list.Count < least) yield break;
        var spread = Spread.Of(Of(group));
        var limit = deviations * Math.Max(spread.Deviation, floor);
        foreach (var (value, image, place, id) in list)
        {
            if (Math.Abs(value - spread.Median) > limit) yield return (images[image], id is null ? FormattableString.Invariant($"{images[image]}#@{place + 1}") : $"{images[image]}#{id}", value, spread.Median);
        }
    }
}
