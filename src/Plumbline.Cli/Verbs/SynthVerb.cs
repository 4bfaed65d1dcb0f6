using System.CommandLine;
using System.Globalization;
using Plumbline.Core.Annotations;
using Plumbline.Core.Synthetic;
using Plumbline.Formats.Reports;

namespace Plumbline.Cli.Verbs;

/// <summary><c>synth TARGET --images N</c>.</summary>
internal static class SynthVerb
{
    private const int LeastSide = 64;
    private const int MostSide = 8192;
    private static readonly Argument<string> Target = new("TARGET") { Description = "What to write: a folder or a .zip." };
    private static readonly Option<int> Images = new("--images") { Required = true, HelpName = "N", Description = "How many images." };
    private static readonly Option<string> Scene = new("--scene") { HelpName = "street|shelf|cells", Description = "What they show.", DefaultValueFactory = _ => "street" };
    private static readonly Option<int> Seed = new("--seed") { HelpName = "N", Description = "The first image's seed; same seed, same images.", DefaultValueFactory = _ => 1 };
    private static readonly Option<string> To = new("--to") { HelpName = "FORMAT", Description = "The format (plumbline formats lists them).", DefaultValueFactory = _ => "coco" };
    private static readonly Option<string?> Shape = new("--shape") { HelpName = "box|polygon|mask", Description = "How the truth is told (default: as well as the format can)." };
    private static readonly Option<string> Size = new("--size") { HelpName = "WIDTHxHEIGHT", Description = "Pixels of each image.", DefaultValueFactory = _ => "1280x960" };
    private static readonly Option<bool> Overwrite = new("--overwrite") { Description = "Replace the target when it exists." };
    private static readonly Option<bool> Json = new("--json") { Description = "Print the answer as JSON." };

    public static Command Create()
    {
        var command = new Command("synth", "Makes synthetic images with perfect truth: to try things on, to test and to measure.\n\nExample:\n  plumbline synth made-up/ --images 20 --scene shelf --to yolo --seed 7") { Target, Images, Scene, Seed, To, Shape, Size, Overwrite, Json };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        await Task.Yield(); // the command line listens to signals only once the action has returned its task
        var images = arguments.GetValue(Images);
        if (images < 1) throw new UsageException("--images takes 1 and more.");
        var scene = Named<SceneKind>(arguments.GetRequiredValue(Scene), "--scene");
        var size = SizeOf(arguments.GetRequiredValue(Size));
        var to = SourceOpening.Named(arguments.GetRequiredValue(To), "--to");
        var shape = arguments.GetValue(Shape) is { } name ? Named<TruthShape>(name, "--shape") : SyntheticDataset.Best(to);
        var target = arguments.GetRequiredValue(Target);
        var writing = new TargetWriting(target, null, arguments.GetValue(Overwrite));
        if (writing.IsSingleFile) throw new UsageException("Pictures and labels are several files; give a folder or a .zip as the target.");
        var issues = new IssueLog(issue => Console.Error.WriteLine(issue.ToString()));
        await using var dataset = new SyntheticDataset(scene, images, arguments.GetValue(Seed), shape, to.Abilities.Shapes.Contains(ShapeKind.Keypoints), size);
        var written = await ProgressLine.WatchAsync("Painting", progress => writing.WriteAsync(to, new Watched(dataset, progress), issues, cancellationToken));
        if (arguments.GetValue(Json))
        {
            JsonOutput.Print(json =>
            {
                json.WriteStartObject();
                json.WriteNumber("images", written.Images);
                json.WriteNumber("annotations", written.Annotations);
                json.WriteString("scene", CamelCase.Of(scene));
                json.WriteNumber("seed", arguments.GetValue(Seed));
                json.WriteString("format", to.Name);
                json.WriteEndObject();
            });
        }
        else
        {
            await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{target}: {Quantity.Of(written.Images, "image")}, {Quantity.Of(written.Annotations, "annotation")} as {to.Name}."));
        }

        return issues.Errors > 0 ? ExitCode.PartlyDone : ExitCode.Done;
    }

    private static T Named<T>(string name, string option)
        where T : struct, Enum =>
        Enum.GetValues<T>().Where(v => CamelCase.Of(v) == name).ToList() is [var only] ? only : throw new UsageException($"{option} takes {string.Join(", ", Enum.GetValues<T>().Select(CamelCase.Of))}, not '{name}'.");

    private static (int Width, int Height) SizeOf(string text)
    {
        var sides = text.Split('x');
        if (sides.Length == 2 && int.TryParse(sides[0], NumberStyles.None, CultureInfo.InvariantCulture, out var width) && int.TryParse(sides[1], NumberStyles.None, CultureInfo.InvariantCulture, out var height)
            && width is >= LeastSide and <= MostSide && height is >= LeastSide and <= MostSide) return (width, height);
        throw new UsageException($"--size takes WIDTHxHEIGHT, each {LeastSide} to {MostSide}, not '{text}'.");
    }
}
