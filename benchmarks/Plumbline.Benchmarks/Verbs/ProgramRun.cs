using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Plumbline.Benchmarks.Verbs;

/// <summary>What one run of a program cost.</summary>
/// <param name="Exit">Its exit code.</param>
/// <param name="CpuSeconds">User and system time of the whole process.</param>
/// <param name="PeakBytes">The most memory that was resident at once.</param>
/// <param name="Output">What it printed.</param>
internal sealed partial record ProgramRun(int Exit, double CpuSeconds, long PeakBytes, string Output)
{
    private const int Children = -1;

    /// <summary>Runs the published <c>plumbline</c> with these arguments, one at a time.</summary>
    public static ProgramRun Plumbline(params string[] arguments)
    {
        var program = Path.Combine(FindRoot(), "artifacts/plumbline/plumbline.dll");
        if (!File.Exists(program)) throw new FileNotFoundException("The program is not built; ./plumbline --help builds it.", program);
        var before = CpuOfChildren();
        using var process = Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!; // not shell-executed: never null
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        long peak = 0;
        while (!process.WaitForExit(15)) peak = Math.Max(peak, PeakOf(process.Id));
        process.WaitForExit();
        return new(process.ExitCode, CpuOfChildren() - before, peak, output.Result + errors.Result);
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Plumbline.slnx"))) folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("The repository's root was not found.");
        return folder;
    }

    private static long PeakOf(int process)
    {
        try
        {
            var line = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/status")).FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.Split(':', 'k')[1], CultureInfo.InvariantCulture) * 1024;
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
