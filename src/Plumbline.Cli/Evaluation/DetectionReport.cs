using Plumbline.Core.Quality;
using Plumbline.Formats.Evaluation;

namespace Plumbline.Cli.Evaluation;

/// <summary>Runs a comparison of detections and puts its scores in order.</summary>
internal static class DetectionReport
{
    private const string NoValue = "(none)";

    /// <param name="task">As on the command line.</param>
    /// <param name="pair">Both sides.</param>
    /// <param name="settings">What is compared.</param>
    /// <param name="slice">Metadata key of images, <c>class</c> or <c>size</c>; null for no slices.</param>
    /// <param name="cancellationToken">Ends the comparison.</param>
    public static EvaluationReport Of(string task, TablePair pair, DetectionSettings settings, string? slice, CancellationToken cancellationToken)
    {
        var images = pair.Truth.Images;
        string[] values = [];
        if (slice is not (null or "class" or "size"))
        {
            values = Values(images, slice);
            settings = settings with { SliceOfImage = [.. images.Select(image => Array.IndexOf(values, ValueOf(image, slice)))] };
        }

        var result = new DetectionComparison(pair, settings).Run(cancellationToken);
        var metrics = settings.Federated ? WithFrequencies(pair, result) : result.Evaluator.Overall().Metrics;
        var classes = settings.ClassBlind ? [] : pair.Truth.Classes.Select((c, i) => new ClassReport(c.Title, result.Evaluator.OfClass(i).Metrics, result.Images[i], result.Truths[i])).ToList();
        IReadOnlyList<SliceReport> slices = slice switch
        {
            null => [],
            "class" => [.. classes.Select(c => new SliceReport("class", c.Class, c.Metrics, c.Images))],
            "size" => Sizes(metrics, images.Count),
            _ => [.. values.Select((value, i) => new SliceReport(slice, value, result.Slices[i].Overall().Metrics, settings.SliceOfImage.Count(s => s == i)))],
        };
        return new(task, metrics, classes, slices);
    }

    // LVIS: average precision over rare, common and frequent classes.
    private static Dictionary<string, Measure> WithFrequencies(TablePair pair, DetectionResult result)
    {
        var metrics = new Dictionary<string, Measure>(result.Evaluator.Overall().Metrics);
        foreach (var (letter, name) in (ReadOnlySpan<(string, string)>)[("r", "rare"), ("c", "common"), ("f", "frequent")])
        {
            var classes = Enumerable.Range(0, pair.Truth.Classes.Count).Where(c => pair.Truth.Classes[c].Frequency == letter).ToList();
            metrics["AP" + letter] = classes.Count == 0 ? Measure.None($"no {name} classes") : result.Evaluator.OfClasses(classes).Metrics["AP"];
        }

        return metrics;
    }

    private static string ValueOf(TableImage image, string key) => image.Metadata?.GetValueOrDefault(key) ?? NoValue;

    private static string[] Values(IReadOnlyList<TableImage> images, string key)
    {
        var values = images.Select(image => ValueOf(image, key)).Distinct().Order(StringComparer.Ordinal).ToArray();
        if (values is not [NoValue]) return values;
        var known = images.SelectMany(image => image.Metadata?.Keys ?? []).Distinct().Order(StringComparer.Ordinal).ToList();
        throw new UsageException($"--slice {key}: no image of the truth says '{key}'. {(known.Count == 0 ? "Its images carry no metadata; class and size always work." : $"There are: {string.Join(", ", known)}; and class, size.")}");
    }

    private static List<SliceReport> Sizes(IReadOnlyDictionary<string, Measure> metrics, int images)
    {
        (string Name, string Suffix)[] sizes = [("small", "s"), ("medium", "m"), ("large", "l")];
        return [.. sizes.Where(size => metrics.ContainsKey("AP" + size.Suffix)).Select(size =>
            new SliceReport("size", size.Name, new Dictionary<string, Measure> { ["AP"] = metrics["AP" + size.Suffix], ["AR"] = metrics["AR" + size.Suffix] }, images))];
    }
}
