using System.Diagnostics;
using System.Globalization;
using Plumbline.Benchmarks.Workloads;
using Plumbline.Core.Datasets;

namespace Plumbline.Benchmarks.Verbs;

/// <summary>The verbs on files: CPU seconds (user and system) and peak memory of the whole process, beside their bounds and the peers' figures on the project's reference machine.</summary>
internal static class VerbSuite
{
    private const int Rounds = 3;

    public static Task<int> RunAsync(string[] arguments)
    {
        var folder = arguments.Length > 0 ? arguments[0] : Path.Combine(Path.GetTempPath(), "plumbline-bench");
        var medium = CocoWorkload.EnsureInstances(folder, "medium");
        var photos = PhotoFiles.EnsureFolder(folder, 2_000);
        var megabytes = new FileInfo(medium).Length / 1e6;
        Console.WriteLine($"{"work",-44}{"CPU s",8}{"MB",8}  {"bound",-24}{"peer",-40}");
        Help();
        Line("stats, medium", string.Create(CultureInfo.InvariantCulture, $"{megabytes / 120:0.00} s (120 MB/s)"), "", "stats", medium, "--json");
        Line("validate, medium", "4 s", "datumaro 32 s, 1,173 MB", "validate", medium, "--output", "json");
        Line("dedupe, 2,000 JPEGs", "2.4 s", "imagededup 9.4 s (hashes alone)", "dedupe", photos, "--json");
        Hashes();
        return Task.FromResult(0);
    }

    private static void Line(string work, string bound, string peer, params string[] arguments)
    {
        var run = ProgramRun.Best(Rounds, arguments);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{work,-44}{run.CpuSeconds,8:0.00}{run.PeakBytes / 1e6,8:0}  {bound,-24}{peer,-40}"));
    }

    // As people start it: the script looks whether anything must be built, then the program answers.
    private static void Help()
    {
        var seconds = new List<double>();
        for (var round = 0; round < 10; round++)
        {
            var watch = Stopwatch.StartNew();
            using var process = Process.Start(new ProcessStartInfo(Path.Combine(ProgramRun.Root, "plumbline"), "--help") { RedirectStandardOutput = true }) ?? throw new InvalidOperationException("plumbline did not start.");
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            seconds.Add(watch.Elapsed.TotalSeconds);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"./plumbline --help, wall time, best of 10",-44}{seconds.Min(),8:0.000}{"",8}  {"0.150 s",-24}"));
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
