using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Plumbline.Core.Datasets;
using Plumbline.Formats.Reports;

namespace Plumbline.Cli.Verbs;

/// <summary><c>dedupe SOURCE</c>.</summary>
internal static class DedupeVerb
{
    private static readonly string[] Hashes = ["dhash", "phash"];
    private static readonly SourceOptions Options = new();
    private static readonly Option<int> Threshold = new("--threshold")
    {
        HelpName = "BITS",
        Description = $"Pictures whose hashes differ in up to this many of 64 bits are near duplicates (0 to {HashNeighbours.MostBits}).",
        DefaultValueFactory = _ => 4,
    };

    private static readonly Option<string> Hash = new("--hash")
    {
        HelpName = string.Join('|', Hashes),
        Description = "What is compared: dhash, brightness of neighbours (quick), or phash, low frequencies (less disturbed by noise, blur and small shifts).",
        DefaultValueFactory = _ => Hashes[0],
    };

    public static Command Create()
    {
        Hash.AcceptOnlyFromAmong(Hashes);
        var command = new Command("dedupe", "Finds pictures that are equal in every pixel, and pictures that look nearly the same.\n\nExample:\n  plumbline dedupe photos/ --threshold 4 --json") { Threshold, Hash };
        Options.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        await Task.Yield(); // the command line listens to signals only once the action has returned its task
        var bits = arguments.GetValue(Threshold);
        if (bits is < 0 or > HashNeighbours.MostBits) throw new UsageException($"--threshold takes 0 to {HashNeighbours.MostBits}, not {bits}.");
        var kind = arguments.GetValue(Hash) == "phash" ? PictureHashKind.Perceptual : PictureHashKind.Difference;
        var printer = new IssuePrinter();
        var issues = new IssueLog(printer.Print);
        using var source = SourceOpening.Open(arguments.GetRequiredValue(Options.Source), arguments.GetValue(Options.ImageRoot));
        var pictures = await ProgressLine.WatchAsync("Looking", progress => PictureSet.ReadAsync(source, arguments.GetValue(Options.Format), kind, issues, progress, cancellationToken));
        foreach (var (name, why) in pictures.Refused) issues.Error("unreadable-picture", name, null, null, $"{why} It is left out.");
        printer.Finish();
        if (pictures.Names.Count == 0) throw new DatasetFormatException(source.Tree.Name, "no picture was found; --image-root DIR says where they are.");
        var groups = DuplicateGroups.Find(pictures.Hashes, pictures.SameAs, bits);
        if (arguments.GetValue(Options.Json)) JsonOutput.Print(json => WriteJson(json, pictures, groups));
        else PrintText(pictures, groups);
        return issues.Errors > 0 ? ExitCode.PartlyDone : ExitCode.Done;
    }

    private static void WriteJson(Utf8JsonWriter json, PictureSet pictures, ImmutableArray<DuplicateGroup> groups)
    {
        json.WriteStartObject();
        json.WriteNumber("images", pictures.Names.Count);
        json.WriteStartArray("groups");
        foreach (var group in groups)
        {
            json.WriteStartObject();
            json.WriteString("kind", group.Exact ? "exact" : "near");
            json.WriteNumber("distance", group.Distance);
            json.WriteStartArray("files");
            foreach (var member in group.Members) json.WriteStringValue(pictures.Names[member]);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void PrintText(PictureSet pictures, ImmutableArray<DuplicateGroup> groups)
    {
        foreach (var group in groups)
        {
            Console.WriteLine(group.Exact ? "equal" : string.Create(CultureInfo.InvariantCulture, $"near, up to {group.Distance} bits"));
            foreach (var member in group.Members) Console.WriteLine($"  {pictures.Names[member]}");
        }

        var exact = groups.Where(g => g.Exact).ToList();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Quantity.Of(pictures.Names.Count, "picture")}: {Quantity.Of(exact.Count, "group")} of equal ones ({exact.Sum(g => g.Members.Length - 1):N0} to spare), {Quantity.Of(groups.Length - exact.Count, "group")} of near ones."));
    }
}
