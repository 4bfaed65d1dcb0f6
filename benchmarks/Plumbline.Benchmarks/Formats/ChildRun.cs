using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Plumbline.Benchmarks.Formats;

/// <summary>One run of the command line: what the whole process cost.</summary>
/// <param name="CpuSeconds">User and system.</param>
/// <param name="WallSeconds">From start to end.</param>
/// <param name="PeakBytes">The most resident memory it had.</param>
internal readonly partial record struct ChildRun(double CpuSeconds, double WallSeconds, long PeakBytes)
{
    private const int Children = -1;

    /// <summary>Runs the program to its end.</summary>
    /// <exception cref="InvalidOperationException">It did not end with 0.</exception>
    public static ChildRun Of(string program, params ReadOnlySpan<string> arguments)
    {
        var before = Cpu();
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(program);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        long peak = 0;
        while (!process.WaitForExit(5)) peak = Math.Max(peak, PeakOf(process.Id));
        _ = output.Result;
        return process.ExitCode == 0
            ? new(Cpu() - before, watch.Elapsed.TotalSeconds, peak)
            : throw new InvalidOperationException($"plumbline {string.Join(' ', start.ArgumentList.Skip(1))} ended with {process.ExitCode}: {errors.Result}");
    }

    // The kernel keeps the high-water mark; it is read until the process is gone.
    private static long PeakOf(int id)
    {
        try
        {
            var line = File.ReadLines($"/proc/{id}/status").FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.AsSpan(6).Trim()[..^3], CultureInfo.InvariantCulture) * 1024;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static double Cpu()
    {
        if (GetUsage(Children, out var usage) != 0) throw new InvalidOperationException("getrusage failed.");
        return usage.UserSeconds + usage.SystemSeconds + ((usage.UserMicroseconds + usage.SystemMicroseconds) / 1e6);
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Usage
    {
        public long UserSeconds, UserMicroseconds, SystemSeconds, SystemMicroseconds;
        public unsafe fixed long Others[14];
    }

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int GetUsage(int who, out Usage usage);
}
