using System.CommandLine;
using System.Globalization;
using Plumbline.Cli.Evaluation;
using Plumbline.Formats.Evaluation;
using Plumbline.Formats.Reports;

namespace Plumbline.Cli.Verbs;

/// <summary><c>evaluate --truth A --predictions B --task …</c>.</summary>
internal static class EvaluateVerb
{
    private static readonly string[] Tasks = ["bbox", "segm", "boundary", "keypoints", "panoptic", "semantic"];
    private static readonly Option<string> Truth = new("--truth") { Required = true, HelpName = "A", Description = "The true annotations: a file, a folder or a ZIP of any format." };
    private static readonly Option<string> Predictions = new("--predictions") { Required = true, HelpName = "B", Description = "COCO results, or a dataset of any format whose objects carry scores." };
    private static readonly Option<string> Kind = new("--task") { Required = true, HelpName = string.Join('|', Tasks), Description = "What is compared." };
    private static readonly Option<bool> ClassBlind = new("--class-blind") { Description = "Count all classes as one." };
    private static readonly Option<string?> Slice = new("--slice") { HelpName = "KEY", Description = "Scores for each value of an image's metadata besides those of all; also: class, size." };
    private static readonly Option<bool> Federated = new("--federated") { Description = "The truth is federated (LVIS): only classes that were looked for in an image count there." };
    private static readonly Option<string?> Sigmas = new("--sigmas") { HelpName = "S,S,…", Description = "Keypoints: how far annotators scatter, one number a point (default: COCO's 17)." };
    private static readonly Option<bool> Intervals = new("--intervals") { Description = "95 % intervals of AP and AR, from 1,000 draws of the images with replacement (panoptic and semantic always have them)." };
    private static readonly Option<string?> TruthFormat = new("--truth-format", "--format") { HelpName = "FORMAT", Description = "The truth's format, where it cannot be recognised." };
    private static readonly Option<string?> PredictionsFormat = new("--predictions-format") { HelpName = "FORMAT", Description = "The predictions' format, where it cannot be recognised." };
    private static readonly Option<string?> ImageRoot = new("--image-root") { HelpName = "DIR", Description = "Where the pictures lie, when not beside the labels." };
    private static readonly Option<bool> Json = new("--json") { Description = "Print the scores as JSON." };

    public static Command Create()
    {
        Kind.AcceptOnlyFromAmong(Tasks);
        var command = new Command("evaluate", "Scores predictions against the truth: COCO's average precision and recall, panoptic quality, mean IoU.\n\nExample:\n  plumbline evaluate --truth instances_val2017.json --predictions detections.json --task bbox")
        {
            Truth, Predictions, Kind, Slice, Federated, ClassBlind, Sigmas, Intervals, TruthFormat, PredictionsFormat, ImageRoot, Json,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        await Task.Yield(); // the command line listens to signals only once the action has returned its task
        var printer = new IssuePrinter();
        var issues = new IssueLog(printer.Print);
        var report = arguments.GetRequiredValue(Kind) is ("panoptic" or "semantic") and var pictures
            ? await PicturesAsync(pictures, arguments, issues, cancellationToken)
            : await DetectionsAsync(arguments, issues, cancellationToken);
        printer.Finish();
        if (report is null)
        {
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Nothing was computed: {issues.Errors:N0} items cannot be compared, and scores without them would be wrong. Mend or remove them."));
            return ExitCode.Unreadable;
        }

        if (arguments.GetValue(Json)) JsonOutput.Print(json => EvaluationJson.Write(json, report));
        else EvaluationTable.Print(report);
        return ExitCode.Done;
    }

    // Null when something cannot be compared.
    private static async Task<EvaluationReport?> DetectionsAsync(ParseResult arguments, IssueLog issues, CancellationToken cancellationToken)
    {
        var (task, slice, imageRoot) = (arguments.GetRequiredValue(Kind), arguments.GetValue(Slice), arguments.GetValue(ImageRoot));
        var settings = new DetectionSettings { Task = TaskOf(task), ClassBlind = arguments.GetValue(ClassBlind), Federated = arguments.GetValue(Federated) };
        if (settings is { Federated: true, ClassBlind: true }) throw new UsageException("--federated tells classes apart and --class-blind does not; choose one.");
        if (arguments.GetValue(Sigmas) is { } sigmas) settings = settings with { Sigmas = Numbers(sigmas) };
        var needed = task switch { "bbox" => TableShapes.Boxes, "keypoints" => TableShapes.Keypoints, _ => TableShapes.Masks };
        using var truth = await TableOpening.OpenAsync(
            arguments.GetRequiredValue(Truth), arguments.GetValue(TruthFormat), "--truth-format", imageRoot, needed, slice is not (null or "class" or "size"), predictions: false, issues, cancellationToken);
        using var predictions = await TableOpening.OpenAsync(
            arguments.GetRequiredValue(Predictions), arguments.GetValue(PredictionsFormat), "--predictions-format", imageRoot, needed, metadata: false, predictions: true, issues, cancellationToken);
        var pair = TablePair.Align(truth, predictions, issues);
        if (issues.Errors > 0) return null;
        if (settings.Federated && truth.Images.All(image => image.Federated is null))
            throw new UsageException($"--federated: no image of {truth.Name} says which classes were looked for (neg_category_ids, not_exhaustive_category_ids).");
        return DetectionReport.Of(task, pair, settings, slice, arguments.GetValue(Intervals), cancellationToken);
    }

    private static async Task<EvaluationReport?> PicturesAsync(string task, ParseResult arguments, IssueLog issues, CancellationToken cancellationToken)
    {
        if (arguments.GetValue(Slice) is not null || arguments.GetValue(Federated) || arguments.GetValue(ClassBlind)) throw new UsageException($"--slice, --federated and --class-blind have no meaning for {task}.");
        string[] paths = [arguments.GetRequiredValue(Truth), arguments.GetRequiredValue(Predictions)];
        await using var sets = await AnnotatorSets.OpenAsync(paths, [arguments.GetValue(TruthFormat), arguments.GetValue(PredictionsFormat)], arguments.GetValue(ImageRoot), issues, cancellationToken);
        var pictures = new PictureReport(sets, issues);
        var report = task == "panoptic" ? await pictures.PanopticAsync(cancellationToken) : await pictures.SemanticAsync(cancellationToken);
        if (sets.Images.Shared == 0) throw new DatasetFormatException(paths[1], $"it shares no image with {paths[0]}.");
        return issues.Errors > 0 ? null : report;
    }

    private static DetectionTask TaskOf(string task) => task switch
    {
        "bbox" => DetectionTask.Boxes,
        "segm" => DetectionTask.Masks,
        "boundary" => DetectionTask.Boundaries,
        _ => DetectionTask.Keypoints,
    };

    private static double[] Numbers(string list)
    {
        var numbers = list.Split(',').Select(text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number > 0 && double.IsFinite(number) ? number : double.NaN).ToArray();
        return numbers.Any(double.IsNaN) ? throw new UsageException($"--sigmas takes numbers above 0 with commas between, not {list}.") : numbers;
    }
}
