using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Plumbline.Benchmarks;

/// <summary>What one run of the published <c>plumbline</c> cost, as a whole process.</summary>
/// <param name="CpuSeconds">User and system.</param>
/// <param name="WallSeconds">From start to end.</param>
/// <param name="PeakBytes">The most memory that was resident at once.</param>
internal readonly partial record struct ProgramRun(double CpuSeconds, double WallSeconds, long PeakBytes)
{
    private const int Children = -1;

    /// <summary>The repository's folder.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The cheapest of several runs: what others do on the machine only ever adds. One run at a time; a run must end with 0.</summary>
    /// <param name="rounds">How many.</param>
    /// <param name="arguments">The command line.</param>
    /// <param name="between">Called after each run, to take away what it wrote; null for nothing.</param>
    public static ProgramRun Best(int rounds, string[] arguments, Action? between = null)
    {
        var best = default(ProgramRun?);
        for (var round = 0; round < rounds; round++)
        {
            var run = Once(arguments);
            between?.Invoke();
            if (best is null || run.CpuSeconds < best.Value.CpuSeconds) best = run;
        }

        return best ?? throw new ArgumentOutOfRangeException(nameof(rounds), rounds, "at least one");
    }

    private static ProgramRun Once(string[] arguments)
    {
        var program = Path.Combine(Root, "artifacts", "plumbline", "plumbline");
        if (!File.Exists(program)) throw new FileNotFoundException("The program is not built; ./plumbline --help builds it.", program);
        var before = CpuOfChildren();
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true }) ?? throw new InvalidOperationException($"{program} did not start.");
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        long peak = 0;
        while (!process.WaitForExit(5)) peak = Math.Max(peak, PeakOf(process.Id));
        var seconds = watch.Elapsed.TotalSeconds;
        process.WaitForExit();
        return process.ExitCode == 0
            ? new(CpuOfChildren() - before, seconds, peak)
            : throw new InvalidOperationException($"plumbline {string.Join(' ', arguments)} ended with {process.ExitCode}: {errors.Result}{output.Result}");
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Plumbline.slnx"))) folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("The benchmarks run from a checkout.");
        return folder;
    }

    // The kernel keeps the high-water mark; it is read until the process is gone.
    private static long PeakOf(int process)
    {
        try
        {
            var line = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/status")).FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.AsSpan(6).Trim()[..^3], CultureInfo.InvariantCulture) * 1024;
        }
        catch (IOException)
        {
            return 0; // it ended in between
        }
    }

    private static double CpuOfChildren()
    {
        Span<long> usage = stackalloc long[18]; // struct rusage: two timevals, then fourteen longs
        if (GetUsage(Children, ref MemoryMarshal.GetReference(usage)) != 0) throw new InvalidOperationException("getrusage failed.");
        return usage[0] + usage[2] + ((usage[1] + usage[3]) / 1e6);
    }

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int GetUsage(int who, ref long usage);
}
