using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Plumbline.Core.Annotations;
using Plumbline.Core.Datasets;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Reports;

namespace Plumbline.Cli.Verbs;

/// <summary><c>stats SOURCE</c>.</summary>
internal static class StatsVerb
{
    private const int SizesListed = 20;
    private static readonly SourceOptions Options = new();

    public static Command Create()
    {
        var command = new Command("stats", "Counts images, annotations, classes, shapes and sizes.\n\nExample:\n  plumbline stats instances_train2017.json --json");
        Options.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        await Task.Yield(); // the command line listens to signals only once the action has returned its task
        var printer = new IssuePrinter();
        var issues = new IssueLog(printer.Print);
        await using var dataset = await OpenDataset.OpenAsync(
            arguments.GetRequiredValue(Options.Source), arguments.GetValue(Options.Format), arguments.GetValue(Options.ImageRoot), ReadDetail.Boxes, issues, cancellationToken);
        var statistics = await ProgressLine.WatchAsync("Counting", progress => CountAsync(dataset.Reader, progress, cancellationToken));
        printer.Finish();
        if (arguments.GetValue(Options.Json)) JsonOutput.Print(json => WriteJson(json, dataset.Format.Name, statistics));
        else PrintText(dataset.Format.Title, statistics);
        return statistics.Images == 0 && issues.Errors > 0 ? ExitCode.Unreadable : issues.Errors > 0 ? ExitCode.PartlyDone : ExitCode.Done;
    }

    private static async Task<DatasetStatistics> CountAsync(DatasetReader reader, Action<long, long?>? progress, CancellationToken cancellationToken)
    {
        var statistics = new DatasetStatistics([.. reader.Header.Classes.Select(c => c.Name)]);
        await foreach (var item in reader.ReadItemsAsync(cancellationToken))
        {
            statistics.Add(item);
            progress?.Invoke(statistics.Images, reader.ItemCount);
        }

        statistics.Finish();
        return statistics;
    }

    private static void WriteJson(Utf8JsonWriter json, string format, DatasetStatistics statistics)
    {
        json.WriteStartObject();
        json.WriteNumber("images", statistics.Images);
        json.WriteNumber("annotations", statistics.Annotations);
        json.WriteStartArray("classes");
        foreach (var one in statistics.Classes)
        {
            json.WriteStartObject();
            json.WriteString("name", one.Name);
            json.WriteNumber("annotations", one.Annotations);
            json.WriteNumber("images", one.Images);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("shapes");
        foreach (var (kind, count) in statistics.Shapes) json.WriteNumber(CamelCase.Of(kind), count);
        json.WriteEndObject();
        json.WriteString("format", format);
        json.WriteNumber("emptyImages", statistics.EmptyImages);
        json.WriteNumber("ignored", statistics.Ignored);
        json.WriteStartArray("splits");
        foreach (var (name, split) in statistics.Splits)
        {
            json.WriteStartObject();
            if (name.Length > 0) json.WriteString("name", name);
            else json.WriteNull("name");
            json.WriteNumber("images", split.Images);
            json.WriteNumber("annotations", split.Annotations);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteCounts(json, statistics);
        WriteSizes(json, statistics);
        var balance = statistics.Balance;
        json.WriteStartObject("imbalance");
        WriteOrNull(json, "ratio", balance.Ratio);
        WriteOrNull(json, "evenness", balance.Evenness);
        json.WriteNumber("unusedClasses", balance.UnusedClasses);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteCounts(Utf8JsonWriter json, DatasetStatistics statistics)
    {
        var perImage = statistics.PerImage;
        json.WriteStartObject("perImage");
        json.WriteNumber("min", perImage.Least);
        json.WriteNumber("mean", Math.Round(perImage.Mean, 6));
        json.WriteNumber("median", perImage.Median);
        json.WriteNumber("p90", perImage.Percentile90);
        json.WriteNumber("max", perImage.Most);
        json.WriteEndObject();
    }

    private static void WriteSizes(Utf8JsonWriter json, DatasetStatistics statistics)
    {
        var (small, medium, large) = statistics.ObjectSizes;
        json.WriteStartObject("objectSizes");
        json.WriteNumber("small", small);
        json.WriteNumber("medium", medium);
        json.WriteNumber("large", large);
        json.WriteNumber("none", statistics.WithoutArea);
        json.WriteEndObject();
        json.WriteStartObject("imageSizes");
        json.WriteNumber("distinct", statistics.ImageSizes.Count());
        json.WriteNumber("unknown", statistics.ImagesWithoutSize);
        json.WriteStartArray("commonest");
        foreach (var (width, height, images) in statistics.ImageSizes.Take(SizesListed))
        {
            json.WriteStartObject();
            json.WriteNumber("width", width);
            json.WriteNumber("height", height);
            json.WriteNumber("images", images);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteOrNull(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number) json.WriteNumber(name, Math.Round(number, 6));
        else json.WriteNull(name);
    }

    private static void PrintText(string title, DatasetStatistics statistics)
    {
        var (small, medium, large) = statistics.ObjectSizes;
        var perImage = statistics.PerImage;
        var balance = statistics.Balance;
        Line($"{title}: {Quantity.Of(statistics.Images, "image")} ({statistics.EmptyImages:N0} without annotations), {Quantity.Of(statistics.Annotations, "annotation")} ({statistics.Ignored:N0} ignored)");
        if (statistics.Splits.Count > 1) Line($"splits       {string.Join(", ", statistics.Splits.Select(s => string.Create(CultureInfo.InvariantCulture, $"{(s.Key.Length > 0 ? s.Key : "none")} {s.Value.Images:N0}")))}");
        Line($"shapes       {string.Join(", ", statistics.Shapes.Select(s => string.Create(CultureInfo.InvariantCulture, $"{CamelCase.Of(s.Key)} {s.Value:N0}")))}");
        Line($"per image    least {perImage.Least:N0}, median {perImage.Median:N0}, mean {perImage.Mean:N1}, 90 % up to {perImage.Percentile90:N0}, most {perImage.Most:N0}");
        Line($"objects      under 32² px {small:N0}, under 96² px {medium:N0}, larger {large:N0}");
        Line($"image sizes  {string.Join(", ", statistics.ImageSizes.Take(5).Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Width} × {s.Height}: {s.Images:N0}")))}{(statistics.ImageSizes.Count() > 5 ? ", …" : "")}");
        Line($"imbalance    {(balance.Ratio is { } ratio ? string.Create(CultureInfo.InvariantCulture, $"commonest to rarest {ratio:N1} : 1, evenness {balance.Evenness:0.00}") : "fewer than two classes occur")}{(balance.UnusedClasses > 0 ? $", {Quantity.Of(balance.UnusedClasses, "class", "classes")} unused" : "")}");
        Line($"{"class",-32}{"annotations",12}{"images",12}");
        foreach (var one in statistics.Classes.OrderByDescending(c => c.Annotations)) Line($"{one.Name,-32}{one.Annotations,12:N0}{one.Images,12:N0}");
    }

    private static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
