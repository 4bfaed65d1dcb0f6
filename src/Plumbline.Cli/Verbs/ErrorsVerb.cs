using System.CommandLine;
using Plumbline.Cli.Evaluation;
using Plumbline.Core.Annotations;
using Plumbline.Core.Quality.LabelErrors;
using Plumbline.Core.Quality.Taxonomy;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Evaluation;
using Plumbline.Formats.Reports;

namespace Plumbline.Cli.Verbs;

/// <summary><c>errors --truth A --given B [--predictions P]</c>.</summary>
internal static class ErrorsVerb
{
    private static readonly Option<string> Truth = new("--truth") { Required = true, HelpName = "A", Description = "What is right: a dataset of any format." };
    private static readonly Option<string> Given = new("--given") { Required = true, HelpName = "B", Description = "What is judged: a dataset of any format over the same images." };
    private static readonly Option<string?> Predictions = new("--predictions") { HelpName = "P", Description = "COCO results, or a dataset whose objects carry scores: lists likely errors of the given one." };
    private static readonly Option<string?> PredictionsFormat = new("--predictions-format") { HelpName = "FORMAT", Description = "The predictions' format, where it cannot be recognised." };
    private static readonly Option<double> Least = new("--iou") { HelpName = "N", DefaultValueFactory = _ => .5, Description = "Overlap from which two objects are the same thing, for precision, recall and confusion." };
    private static readonly Option<string?> Format = new("--format") { HelpName = "FORMAT", Description = "The datasets' format, where it cannot be recognised." };
    private static readonly Option<string?> ImageRoot = new("--image-root") { HelpName = "DIR", Description = "Where the pictures lie, when not beside the labels." };
    private static readonly Option<bool> Json = new("--json") { Description = "Print the answer as JSON." };

    public static Command Create()
    {
        var command = new Command("errors", "Classifies every difference from the truth (missed, false, wrong class, loose box, merged, split …); precision, recall and confusion.\n\nExample:\n  plumbline errors --truth gold.json --given anna.json --json")
        {
            Truth, Given, Least, Predictions, PredictionsFormat, Format, ImageRoot, Json,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        await Task.Yield(); // the command line listens to signals only once the action has returned its task
        var least = arguments.GetValue(Least);
        if (!(least is > 0 and <= 1)) throw new UsageException($"--iou takes a number above 0 and up to 1, not {least}.");
        string[] paths = [arguments.GetRequiredValue(Truth), arguments.GetRequiredValue(Given)];
        var printer = new IssuePrinter();
        var issues = new IssueLog(printer.Print);
        await using var sets = await AnnotatorSets.OpenAsync(paths, [arguments.GetValue(Format)], arguments.GetValue(ImageRoot), issues, cancellationToken);
        using var found = arguments.GetValue(Predictions) is { } path
            ? await TableOpening.OpenAsync(path, arguments.GetValue(PredictionsFormat), "--predictions-format", arguments.GetValue(ImageRoot), TableShapes.Masks, metadata: false, predictions: true, issues, cancellationToken)
            : null;
        var predictions = found is null ? null : new ModelPredictions(found, sets.Images.Classes, issues);
        var report = new ErrorReport { Confusion = new(sets.Images.Classes, least), Likely = found is null ? null : [] };
        long both = 0;
        await ProgressLine.WatchAsync("Comparing", async progress =>
        {
            await foreach (var image in sets.Images.ReadAsync(cancellationToken))
            {
                if (image.Items[0] is not null && image.Items[1] is not null) both++;
                Compare(report, image, sets.Images.Classes);
                if (predictions is not null) AddLikely(report.Likely!, image, sets.Images.Classes, predictions); // there is a list where there are predictions
                report.Images++;
                progress?.Invoke(report.Images, null);
            }

            return report;
        });
        predictions?.Finish();
        printer.Finish();
        if (both == 0) throw new DatasetFormatException(paths[1], $"it shares no image with {paths[0]}.");
        if (issues.Errors > 0)
        {
            Console.Error.WriteLine($"Nothing was compared: {issues.Errors} items cannot be read, and would show up as missed or false. Mend or remove them.");
            return ExitCode.Unreadable;
        }

        report.Likely?.Sort((a, b) => a.Score.CompareTo(b.Score));
        if (arguments.GetValue(Json)) JsonOutput.Print(report.WriteJson);
        else report.Print();
        return ExitCode.Done;
    }

    private static void Compare(ErrorReport report, AlignedImage image, IReadOnlyList<DatasetClass> classes)
    {
        var (gold, given) = (ImageShapes.Annotations(image, classes, 0), ImageShapes.Annotations(image, classes, 1));
        report.Truths += gold.Count(a => !a.Ignore);
        report.Given += given.Count(a => !a.Ignore);
        if (gold.Count + given.Count == 0)
        {
            report.Confusion.AddEmpty();
            return;
        }

        var (width, height) = ImageShapes.SizeOf(image);
        report.Confusion.Add(gold, given, width, height);
        var found = ErrorTaxonomy.Compare(gold, given, width, height, ImageShapes.SkeletonsFor(gold, classes));
        report.Pairs += found.Pairs.Length;
        report.Uncompared += found.Uncompared.Length;
        foreach (var difference in found.Differences)
        {
            report.Differences.Add(new(
                image.Path, CamelCase.Of(difference.Kind), [.. difference.Gold.Select(a => NameOf(image, 0, gold, a))], [.. difference.Given.Select(a => NameOf(image, 1, given, a))],
                ClassesOf(difference), difference));
        }
    }

    private static string ClassesOf(Difference difference)
    {
        var (gold, given) = (string.Join(" + ", difference.Gold.Select(a => a.ClassId).Distinct()), string.Join(" + ", difference.Given.Select(a => a.ClassId).Distinct()));
        return gold.Length == 0 ? given : given.Length == 0 || gold == given ? gold : $"{gold} → {given}";
    }

    private static string NameOf(AlignedImage image, int dataset, IReadOnlyList<Annotation> annotations, Annotation one)
    {
        for (var i = 0; i < annotations.Count; i++)
        {
            if (ReferenceEquals(annotations[i], one)) return image.Items[dataset]!.NameOf(image.Items[dataset]!.Annotations[i]); // it has annotations, so the image is there
        }

        return image.Path;
    }

    private static void AddLikely(List<LikelyError> likely, AlignedImage image, IReadOnlyList<DatasetClass> classes, ModelPredictions predictions)
    {
        var (labels, found) = (Labels(image), predictions.Of(image));
        if (image.Items[1] is null) return; // nobody was given the image, so nothing was overlooked in it
        foreach (var error in ObjectLabelErrors.Find([.. labels.Select(l => l.Located)], [.. found.Select(f => f.Located)]))
        {
            var about = error.Label >= 0 ? labels[error.Label] : found[error.Prediction];
            likely.Add(new(image.Path, CamelCase.Of(error.Kind), error.Label >= 0 ? labels[error.Label].Name : null, error.Prediction >= 0 ? found[error.Prediction].Name : null, classes[about.Located.ClassIndex].Name, error.Score));
        }
    }

    private static List<(LocatedObject Located, string Name)> Labels(AlignedImage image) => image.Items[1] is not { } item
        ? []
        : [.. item.Annotations.Where(a => !a.Ignore).Select(a => (new LocatedObject(image.Classes[1][a.ClassIndex], ImageShapes.Compared(image, a)), item.NameOf(a)))];
}
