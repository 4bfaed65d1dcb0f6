using System.CommandLine;
using Plumbline.Cli.Evaluation;
using Plumbline.Core.Quality.Agreement;
using Plumbline.Core.Quality.Overlap;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Evaluation;
using Plumbline.Formats.Reports;

namespace Plumbline.Cli.Verbs;

/// <summary><c>agree A B [C…]</c>.</summary>
internal static class AgreeVerb
{
    private static readonly Argument<string[]> Sets = new("A B [C…]") { Arity = new ArgumentArity(1, 64), Description = "The annotators' datasets over the same images: files, folders or ZIPs." };
    private static readonly Option<double> Overlap = new("--iou") { DefaultValueFactory = _ => .5, HelpName = "0.5", Description = "Overlap from which two objects are the same thing." };
    private static readonly Option<bool> ClassBlind = new("--class-blind") { Description = "Count all classes as one: do annotators see the same things?" };
    private static readonly Option<string?> Format = new("--format") { HelpName = "FORMAT", Description = "The datasets' format, where it cannot be recognised." };
    private static readonly Option<string?> ImageRoot = new("--image-root") { HelpName = "DIR", Description = "Where the pictures lie, when not beside the labels." };
    private static readonly Option<bool> Json = new("--json") { Description = "Print the answer as JSON." };

    public static Command Create()
    {
        var command = new Command("agree", "Tells how far annotators agree: overlap, κ and α, per class and pair, with 95 % intervals.\n\nExample:\n  plumbline agree anna.json ben.json carla.json --iou 0.5")
        {
            Sets, Overlap, ClassBlind, Format, ImageRoot, Json,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        await Task.Yield(); // the command line listens to signals only once the action has returned its task
        var paths = arguments.GetRequiredValue(Sets);
        if (paths.Length < 2) throw new UsageException("Agreement needs the datasets of at least two annotators; one was given.");
        var least = arguments.GetValue(Overlap);
        if (!(least is > 0 and <= 1)) throw new UsageException($"--iou takes a number above 0 and up to 1, not {least}.");
        var blind = arguments.GetValue(ClassBlind);
        var printer = new IssuePrinter();
        var issues = new IssueLog(printer.Print);
        await using var sets = await AnnotatorSets.OpenAsync(paths, [arguments.GetValue(Format)], arguments.GetValue(ImageRoot), issues, cancellationToken);
        IReadOnlyList<string> classes = blind ? ["any class"] : [.. sets.Images.Classes.Select(c => c.Name)];
        var study = new AgreementStudy(paths.Length, Math.Max(1, classes.Count), least);
        await ProgressLine.WatchAsync("Comparing", async progress =>
        {
            await foreach (var image in sets.Images.ReadAsync(cancellationToken))
            {
                study.Add(ObjectsOf(image, blind));
                progress?.Invoke(study.Images, null);
            }

            return study;
        });
        printer.Finish();
        if (sets.Images.Shared == 0) throw new DatasetFormatException(paths[1], $"it shares no image with {paths[0]}; agreement needs images that two annotators were given.");
        if (issues.Errors > 0)
        {
            Console.Error.WriteLine($"Nothing was computed: {issues.Errors} items cannot be read, and agreement without them would be wrong. Mend or remove them.");
            return ExitCode.Unreadable;
        }

        var report = new AgreementReport(sets.Names, classes, study, least);
        if (arguments.GetValue(Json)) JsonOutput.Print(report.WriteJson);
        else report.Print();
        return ExitCode.Done;
    }

    private static IReadOnlyList<RatedObject>?[] ObjectsOf(AlignedImage image, bool classBlind)
    {
        var objects = new IReadOnlyList<RatedObject>?[image.Items.Count];
        for (var a = 0; a < objects.Length; a++)
        {
            if (image.Items[a] is not { } item) continue;
            var places = image.Classes[a];
            objects[a] = [.. item.Annotations.Where(annotation => !annotation.Ignore).Select(annotation =>
                new RatedObject(classBlind ? 0 : places[annotation.ClassIndex], ImageShapes.Compared(image, annotation)))];
        }

        return objects;
    }
}
