using System.CommandLine;
using System.Globalization;
using Plumbline.Cli.Splitting;
using Plumbline.Core.Datasets;
using Plumbline.Formats;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Reports;

namespace Plumbline.Cli.Verbs;

/// <summary><c>split SOURCE TARGET --ratios …</c>.</summary>
internal static class SplitVerb
{
    private static readonly SourceOptions Options = new();
    private static readonly TargetOptions Output = new();
    private static readonly Option<string> Ratios = new("--ratios") { HelpName = "train=.7,val=.15,test=.15", Description = "The splits and their shares of the images.", DefaultValueFactory = _ => "train=.7,val=.15,test=.15" };
    private static readonly Option<string> Stratify = new("--stratify") { HelpName = ItemKeys.StratumKeys, Description = "What each split gets its share of.", DefaultValueFactory = _ => "class" };
    private static readonly Option<string?> GroupBy = new("--group-by") { HelpName = ItemKeys.GroupKeys, Description = "Images of one group stay in one split." };
    private static readonly Option<string> NearDuplicates = new("--near-duplicates") { HelpName = "BITS|off", Description = "Pictures whose difference hashes differ in up to this many of 64 bits stay in one split.", DefaultValueFactory = _ => "4" };
    private static readonly Option<int> Seed = new("--seed") { HelpName = "N", Description = "Decides what is decided by lot.", DefaultValueFactory = _ => 1 };

    public static Command Create()
    {
        var command = new Command("split", "Shares a dataset out to splits: stratified, and nothing that belongs together on two sides.\n\nExample:\n  plumbline split dataset/ dataset-split/ --ratios train=.8,val=.2 --group-by folder --seed 7") { Ratios, Stratify, GroupBy, NearDuplicates, Seed };
        Options.AddTo(command);
        Output.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        await Task.Yield(); // the command line listens to signals only once the action has returned its task
        var shares = SharesOf(arguments.GetRequiredValue(Ratios));
        var bits = BitsOf(arguments.GetRequiredValue(NearDuplicates));
        var groupBy = arguments.GetValue(GroupBy) is { } groupKey ? ItemKeys.GroupBy(groupKey) : null;
        var path = arguments.GetRequiredValue(Options.Source);
        var writing = Output.Writing(arguments);
        writing.RefuseSameTarget(path);
        if (writing.IsSingleFile) throw new UsageException("Splits are several files; give a folder or a .zip as the target.");
        var printer = new IssuePrinter();
        var issues = new IssueLog(printer.Print);
        await using var dataset = await OpenDataset.OpenAsync(path, arguments.GetValue(Options.Format), arguments.GetValue(Options.ImageRoot), ReadDetail.Boxes, issues, cancellationToken);
        var to = Output.Format(arguments, dataset.Format);
        writing.RefuseSingleFile(to);
        var stratify = arguments.GetRequiredValue(Stratify);
        var source = await ProgressLine.WatchAsync("Looking", progress =>
            SplitSource.ReadAsync(dataset.Reader, groupBy, ItemKeys.StratifyBy(stratify, dataset.Reader.Header), bits is not null, progress, cancellationToken));
        if (source.Images.Count == 0) throw new DatasetFormatException(path, "it has no image to share out.");
        if (groupBy is not null && source.GroupCount == 0) throw new UsageException($"--group-by: no image has a group by '{arguments.GetValue(GroupBy)}'.");
        if (stratify is not ("none" or "class") && source.LabelNames.Count == 0) throw new UsageException($"--stratify: neither an image nor an annotation has the attribute '{stratify}'.");

        var (splitOf, units) = Assign(source, shares, bits, arguments.GetValue(Seed));
        var report = new SplitReport(source, shares, splitOf, units, arguments.GetValue(Seed), bits);
        if (report.Leaks > 0) throw new InvalidOperationException("The assignment leaks; nothing was written. This is a fault of plumbline.");
        var renamed = source.Images.GroupBy(i => i.Path, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.Key).ToHashSet(StringComparer.Ordinal);
        // Writers want the splits in ordinal order.
        var order = Enumerable.Range(0, shares.Count).OrderBy(s => shares[s].Name, StringComparer.Ordinal).ToArray();
        await using var resplit = new ResplitReader(
            dataset.Reader.Header,
            token => dataset.Format.OpenAsync(dataset.Source, new ReadRequest(to.DetailNeeded(dataset.Format.Name), FormatOptions.Defaults, new IssueLog()), token),
            [.. order.Select(s => shares[s].Name)],
            place => Array.IndexOf(order, splitOf[place]),
            item => renamed.Contains(item.Path) && item.Split is { } old ? $"{old}/{item.Path}" : item.Path);
        await writing.WriteAsync(to, resplit, issues, cancellationToken);
        printer.Finish();
        if (arguments.GetValue(Options.Json)) JsonOutput.Print(report.WriteTo);
        else report.Print();
        return issues.Errors > 0 ? ExitCode.PartlyDone : ExitCode.Done;
    }

    private static (int[] SplitOf, int Units) Assign(SplitSource source, List<SplitShare> shares, int? bits, int seed)
    {
        var clusters = source.Clusters(bits);
        var members = Enumerable.Range(0, source.Images.Count).GroupBy(clusters.Find).Select(g => g.ToArray()).ToList();
        var units = members.ConvertAll(m => new SplitUnit(m.Length, [.. m.SelectMany(i => source.Labels[i]).GroupBy(l => l.Label).Select(g => (g.Key, g.Sum(l => l.Count)))]));
        var assigned = SplitPlan.Assign(units, shares, source.LabelNames.Count, seed);
        var splitOf = new int[source.Images.Count];
        for (var unit = 0; unit < members.Count; unit++)
        {
            foreach (var image in members[unit]) splitOf[image] = assigned[unit];
        }

        return (splitOf, members.Count);
    }

    private static List<SplitShare> SharesOf(string ratios)
    {
        var shares = new List<SplitShare>();
        foreach (var part in ratios.Split(','))
        {
            var pair = part.Split('=');
            if (pair.Length != 2 || pair[0].Trim() is not { Length: > 0 } name || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
                || !double.TryParse(pair[1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var share) || !(share > 0))
                throw new UsageException($"--ratios takes name=share pairs such as train=.7,val=.3, not '{part}'.");
            if (shares.Exists(s => s.Name == name)) throw new UsageException($"--ratios names '{name}' twice.");
            shares.Add(new(name, share));
        }

        var sum = shares.Sum(s => s.Share);
        if (Math.Abs(sum - 1) > .001) throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--ratios add up to {sum:0.####}; they must add up to 1."));
        return shares.ConvertAll(s => s with { Share = s.Share / sum });
    }

    private static int? BitsOf(string text)
    {
        if (text == "off") return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bits) && bits <= HashNeighbours.MostBits) return bits;
        throw new UsageException($"--near-duplicates takes 0 to {HashNeighbours.MostBits} or off, not '{text}'.");
    }
}
