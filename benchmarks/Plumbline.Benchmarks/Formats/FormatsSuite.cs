using System.Globalization;
using Plumbline.Benchmarks.Workloads;

namespace Plumbline.Benchmarks.Formats;

/// <summary>
/// Conversions by the command line, as whole processes: CPU seconds (user and system) and peak memory, the best of three runs, beside the bound and the best peer of each. Arguments: <c>small</c>,
/// <c>medium</c>, <c>large</c> (the last two when none is given), <c>ten</c> for memory at ten times medium; <c>--in DIR</c> says where targets are written (default: a file system in memory where there is one). On ext4
/// repeated runs measure the disk: inodes deleted in the last minutes are not used again, and creating a file searches past each of them, 5 to 14 s for 20,000 files whatever program writes them.
/// </summary>
internal static class FormatsSuite
{
    private const int Rounds = 3;
    private const long BytesNeeded = 4L << 30;
    private static readonly DirectoryInfo InMemory = new("/dev/shm");

    // Peers: CPU seconds and MB of the whole process on a 2-core Debian 12 machine, same sizes.
    private static readonly Row[] Rows =
    [
        new("COCO → YOLO boxes", "medium", "yolo", "2.0 s, 250 MB", "JSON2YOLO 14.3 s, 849 MB · supervision 20.6 s · datumaro 22.8 s, 1,173 MB"),
        new("COCO → VOC boxes", "medium", "voc", "4.0 s", "supervision 40.6 s, 903 MB · datumaro 95.9 s"),
        new("COCO → COCO", "medium", "coco", "60 MB/s", ""),
        new("Label Studio JSON → YOLO", "medium", "yolo", "", "label-studio-sdk 44 s", CocoWorkload.EnsureLabelStudio),
        new("Label Studio JSON → COCO", "medium", "coco", "", "label-studio-sdk 39 s", CocoWorkload.EnsureLabelStudio),
        new("COCO → YOLO boxes", "large", "yolo", "8.0 s, 400 MB", "JSON2YOLO 37.7 s, 3,230 MB · datumaro 78.8 s, 4,554 MB"),
        new("COCO → YOLO segments", "large", "yolo-seg", "12.0 s", "JSON2YOLO 110 s, 3,230 MB"),
        new("COCO → YOLO boxes", "ten", "yolo", "", ""),
    ];

    private sealed record Row(string Work, string Size, string To, string Bound, string Peers, Func<string, string, string>? Source = null);

    public static Task<int> RunAsync(string[] arguments)
    {
        var place = Array.IndexOf(arguments, "--in") is >= 0 and var at && at + 1 < arguments.Length ? arguments[at + 1] : InMemory.Exists && new DriveInfo(InMemory.FullName).AvailableFreeSpace > BytesNeeded ? InMemory.FullName : Path.GetTempPath();
        var sizes = arguments.Where(CocoWorkload.Counts.ContainsKey).ToArray();
        if (sizes.Length == 0) sizes = ["medium", "large"];
        var folder = Path.Combine(Path.GetTempPath(), "plumbline-bench");
        var targets = Path.Combine(place, "plumbline-bench-targets");
        Console.WriteLine($"{"conversion, whole process",-36}{"CPU s",8}{"MB/s",8}{"MB",8}  {"bound",-16}{"peers",-40}");
        try
        {
            foreach (var row in Rows.Where(r => sizes.Contains(r.Size))) Run(row, folder, targets);
            if (sizes.Contains("ten") && sizes.Contains("medium")) PrintGrowth();
        }
        finally
        {
            if (Directory.Exists(targets)) Directory.Delete(targets, recursive: true);
        }

        return Task.FromResult(0);
    }

    private static readonly Dictionary<string, long> PeakOfBoxes = [];

    private static void Run(Row row, string folder, string targets)
    {
        var source = (row.Source ?? CocoWorkload.EnsureInstances)(folder, row.Size);
        var target = Path.Combine(Directory.CreateDirectory(targets).FullName, row.To == "coco" ? "out.json" : "out");
        var run = ProgramRun.Best(Rounds, ["convert", source, target, "--to", row.To, "--images", "none"], () =>
        {
            if (File.Exists(target)) File.Delete(target);
            else Directory.Delete(target, recursive: true);
        });
        if (row.Source is null && row.To == "yolo") PeakOfBoxes[row.Size] = run.PeakBytes;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{$"{row.Work}, {row.Size}",-36}{run.CpuSeconds,8:F2}{new FileInfo(source).Length / 1e6 / run.CpuSeconds,8:F0}{run.PeakBytes / 1e6,8:F0}  {row.Bound,-16}{row.Peers}"));
    }

    private static void PrintGrowth()
    {
        var bytes = (PeakOfBoxes["ten"] - PeakOfBoxes["medium"]) / (double)(CocoWorkload.Counts["ten"].Annotations - CocoWorkload.Counts["medium"].Annotations);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"peak memory from medium to ten: {bytes:F1} bytes an added annotation, bound 64"));
    }
}
