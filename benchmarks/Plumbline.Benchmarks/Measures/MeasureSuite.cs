using System.Globalization;
using Plumbline.Benchmarks.Workloads;
using Plumbline.Core.Geometry;
using Plumbline.Core.Masks;

namespace Plumbline.Benchmarks.Measures;

/// <summary>The quality measures: verbs as whole processes (CPU seconds, user and system) and kernels on one thread, beside their bounds and the peers' figures on the project's reference machine.</summary>
internal static class MeasureSuite
{
    private const int Runs = 3;

    public static async Task<int> RunAsync(string[] arguments)
    {
        var folder = arguments.Length > 0 ? arguments[0] : Path.Combine(Path.GetTempPath(), "plumbline-bench");
        var truth = CocoWorkload.EnsureInstances(folder, "medium");
        Row("whole process, two cores", "here", "bound", "peers");
        Verb("boxes, 200k truths, 269k detections", "5.0 s, 800 MB", "38.0 s, 2,919 MB faster_coco_eval · 116 s pycocotools", Evaluation(truth, CocoWorkload.EnsureDetections(folder, "medium", masks: false), "bbox"));
        Verb("masks, 200k truths, 269k detections", "10.0 s", "51 s, 3,319 MB faster_coco_eval · 126 s pycocotools", Evaluation(truth, CocoWorkload.EnsureDetections(folder, "medium", masks: true), "segm"));
        Verb("agreement, 3 × 20k images × 10 boxes, 1,000 rounds", "10.0 s", "none", ["agree", .. AnnotatorWorkload.EnsureFiles(Path.Combine(folder, "annotators"))]);
        Console.WriteLine();
        Row("kernel, masks of that workload, one core", "per second", "bound", "peers");
        foreach (var (kernel, bound, peers, rate) in Kernels(await MediumMasks.ReadAsync(truth))) Row(kernel, Scaled(rate()), bound, peers);
        return 0;
    }

    private static string[] Evaluation(string truth, string predictions, string task) => ["evaluate", "--truth", truth, "--predictions", predictions, "--task", task];

    private static void Verb(string work, string bound, string peers, string[] arguments)
    {
        var run = ProgramRun.Best(Runs, arguments);
        Row(work, string.Create(CultureInfo.InvariantCulture, $"{run.CpuSeconds:0.0} s, {run.PeakBytes / 1e6:0} MB"), bound, peers);
    }

    private static IEnumerable<(string Kernel, string Bound, string Peers, Func<double> Rate)> Kernels(MediumMasks masks)
    {
        var (width, height) = (MediumMasks.Width, MediumMasks.Height);
        var block = masks.Masks[..100];
        var (pairs, boxPairs) = (new double[block.Length * block.Length], new double[masks.Boxes.Length * masks.Boxes.Length]);
        var bitmap = new byte[width * height];
        var bitmaps = block.Select(mask =>
        {
            var pixels = new byte[width * height];
            mask.Decode(pixels);
            return pixels;
        }).ToArray();
        var area = (long)block.Length * bitmap.Length;
        yield return ("polygon → RLE", "150 k", "46 k pycocotools · 24 k faster_coco_eval", () => Meter.PerSecond(masks.Polygons.Length, () => masks.Polygons.Sum(p => (double)Rasterizer.Rasterize(p, width, height).Counts.Length)));
        yield return ("mask IoU pairs, 100 × 100", "10 M", "3.4 M faster_coco_eval · 1.9 M pycocotools", () => Meter.PerSecond(pairs.Length, () =>
        {
            RleOverlap.Matrix(block, block, [], pairs);
            return pairs[^1];
        }));
        yield return ("RLE decode, pixels", "1 G", "321 M pycocotools · 254 M faster_coco_eval", () => Meter.PerSecond(area, () => block.Sum(mask =>
        {
            mask.Decode(bitmap);
            return (double)bitmap[0];
        })));
        yield return ("RLE encode, pixels", "3 G", "2,035 M pycocotools · 1,418 M faster_coco_eval", () => Meter.PerSecond(area, () => bitmaps.Sum(b => (double)CocoRle.Encode(b, width, height).Counts.Length)));
        yield return ("box IoU pairs, 1,000 × 1,000", "400 M", "101 M faster_coco_eval · 64 M pycocotools", () => Meter.PerSecond(boxPairs.Length, () =>
        {
            BoxOverlap.Matrix(masks.Boxes, masks.Boxes, [], boxPairs);
            return boxPairs[^1];
        }));
    }

    private static void Row(string work, string here, string bound, string peers) => Console.WriteLine($"{work,-52}{here,18}  {bound,-16}{peers}");

    private static string Scaled(double rate) => rate >= 1e9
        ? string.Create(CultureInfo.InvariantCulture, $"{rate / 1e9:0.00} G")
        : rate >= 1e6 ? string.Create(CultureInfo.InvariantCulture, $"{rate / 1e6:0.0} M") : string.Create(CultureInfo.InvariantCulture, $"{rate / 1e3:0} k");
}
