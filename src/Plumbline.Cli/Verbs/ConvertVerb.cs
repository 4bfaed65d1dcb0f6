using System.CommandLine;
using System.Globalization;
using Plumbline.Formats;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;
using Plumbline.Formats.Pictures;
using Plumbline.Formats.Reports;

namespace Plumbline.Cli.Verbs;

/// <summary><c>convert SOURCE TARGET --to FORMAT</c>.</summary>
internal static class ConvertVerb
{
    private static readonly Argument<string> Source = new("SOURCE") { Description = "The dataset: a file, a folder or a ZIP." };
    private static readonly Argument<string> Target = new("TARGET") { Description = "What to write: a folder, a .zip, or one file where the format can be one (.json, .jsonl, .csv)." };
    private static readonly Option<string> To = new("--to") { Required = true, HelpName = "FORMAT", Description = "The target's format (plumbline formats lists them)." };
    private static readonly Option<string?> From = new("--from", "--format") { HelpName = "FORMAT", Description = "The source's format, where it cannot be recognised." };
    private static readonly Option<string?> Images = new("--images") { HelpName = "copy|link|none", Description = "What becomes of the pictures (default: copied when they are found)." };
    private static readonly Option<string?> ImageRoot = new("--image-root") { HelpName = "DIR", Description = "Where the pictures lie, when not beside the labels." };
    private static readonly Option<string?> Classes = new("--classes") { HelpName = "MAP.json", Description = "Renames, joins and drops classes: {\"old\":\"new\",\"unwanted\":null}." };
    private static readonly Option<string?> Report = new("--report") { HelpName = "FILE.json", Description = "Lists each loss and each issue." };
    private static readonly Option<bool> Strict = new("--strict") { Description = "Exit with 1 when a label loses anything; bookkeeping such as ids is listed and passes." };
    private static readonly Option<bool> Overwrite = new("--overwrite") { Description = "Replace the target when it exists." };
    private static readonly Option<bool> Json = new("--json") { Description = "Print the summary as JSON." };

    // One option of the command line for each choice of any format.
    private static readonly (FormatOption Choice, Option<string?> Option)[] Choices =
        [.. DatasetFormats.All.SelectMany(f => f.Options).DistinctBy(o => o.Name).Select(o => (o, new Option<string?>($"--{o.Name}") { HelpName = o.IsFile ? "FILE" : string.Join('|', o.Values), Description = o.IsFile ? $"{o.Description}." : $"{o.Description} (default: {o.Values[0]})." }))];

    public static Command Create()
    {
        var command = new Command("convert", "Converts a dataset from one format to another; what the target cannot say is listed.\n\nExample:\n  plumbline convert instances_train2017.json out --to yolo --report losses.json")
        {
            Source, Target, To, From, Images, ImageRoot, Classes, Report, Strict, Overwrite, Json,
        };
        foreach (var (_, option) in Choices) command.Add(option);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        await Task.Yield(); // the command line listens to signals only once the action has returned its task
        string sourcePath = arguments.GetRequiredValue(Source), targetPath = arguments.GetRequiredValue(Target);
        var to = SourceOpening.Named(arguments.GetRequiredValue(To), "--to");
        var options = ChosenOptions(arguments);
        var images = arguments.GetValue(Images);
        var classes = arguments.GetValue(Classes) is { } map ? ClassMap.Parse(await File.ReadAllBytesAsync(map, cancellationToken), map) : null;
        var writing = new TargetWriting(targetPath, images, arguments.GetValue(Overwrite));
        writing.RefuseSingleFile(to);
        writing.RefuseSameTarget(sourcePath);
        if (arguments.GetValue(Report) is { } beside) writing.RefuseInside(beside, "--report");
        using var source = SourceOpening.Open(sourcePath, arguments.GetValue(ImageRoot));
        var from = SourceOpening.FormatOf(source.Tree, arguments.GetValue(From), "--from");
        CheckOptions(options, from, to);

        using var report = arguments.GetValue(Report) is { } file ? new ConversionReport(file, sourcePath, targetPath, from, to) : null;
        var losses = new LossReport(report is null ? null : report.Add);
        var printer = new IssuePrinter();
        var issues = new IssueLog(issue =>
        {
            report?.Add(issue);
            printer.Print(issue);
        });
        var plan = new ConversionPlan(from, to, options, writing.Pictures, PicturesRequired: images is not null, classes);
        TreeTarget? target = null;
        try
        {
            var result = await ProgressLine.WatchAsync("Converting", progress =>
                DatasetConversion.RunAsync(plan, source, () => target = writing.Open(to), losses, issues, progress, cancellationToken));
            printer.Finish(report is null ? "--report FILE.json lists all" : null);
            var summary = new ConversionSummary(sourcePath, targetPath, from, to, result, losses, issues);
            report?.Finish(summary);
            if (result.Written.Images == 0 && issues.Errors > 0)
            {
                Console.Error.WriteLine($"{sourcePath}: nothing in it could be read; {targetPath} was not written.");
                return ExitCode.Unreadable;
            }

            target!.Commit(); // opened by the conversion
            if (arguments.GetValue(Json)) JsonOutput.Print(summary.WriteTo);
            PrintSummary(summary, plan);
            return issues.Errors > 0 ? ExitCode.PartlyDone : losses.OfLabels > 0 && arguments.GetValue(Strict) ? ExitCode.NotGood : ExitCode.Done;
        }
        finally
        {
            target?.Dispose();
        }
    }

    private static FormatOptions ChosenOptions(ParseResult arguments) =>
        new(Choices.Where(c => arguments.GetValue(c.Option) is not null).Select(c => KeyValuePair.Create(c.Choice.Name, arguments.GetValue(c.Option)!))); // filtered: a value is there

    private static void CheckOptions(FormatOptions options, DatasetFormat from, DatasetFormat to)
    {
        var known = from.Options.Concat(to.Options).ToList();
        foreach (var name in options.Names)
        {
            if (known.Find(o => o.Name == name) is not { } option) throw new UsageException($"--{name} has no meaning between {from.Name} and {to.Name}.");
            if (option.IsFile && !File.Exists(options.PathOf(option))) throw new UsageException($"--{name}: there is no file {options.PathOf(option)}.");
            try
            {
                if (!option.IsFile) _ = options[option];
            }
            catch (ArgumentException e)
            {
                throw new UsageException(e.Message);
            }
        }
    }

    private static void PrintSummary(ConversionSummary summary, ConversionPlan plan)
    {
        var written = summary.Result.Written;
        Line($"{summary.Target}: {Quantity.Of(written.Images, "image")}, {Quantity.Of(written.Annotations, "annotation")} as {summary.To.Name} (from {summary.From.Name}).");
        if (plan.Pictures != PictureMode.None && !TargetOpening.IsSingleFile(summary.Target, summary.To) && summary.Result.PicturesFound < summary.Result.ImagesRead)
            Line($"Not found and not copied: {Quantity.Of(summary.Result.ImagesRead - summary.Result.PicturesFound, "picture")}; --image-root DIR says where they are.");
        if (summary.Issues.Errors > 0) Line($"Refused: {Quantity.Of(summary.Issues.Errors, "item")}.");
        PrintLosses($"{Quantity.Of(summary.Losses.OfLabels, "loss", "losses")}:", [.. summary.Losses.Counts.Where(c => !c.Kind.Bookkeeping)]);
        PrintLosses($"Not kept, and no label changes by it:", [.. summary.Losses.Counts.Where(c => c.Kind.Bookkeeping)]);
    }

    private static void PrintLosses(FormattableString title, IReadOnlyList<(LossKind Kind, long Count)> losses)
    {
        if (losses.Count == 0) return;
        Line(title);
        foreach (var (kind, count) in losses) Line($"  {count,9:N0} × {kind.Field}: {kind.Why}");
    }

    private static void Line(FormattableString text) => Console.Error.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
