using System.Globalization;

namespace Plumbline.Benchmarks.Formats;

/// <summary>
/// Conversions by the command line, as whole processes: CPU seconds (user and system) and peak memory, beside the best peer of each. Arguments: <c>medium</c>, <c>large</c> (both when none is given), <c>ten</c> for
/// memory at ten times medium; <c>--in DIR</c> puts the files there (default: the temporary folder).
/// </summary>
internal static class FormatsSuite
{
    // Peers: CPU seconds and MB of the whole process on a 2-core Debian 12 machine, same sizes.
    private static readonly (string Work, string Size, string To, double BoundSeconds, double BoundMegabytes, string Peer)[] Rows =
    [
        ("COCO → YOLO boxes", "medium", "yolo", 2.0, 250, "JSON2YOLO 14.3 s, 849 MB"),
        ("COCO → YOLO boxes", "large", "yolo", 8, 400, "JSON2YOLO 37.7 s, 3,230 MB"),
        ("COCO → YOLO segments", "large", "yolo-seg", 12, double.NaN, "JSON2YOLO 110 s, 3,230 MB"),
        ("COCO → VOC boxes", "medium", "voc", 4, double.NaN, "supervision 40.6 s, 903 MB"),
        ("COCO → COCO", "medium", "coco", double.NaN, double.NaN, ""),
        ("COCO → YOLO boxes", "ten", "yolo", double.NaN, double.NaN, ""),
    ];

    public static Task<int> RunAsync(string[] arguments)
    {
        var place = Array.IndexOf(arguments, "--in") is >= 0 and var at && at + 1 < arguments.Length ? arguments[at + 1] : Path.GetTempPath();
        var sizes = arguments.Where(CocoWorkload.Sizes.ContainsKey).ToArray();
        if (sizes.Length == 0) sizes = ["medium", "large"];
        var folder = Directory.CreateTempSubdirectory("plumbline-bench-").FullName;
        if (place != Path.GetTempPath()) folder = Directory.CreateDirectory(Path.Combine(place, Path.GetFileName(folder))).FullName;
        try
        {
            Run(sizes, folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return Task.FromResult(0);
    }

    private static void Run(string[] sizes, string folder)
    {
        var program = Path.Combine(Root(), "artifacts", "plumbline", "plumbline.dll");
        Console.WriteLine($"{"what",-32}{"CPU s",8}{"bound",8}{"MB",8}{"bound",8}{"wall s",8}  best peer");
        var help = Enumerable.Range(0, 5).Select(_ => ChildRun.Of(program, "--help")).OrderBy(r => r.WallSeconds).ToArray()[2];
        Print("--help", help, 0.15, double.NaN, $"bound is wall time: {help.WallSeconds * 1000:F0} ms");
        foreach (var size in sizes)
        {
            var (images, annotations) = CocoWorkload.Sizes[size];
            var source = Path.Combine(folder, $"{size}.json");
            CocoWorkload.Write(source, images, annotations);
            foreach (var row in Rows.Where(r => r.Size == size))
            {
                var target = Path.Combine(folder, $"{row.To}{(row.To == "coco" ? ".json" : "")}");
                var run = ChildRun.Of(program, "convert", source, target, "--to", row.To, "--images", "none");
                var note = row.To == "coco" ? string.Create(CultureInfo.InvariantCulture, $"{new FileInfo(source).Length / 1e6 / run.CpuSeconds:F0} MB per CPU second, bound 60") : row.Peer;
                Print($"{row.Work}, {row.Size}", run, row.BoundSeconds, row.BoundMegabytes, note);
                if (File.Exists(target)) File.Delete(target);
                else Directory.Delete(target, recursive: true);
            }
        }
    }

    private static void Print(string what, ChildRun run, double seconds, double megabytes, string note) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-32}{run.CpuSeconds,8:F2}{(double.IsNaN(seconds) ? "" : $"{seconds:0.##}"),8}{run.PeakBytes / 1e6,8:F0}{(double.IsNaN(megabytes) ? "" : $"{megabytes:0}"),8}{run.WallSeconds,8:F2}  {note}"));

    internal static string Root()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Plumbline.slnx"))) return at.FullName;
        }

        throw new InvalidOperationException("The suite runs from a checkout.");
    }
}
