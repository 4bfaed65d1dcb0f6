using System.Globalization;
using System.Text;
using Plumbline.Core.Quality;

namespace Plumbline.Cli.Evaluation;

/// <summary>The scores as people read them: COCO's lines, then one line a class.</summary>
internal static class EvaluationTable
{
    private static readonly Dictionary<string, string> Legend = new(StringComparer.Ordinal)
    {
        ["AP"] = "average precision, overlap .50 to .95",
        ["AP50"] = "average precision, overlap .50",
        ["AP75"] = "average precision, overlap .75",
        ["APs"] = "average precision, small objects (up to 32² px)",
        ["APm"] = "average precision, medium objects (up to 96² px)",
        ["APl"] = "average precision, large objects",
        ["AR1"] = "average recall, 1 detection an image and class",
        ["AR10"] = "average recall, 10 detections",
        ["AR100"] = "average recall, 100 detections",
        ["ARs"] = "average recall, small objects",
        ["ARm"] = "average recall, medium objects",
        ["ARl"] = "average recall, large objects",
        ["PQ"] = "panoptic quality: SQ × RQ",
        ["SQ"] = "segmentation quality: mean overlap of what was found",
        ["RQ"] = "recognition quality: F1 of what was found",
        ["mIoU"] = "mean overlap over classes",
        ["pixelAccuracy"] = "share of pixels with the right class",
        ["AR300"] = "average recall, 300 detections an image",
        ["APr"] = "average precision, rare classes",
        ["APc"] = "average precision, common classes",
        ["APf"] = "average precision, frequent classes",
        ["AR"] = "average recall, overlap .50 to .95",
        ["AR50"] = "average recall, overlap .50",
        ["AR75"] = "average recall, overlap .75",
    };

    public static void Print(EvaluationReport report)
    {
        var text = new StringBuilder();
        var named = Math.Max(7, report.Metrics.Keys.Max(name => name.Length) + 1);
        var intervals = report.Metrics.Values.Any(measure => measure.Interval is not null);
        foreach (var (name, measure) in report.Metrics)
        {
            Add(text, $"{name.PadRight(named)}{Shown(measure),9}{(intervals ? Range(measure).PadLeft(19) : "")}  {Legend.GetValueOrDefault(name, "")}{(measure.Undefined is { } why ? $" — undefined: {why}" : "")}");
        }

        var wide = Math.Clamp(report.PerClass.Select(c => c.Class.Length).DefaultIfEmpty(5).Max(), 5, 40);
        if (report.PerClass.Count > 0) PrintRows(text, "class", wide, [.. report.PerClass.Select(c => (c.Class, c.Metrics, c.Images, (long?)c.Truths))]);
        foreach (var slices in report.Slices.GroupBy(s => s.Key))
            PrintRows(text, slices.Key, Math.Clamp(slices.Max(s => s.Value.Length), Math.Max(5, slices.Key.Length), 40), [.. slices.Select(s => (s.Value, s.Metrics, s.Images, (long?)null))]);
        Console.Out.Write(text.ToString());
    }

    /// <summary>Four digits; a dash where there is no figure.</summary>
    public static string Shown(Measure measure) => measure.Value is { } value ? value.ToString("0.0000", CultureInfo.InvariantCulture) : "—";

    /// <summary>Both ends in brackets; empty where there is no interval.</summary>
    public static string Range(Measure measure) => measure.Interval is { } interval ? string.Create(CultureInfo.InvariantCulture, $"[{interval.Low:0.0000}, {interval.High:0.0000}]") : "";

    private static void PrintRows(StringBuilder text, string title, int wide, IReadOnlyList<(string Name, IReadOnlyDictionary<string, Measure> Metrics, long Images, long? Truths)> rows)
    {
        var columns = rows[0].Metrics.Keys.Where(name => name.Length <= 5 && !name.EndsWith('1') && !name.EndsWith("10", StringComparison.Ordinal)).ToList();
        text.AppendLine();
        Add(text, $"{title.PadRight(wide)}{string.Concat(columns.Select(c => c.PadLeft(9)))}{"images",10}{(rows[0].Truths is null ? "" : "    truths")}");
        foreach (var (name, metrics, images, truths) in rows)
            Add(text, $"{name.PadRight(wide)}{string.Concat(columns.Select(c => Shown(metrics[c]).PadLeft(9)))}{images,10:N0}{(truths is { } count ? count.ToString("N0", CultureInfo.InvariantCulture).PadLeft(10) : "")}");
    }

    private static void Add(StringBuilder text, FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture).TrimEnd());
}
