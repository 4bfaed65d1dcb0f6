using System.Diagnostics;
using System.Globalization;
using Plumbline.Benchmarks.Formats;
using Plumbline.Core.Datasets;

namespace Plumbline.Benchmarks.Verbs;

/// <summary>The verbs on files: CPU seconds (user and system) and peak memory of the whole process, beside their bounds and the peers' figures on the project's reference machine.</summary>
internal static class VerbSuite
{
    private const int Rounds = 3;

    public static Task<int> RunAsync(string[] arguments)
    {
        var folder = arguments.Length > 0 ? arguments[0] : Path.Combine(Path.GetTempPath(), "plumbline-bench");
        var medium = Path.Combine(folder, "medium.json");
        Directory.CreateDirectory(folder);
        if (!File.Exists(medium)) CocoWorkload.Write(medium, CocoWorkload.Sizes["medium"].Images, CocoWorkload.Sizes["medium"].Annotations);
        var photos = PhotoFiles.EnsureFolder(folder, 2_000);
        var megabytes = new FileInfo(medium).Length / 1e6;
        Console.WriteLine($"{"work",-44}{"CPU s",8}{"MB",8}  {"bound",-24}{"peer",-40}");
        Line("stats, medium", string.Create(CultureInfo.InvariantCulture, $"{megabytes / 120:0.00} s (120 MB/s)"), "", "stats", medium, "--json");
        Line("validate, medium", "4 s", "datumaro 32 s, 1,173 MB", "validate", medium, "--output", "json");
        Line("dedupe, 2,000 JPEGs", "2.4 s", "imagededup 9.4 s", "dedupe", photos, "--json");
        Hashes();
        return Task.FromResult(0);
    }

    private static void Line(string work, string bound, string peer, params string[] arguments)
    {
        var program = Path.Combine(FormatsSuite.Root(), "artifacts", "plumbline", "plumbline.dll");
        var runs = Enumerable.Range(0, Rounds).Select(_ => ChildRun.Of(program, arguments)).OrderBy(r => r.CpuSeconds).ToList();
        var median = runs[Rounds / 2];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{work,-44}{median.CpuSeconds,8:0.00}{median.PeakBytes / 1e6,8:0}  {bound,-24}{peer,-40}"));
    }

    private static void Hashes()
    {
        var (few, many) = (Seconds(10_000), Seconds(100_000));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"groups among 10,000 hashes",-44}{few,8:0.0000}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"groups among 100,000 hashes",-44}{many,8:0.0000}{"",8}  {"12 × that of 10,000",-24}{many / few:0.0} ×"));
    }

    // Random hashes, every tenth a few bits from an earlier one.
    private static double Seconds(int count)
    {
        var random = new Random(1);
        var hashes = new ulong[count];
        for (var i = 0; i < count; i++)
        {
            hashes[i] = (ulong)random.NextInt64() ^ ((ulong)random.NextInt64() << 1);
            if (i % 10 != 9) continue;
            hashes[i] = hashes[random.Next(i)];
            for (var flip = random.Next(6); flip > 0; flip--) hashes[i] ^= 1UL << random.Next(64);
        }

        var own = Enumerable.Range(0, count).ToArray();
        var seconds = new List<double>();
        for (var round = 0; round < 7; round++)
        {
            var watch = Stopwatch.StartNew();
            GC.KeepAlive(DuplicateGroups.Find(hashes, own, 4));
            seconds.Add(watch.Elapsed.TotalSeconds);
        }

        return seconds.Order().ElementAt(2); // the first rounds compile
    }
}
