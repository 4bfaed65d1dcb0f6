using System.CommandLine;
using System.Globalization;
using Plumbline.Formats;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Reports;

namespace Plumbline.Cli.Verbs;

/// <summary><c>merge SOURCE… TARGET --to FORMAT</c>.</summary>
internal static class MergeVerb
{
    private const int Shown = 20;
    private static readonly Argument<string[]> Paths = new("SOURCE… TARGET") { Description = "The datasets, then what to write.", Arity = new ArgumentArity(2, 1000) };
    private static readonly Option<string> To = new("--to") { Required = true, HelpName = "FORMAT", Description = "The target's format (plumbline formats lists them)." };
    private static readonly Option<string?> Format = new("--format") { HelpName = "FORMAT", Description = "The sources' format, where it cannot be recognised." };
    private static readonly Option<string?> Images = new("--images") { HelpName = "copy|link|none", Description = "What becomes of the pictures (default: copied when they are found)." };
    private static readonly Option<bool> Overwrite = new("--overwrite") { Description = "Replace the target when it exists." };
    private static readonly Option<double> Iou = new("--iou") { HelpName = "SHARE", Description = "Objects of one class that overlap by at least this are one.", DefaultValueFactory = _ => .5 };
    private static readonly Option<bool> Json = new("--json") { Description = "Print the answer as JSON; it lists every object that was there twice." };

    public static Command Create()
    {
        var command = new Command("merge", "Joins datasets: classes by name, images by path, and an object that several have is kept once.\n\nExample:\n  plumbline merge first/ second.zip merged/ --to coco --iou 0.5") { Paths, To, Format, Images, Overwrite, Iou, Json };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        await Task.Yield(); // the command line listens to signals only once the action has returned its task
        var least = arguments.GetValue(Iou);
        if (least is not (> 0 and <= 1)) throw new UsageException("--iou takes a share above 0, up to 1.");
        var paths = arguments.GetRequiredValue(Paths);
        var writing = new TargetWriting(paths[^1], arguments.GetValue(Images), arguments.GetValue(Overwrite));
        writing.RefuseSameTarget(paths[..^1]);
        var to = SourceOpening.Named(arguments.GetRequiredValue(To), "--to");
        writing.RefuseSingleFile(to);
        var printer = new IssuePrinter();
        var issues = new IssueLog(printer.Print);
        var twins = new List<DroppedTwin>();
        var renamed = new List<(string From, string To)>();
        var opened = new List<OpenDataset>();
        try
        {
            foreach (var path in paths[..^1]) opened.Add(await OpenDataset.OpenAsync(path, arguments.GetValue(Format), null, ReadDetail.Shapes, issues, cancellationToken));
            await using var union = new DatasetUnion([.. opened.Select(o => o.Reader)], least, twins.Add, (from, name) => renamed.Add((from, name)));
            var written = await ProgressLine.WatchAsync("Merging", progress => writing.WriteAsync(to, new Watched(union, progress), issues, cancellationToken));
            printer.Finish();
            if (arguments.GetValue(Json)) PrintJson(written, union.Header, paths, twins, renamed);
            else await PrintTextAsync(written, union.Header, paths, twins, renamed);
            return issues.Errors > 0 ? ExitCode.PartlyDone : ExitCode.Done;
        }
        finally
        {
            foreach (var dataset in opened) await dataset.DisposeAsync();
        }
    }

    private static void PrintJson(WriteSummary written, DatasetHeader header, string[] paths, List<DroppedTwin> twins, List<(string From, string To)> renamed) => JsonOutput.Print(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("images", written.Images);
        json.WriteNumber("annotations", written.Annotations);
        json.WriteStartArray("classes");
        foreach (var one in header.Classes) json.WriteStringValue(one.Name);
        json.WriteEndArray();
        json.WriteStartArray("twice");
        foreach (var twin in twins)
        {
            json.WriteStartObject();
            json.WriteString("file", twin.Image);
            json.WriteString("kept", twin.Kept);
            json.WriteString("dropped", twin.Dropped);
            json.WriteString("source", paths[twin.Source]);
            json.WriteNumber("overlap", Math.Round(twin.Overlap, 6));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("renamed");
        foreach (var (from, name) in renamed)
        {
            json.WriteStartObject();
            json.WriteString("from", from);
            json.WriteString("to", name);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static async Task PrintTextAsync(WriteSummary written, DatasetHeader header, string[] paths, List<DroppedTwin> twins, List<(string From, string To)> renamed)
    {
        foreach (var twin in twins.Take(Shown)) await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"twice: {twin.Kept} and {twin.Dropped} of {paths[twin.Source]} (overlap {twin.Overlap:0.000})"));
        if (twins.Count > Shown) await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"… and {twins.Count - Shown:N0} more (--json lists all)"));
        foreach (var (from, name) in renamed) await Console.Error.WriteLineAsync($"another picture has the path {from}; this one is {name}");
        await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{paths[^1]}: {Quantity.Of(written.Images, "image")}, {Quantity.Of(written.Annotations, "annotation")}, {Quantity.Of(header.Classes.Length, "class", "classes")}; there twice and kept once: {Quantity.Of(twins.Count, "object")}."));
    }
}
