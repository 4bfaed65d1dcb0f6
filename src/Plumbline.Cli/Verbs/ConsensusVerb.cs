using System.CommandLine;
using Plumbline.Cli.Evaluation;
using Plumbline.Core.Annotations;
using Plumbline.Core.Quality.Consensus;
using Plumbline.Formats;
using Plumbline.Formats.Evaluation;
using Plumbline.Formats.Files;
using Plumbline.Formats.Pictures;
using Plumbline.Formats.Reports;

namespace Plumbline.Cli.Verbs;

/// <summary><c>consensus A B [C…] TARGET</c>.</summary>
internal static class ConsensusVerb
{
    private static readonly Argument<string[]> Paths = new("A B [C…] TARGET") { Arity = new ArgumentArity(2, 65), Description = "The annotators' datasets over the same images, then what to write: a folder, a .zip, or one .json for COCO." };
    private static readonly Option<string> To = new("--to") { DefaultValueFactory = _ => "coco", HelpName = "FORMAT", Description = "The target's format (default: coco)." };
    private static readonly Option<double> Overlap = new("--iou") { DefaultValueFactory = _ => .5, HelpName = "0.5", Description = "Overlap from which two objects are the same thing." };
    private static readonly Option<string?> Format = new("--format") { HelpName = "FORMAT", Description = "The datasets' format, where it cannot be recognised." };
    private static readonly Option<string?> ImageRoot = new("--image-root") { HelpName = "DIR", Description = "Where the pictures lie, when not beside the labels." };
    private static readonly Option<bool> Overwrite = new("--overwrite") { Description = "Replace the target when it exists." };
    private static readonly Option<bool> Json = new("--json") { Description = "Print the answer as JSON." };

    public static Command Create()
    {
        var command = new Command("consensus", "Fuses what several annotators drew into one dataset, tells how far each can be relied on and what needs a decision.\n\nExample:\n  plumbline consensus anna.json ben.json carla.json fused.json --to coco")
        {
            Paths, To, Overlap, Format, ImageRoot, Overwrite, Json,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        await Task.Yield(); // the command line listens to signals only once the action has returned its task
        var given = arguments.GetRequiredValue(Paths);
        if (given.Length < 3) throw new UsageException("A consensus needs the datasets of at least two annotators and a target.");
        var (paths, targetPath) = (given[..^1], given[^1]);
        var to = SourceOpening.Named(arguments.GetRequiredValue(To), "--to");
        TargetOpening.Check(targetPath, to);
        if (paths.Any(path => Path.GetFullPath(path).TrimEnd('/') == Path.GetFullPath(targetPath).TrimEnd('/'))) throw new UsageException("The target is one of the sources; choose another.");
        if (!(arguments.GetValue(Overlap) is > 0 and <= 1 and var least)) throw new UsageException("--iou takes a number above 0 and up to 1.");
        var printer = new IssuePrinter();
        var issues = new IssueLog(printer.Print);
        await using var sets = await AnnotatorSets.OpenAsync(paths, [arguments.GetValue(Format)], arguments.GetValue(ImageRoot), issues, cancellationToken);
        var (images, names) = (new List<AlignedImage>(), new List<IReadOnlyDictionary<Guid, string>>());
        var result = await ProgressLine.WatchAsync("Fusing", progress => FuseAsync(sets, least, images, names, progress, cancellationToken));
        printer.Finish();
        if (sets.Images.Shared == 0) throw new DatasetFormatException(paths[1], $"it shares no image with {paths[0]}; a consensus needs images that two annotators were given.");
        if (issues.Errors > 0)
        {
            Console.Error.WriteLine($"Nothing was fused: {issues.Errors} items cannot be read. Mend or remove them.");
            return ExitCode.Unreadable;
        }

        using (var target = TargetOpening.Open(targetPath, to, arguments.GetValue(Overwrite)))
        {
            var fused = new FusedDataset(images, sets.Images.Classes, result.Images);
            await to.WriteAsync(fused, new WriteRequest(target, FormatOptions.Defaults, PictureMode.None, new LossReport(), issues), cancellationToken);
            target.Commit();
        }

        var report = new ConsensusReport(sets.Names, images, names, result, targetPath, to.Name);
        if (arguments.GetValue(Json)) JsonOutput.Print(report.WriteJson);
        else report.Print();
        return ExitCode.Done;
    }

    private static async Task<ConsensusResult> FuseAsync(
        AnnotatorSets sets, double least, List<AlignedImage> images, List<IReadOnlyDictionary<Guid, string>> names, Action<long, long?>? progress, CancellationToken cancellationToken)
    {
        var builder = new ConsensusBuilder(sets.Names.Count, new ConsensusOptions { Threshold = least });
        await foreach (var image in sets.Images.ReadAsync(cancellationToken))
        {
            var drawn = new IReadOnlyList<Annotation>?[image.Items.Count];
            var known = new Dictionary<Guid, string>();
            for (var a = 0; a < drawn.Length; a++)
            {
                if (image.Items[a] is not { } item) continue;
                var annotations = ImageShapes.Annotations(image, sets.Images.Classes, a);
                drawn[a] = annotations;
                for (var i = 0; i < annotations.Count; i++) known[annotations[i].Id] = item.NameOf(item.Annotations[i]);
            }

            var (width, height) = known.Count == 0 ? (1, 1) : ImageShapes.SizeOf(image);
            builder.Add(drawn, width, height);
            images.Add(image);
            names.Add(known);
            progress?.Invoke(images.Count, null);
        }

        return builder.Build();
    }
}
