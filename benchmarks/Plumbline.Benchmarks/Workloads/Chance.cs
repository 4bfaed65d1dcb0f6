namespace Plumbline.Benchmarks.Workloads;

/// <summary>Random numbers of the distributions that the workloads draw from; the same seed, the same numbers.</summary>
internal sealed class Chance(int seed)
{
    private readonly Random random = new(seed);

    /// <summary>A whole number in [0, below).</summary>
    public int Index(int below) => random.Next(below);

    /// <summary>Uniform in [low, high).</summary>
    public double Between(double low, double high) => low + ((high - low) * random.NextDouble());

    /// <summary>True so often.</summary>
    public bool Happens(double share) => random.NextDouble() < share;

    /// <summary>Normal (Box and Muller).</summary>
    public double Normal(double mean, double deviation) =>
        mean + (deviation * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble()));

    /// <summary>Gamma with scale 1 (Marsaglia and Tsang); shape at least 1.</summary>
    public double Gamma(double shape)
    {
        var d = shape - (1.0 / 3);
        while (true)
        {
            var x = Normal(0, 1);
            var v = Math.Pow(1 + (x / Math.Sqrt(9 * d)), 3);
            if (v > 0 && Math.Log(1 - random.NextDouble()) < (x * x / 2) + d - (d * v) + (d * Math.Log(v))) return d * v;
        }
    }

    /// <summary>Beta; both parameters at least 1.</summary>
    public double Beta(double a, double b)
    {
        var x = Gamma(a);
        return x / (x + Gamma(b));
    }

    /// <summary>Poisson (Knuth), for small means.</summary>
    public int Poisson(double mean)
    {
        var least = Math.Exp(-mean);
        var count = 0;
        for (var product = random.NextDouble(); product > least; product *= random.NextDouble()) count++;
        return count;
    }

    /// <summary>A place in a list of cumulative weights, as often as its weight says.</summary>
    public int Weighted(double[] cumulative)
    {
        var place = Array.BinarySearch(cumulative, random.NextDouble() * cumulative[^1]);
        return Math.Min(cumulative.Length - 1, place < 0 ? ~place : place + 1);
    }
}
