using System.Diagnostics;
using System.Globalization;
using Plumbline.Testing.Load;

namespace Plumbline.Benchmarks.Saves;

/// <summary>Saves over HTTP by 32 concurrent annotators (one polygon of 30 vertices a save, full sync): requests a second and how long a save takes.</summary>
internal static class SaveSuite
{
    private const int Annotators = 32;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync(string[] arguments)
    {
        _ = arguments;
        Console.WriteLine($"{"32 annotators saving",-46}{"saves/s",12}{"p50 ms",10}{"p99 ms",10}");
        await Engines.EachAsync(Annotators, Annotators, async (engine, options, world) =>
        {
            using var server = new ServerProcess(options.DataDirectory, options.Database);
            await server.StartAsync();
            await MeasureAsync(server, world, WarmUp);
            var (rate, latencies) = await MeasureAsync(server, world, Length);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{engine,-46}{rate,12:F0}{Percentile(latencies, 0.5),10:F1}{Percentile(latencies, 0.99),10:F1}"));
            await server.KillAsync();
            var bulk = await BulkSave.MeasureAsync(options, world);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{engine + ", 1,000 polygons in one transaction",-46}{"",12}{bulk.TotalMilliseconds,10:F1}"));
        });
        return 0;
    }

    private static async Task<(double Rate, double[] Latencies)> MeasureAsync(ServerProcess server, LabelWorld world, TimeSpan length)
    {
        var annotators = world.Tokens.Select((token, i) => new Annotator(() => server.Url, token, world.SetIds[i % world.SetIds.Count], seed: i)).ToList();
        using var stop = new CancellationTokenSource(length);
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(annotators.Select(annotator => Task.Run(() => annotator.WorkAsync(stop.Token))));
        var latencies = annotators.SelectMany(annotator => annotator.Latencies).Select(latency => latency.TotalMilliseconds).Order().ToArray();
        foreach (var annotator in annotators) annotator.Dispose();
        return (latencies.Length / watch.Elapsed.TotalSeconds, latencies);
    }

    private static double Percentile(double[] sorted, double share) => sorted[(int)Math.Min(sorted.Length - 1, share * sorted.Length)];
}
