using System.Diagnostics;

namespace Plumbline.Benchmarks;

/// <summary>How often a second something gets done, on one thread.</summary>
internal static class Meter
{
    private const int Rounds = 15;
    private static readonly TimeSpan RoundLength = TimeSpan.FromMilliseconds(80);

    /// <summary>The median over rounds of about 80 ms, after as long a warm-up as the runtime needs for its optimised code.</summary>
    /// <param name="units">What one call of <paramref name="work"/> gets done.</param>
    /// <param name="work">Returns something that depends on the whole work, so that none of it can be left out.</param>
    public static double PerSecond(long units, Func<double> work)
    {
        double kept = 0;
        var calls = 0L;
        var warmUp = Stopwatch.StartNew();
        while (warmUp.Elapsed < TimeSpan.FromMilliseconds(700) || calls < 3)
        {
            kept += work();
            calls++;
        }

        var perRound = Math.Max(1, (long)(calls * (RoundLength / warmUp.Elapsed)));
        var rates = new double[Rounds];
        for (var round = 0; round < Rounds; round++)
        {
            var watch = Stopwatch.StartNew();
            for (var call = 0L; call < perRound; call++) kept += work();
            rates[round] = units * perRound / watch.Elapsed.TotalSeconds;
        }

        GC.KeepAlive(kept);
        Array.Sort(rates);
        return rates[Rounds / 2];
    }
}
