using Plumbline.Core.Quality;
using Plumbline.Core.Quality.Detection;
using Plumbline.Formats.Evaluation;

namespace Plumbline.Cli.Evaluation;

/// <summary>Runs a comparison of detections and puts its scores in order.</summary>
internal static class DetectionReport
{
    private const string NoValue = "(none)";
    private static readonly string[] FrequencyNames = ["rare", "common", "frequent"];

    /// <param name="task">As on the command line.</param>
    /// <param name="pair">Both sides.</param>
    /// <param name="settings">What is compared.</param>
    /// <param name="slice">Metadata key of images, <c>class</c> or <c>size</c>; null for no slices.</param>
    /// <param name="intervals">Whether the scores come with 95 % intervals.</param>
    /// <param name="cancellationToken">Ends the comparison.</param>
    public static EvaluationReport Of(string task, TablePair pair, DetectionSettings settings, string? slice, bool intervals, CancellationToken cancellationToken)
    {
        var images = pair.Truth.Images;
        string[] values = [];
        if (slice is not (null or "class" or "size"))
        {
            values = Values(images, slice);
            settings = settings with { SliceOfImage = [.. images.Select(image => Array.IndexOf(values, ValueOf(image, slice)))] };
        }

        var result = new DetectionComparison(pair, settings).Run(cancellationToken);
        var everywhere = Enumerable.Range(0, images.Count).ToArray();
        IReadOnlyList<DetectionScores> Scores(DetectionEvaluator evaluator, IReadOnlyList<IReadOnlyList<int>> groups, int[] among) =>
            intervals ? evaluator.WithIntervals(groups, among, cancellationToken: cancellationToken) : [.. groups.Select(evaluator.OfClasses)];
        var all = result.Evaluator.Everything;
        var frequencies = settings.Federated ? Frequencies(pair) : [];
        var scores = Scores(result.Evaluator, [all, .. settings.ClassBlind ? [] : all.Select(c => (IReadOnlyList<int>)[c]), .. frequencies.Select(f => f.Classes)], everywhere);
        var metrics = scores[0].Metrics.Concat(frequencies.Select((f, i) => new KeyValuePair<string, Measure>(
            f.Metric, f.Classes.Count == 0 ? Measure.None($"no {f.Name} classes") : scores[scores.Count - frequencies.Count + i].Metrics["AP"]))).ToDictionary();
        var classes = settings.ClassBlind ? [] : pair.Truth.Classes.Select((c, i) => new ClassReport(c.Title, scores[1 + i].Metrics, result.Images[i], result.Truths[i])).ToList();
        IReadOnlyList<SliceReport> slices = slice switch
        {
            null => [],
            "class" => [.. classes.Select(c => new SliceReport("class", c.Class, c.Metrics, c.Images))],
            "size" => Sizes(metrics, images.Count),
            _ => [.. values.Select((value, i) =>
            {
                var among = everywhere.Where(image => settings.SliceOfImage[image] == i).ToArray();
                return new SliceReport(slice, value, Scores(result.Slices[i], [all], among)[0].Metrics, among.Length);
            })],
        };
        return new(task, metrics, classes, slices);
    }

    // LVIS: average precision over rare, common and frequent classes.
    private static List<(string Metric, string Name, IReadOnlyList<int> Classes)> Frequencies(TablePair pair) =>
        [.. FrequencyNames.Select(name =>
            ("AP" + name[..1], name, (IReadOnlyList<int>)[.. Enumerable.Range(0, pair.Truth.Classes.Count).Where(c => pair.Truth.Classes[c].Frequency == name[..1])]))];

    private static string ValueOf(TableImage image, string key) => image.Metadata?.GetValueOrDefault(key) ?? NoValue;

    private static string[] Values(IReadOnlyList<TableImage> images, string key)
    {
        var values = images.Select(image => ValueOf(image, key)).Distinct().Order(StringComparer.Ordinal).ToArray();
        if (values is not [NoValue]) return values;
        var known = images.SelectMany(image => image.Metadata?.Keys ?? []).Distinct().Order(StringComparer.Ordinal).ToList();
        throw new UsageException($"--slice {key}: no image of the truth says '{key}'. {(known.Count == 0 ? "Its images carry no metadata; class and size always work." : $"There are: {string.Join(", ", known)}; and class, size.")}");
    }

    private static List<SliceReport> Sizes(Dictionary<string, Measure> metrics, int images)
    {
        (string Name, string Suffix)[] sizes = [("small", "s"), ("medium", "m"), ("large", "l")];
        return [.. sizes.Where(size => metrics.ContainsKey("AP" + size.Suffix)).Select(size =>
            new SliceReport("size", size.Name, new Dictionary<string, Measure> { ["AP"] = metrics["AP" + size.Suffix], ["AR"] = metrics["AR" + size.Suffix] }, images))];
    }
}
