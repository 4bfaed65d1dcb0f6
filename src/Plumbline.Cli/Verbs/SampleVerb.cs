using System.CommandLine;
using System.Globalization;
using Plumbline.Cli.Splitting;
using Plumbline.Core.Datasets;
using Plumbline.Formats;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Reports;

namespace Plumbline.Cli.Verbs;

/// <summary><c>sample SOURCE TARGET --count N</c>.</summary>
internal static class SampleVerb
{
    private static readonly SourceOptions Options = new();
    private static readonly TargetOptions Output = new();
    private static readonly Option<int> Count = new("--count") { Required = true, HelpName = "N", Description = "How many images." };
    private static readonly Option<string> Stratify = new("--stratify") { HelpName = ItemKeys.StratumKeys, Description = "What the sample gets its share of.", DefaultValueFactory = _ => "class" };
    private static readonly Option<int> Seed = new("--seed") { HelpName = "N", Description = "Decides what is decided by lot.", DefaultValueFactory = _ => 1 };

    public static Command Create()
    {
        var command = new Command("sample", "Draws images at random, each class with its share: for audits and quick looks.\n\nExample:\n  plumbline sample dataset/ audit/ --count 200 --seed 7") { Count, Stratify, Seed };
        Options.AddTo(command);
        Output.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        await Task.Yield(); // the command line listens to signals only once the action has returned its task
        var (path, count) = (arguments.GetRequiredValue(Options.Source), arguments.GetValue(Count));
        if (count < 1) throw new UsageException("--count takes 1 and more.");
        var writing = Output.Writing(arguments);
        writing.RefuseSameTarget(path);
        var printer = new IssuePrinter();
        var issues = new IssueLog(printer.Print);
        await using var dataset = await OpenDataset.OpenAsync(path, arguments.GetValue(Options.Format), arguments.GetValue(Options.ImageRoot), ReadDetail.Boxes, issues, cancellationToken);
        var to = Output.Format(arguments, dataset.Format);
        writing.RefuseSingleFile(to);
        var stratify = ItemKeys.StratifyBy(arguments.GetRequiredValue(Stratify), dataset.Reader.Header);
        var source = await ProgressLine.WatchAsync("Looking", progress => SplitSource.ReadAsync(dataset.Reader, null, stratify, pictures: false, progress, cancellationToken));
        if (source.Images.Count == 0) throw new DatasetFormatException(path, "it has no image to draw from.");
        if (source.Images.Count < count) throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--count asks for {count:N0} images; {path} has {source.Images.Count:N0}."));

        var drawn = Draw(source, count, arguments.GetValue(Seed));
        var reader = await dataset.Format.OpenAsync(dataset.Source, new ReadRequest(to.DetailNeeded(dataset.Format.Name), FormatOptions.Defaults, new IssueLog()), cancellationToken);
        await using var sample = new MappedReader(reader, reader.Header, (item, place) => drawn[place] ? item : null);
        var written = await writing.WriteAsync(to, sample, issues, cancellationToken);
        printer.Finish();
        if (arguments.GetValue(Options.Json))
        {
            JsonOutput.Print(json =>
            {
                json.WriteStartObject();
                json.WriteNumber("images", written.Images);
                json.WriteNumber("annotations", written.Annotations);
                json.WriteNumber("of", source.Images.Count);
                json.WriteNumber("seed", arguments.GetValue(Seed));
                json.WriteStartArray("files");
                foreach (var (image, place) in source.Images.Select((image, place) => (image, place)).Where(i => drawn[i.place])) json.WriteStringValue(image.Path);
                json.WriteEndArray();
                json.WriteEndObject();
            });
        }
        else
        {
            await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{written.Images:N0} of {Quantity.Of(source.Images.Count, "image")} with {Quantity.Of(written.Annotations, "annotation")}."));
        }

        return issues.Errors > 0 ? ExitCode.PartlyDone : ExitCode.Done;
    }

    // A sample is a split into those drawn and the rest.
    private static bool[] Draw(SplitSource source, int count, int seed)
    {
        var total = source.Images.Count;
        if (count == total) return [.. Enumerable.Repeat(true, total)];
        var share = (double)count / total;
        var splits = SplitPlan.Assign([.. source.Labels.Select(l => new SplitUnit(1, [.. l]))], [new("drawn", share), new("rest", 1 - share)], source.LabelNames.Count, seed);
        return [.. splits.Select(s => s == 0)];
    }
}
