using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Plumbline.Cli.Validation;
using Plumbline.Core.Annotations;
using Plumbline.Core.Datasets;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Reports;

namespace Plumbline.Cli.Verbs;

/// <summary><c>diff A B</c>.</summary>
internal static class DiffVerb
{
    private const int Shown = 50;
    private static readonly Argument<string> First = new("A") { Description = "The dataset before: a file, a folder or a ZIP." };
    private static readonly Argument<string> Second = new("B") { Description = "The dataset after." };
    private static readonly Option<string?> FirstFormat = new("--a-format") { HelpName = "FORMAT", Description = "The format of A, where it cannot be recognised." };
    private static readonly Option<string?> SecondFormat = new("--b-format") { HelpName = "FORMAT", Description = "The format of B, where it cannot be recognised." };
    private static readonly Option<double> Iou = new("--iou") { HelpName = "SHARE", Description = "Shapes that overlap by at least this are one object.", DefaultValueFactory = _ => .5 };
    private static readonly Option<bool> Json = new("--json") { Description = "Print the answer as JSON." };

    public static Command Create()
    {
        var command = new Command("diff", "Says what two datasets differ in: images and annotations added, removed, moved, reclassified.\n\nExample:\n  plumbline diff last-week.json this-week.json --json") { First, Second, FirstFormat, SecondFormat, Iou, Json };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        await Task.Yield(); // the command line listens to signals only once the action has returned its task
        var least = arguments.GetValue(Iou);
        if (least is not (> 0 and <= 1)) throw new UsageException("--iou takes a share above 0, up to 1.");
        var printer = new IssuePrinter();
        var issues = new IssueLog(printer.Print);
        await using var a = await OpenDataset.OpenAsync(arguments.GetRequiredValue(First), arguments.GetValue(FirstFormat), null, ReadDetail.Shapes, issues, cancellationToken, "--a-format");
        await using var b = await OpenDataset.OpenAsync(arguments.GetRequiredValue(Second), arguments.GetValue(SecondFormat), null, ReadDetail.Shapes, issues, cancellationToken, "--b-format");
        using var answer = new Answer(arguments.GetValue(Json));
        await ProgressLine.WatchAsync("Comparing", async progress =>
        {
            long done = 0;
            await foreach (var (before, after) in Comparison.PairsAsync(a.Reader, b.Reader, cancellationToken))
            {
                Compare(a, b, before, after, least, answer);
                progress?.Invoke(++done, null);
            }

            return done;
        });
        answer.Classes(a.Reader.Header, b.Reader.Header);
        printer.Finish();
        answer.Print();
        return issues.Errors > 0 ? ExitCode.PartlyDone : ExitCode.Done;
    }

    private static void Compare(OpenDataset a, OpenDataset b, DatasetItem? before, DatasetItem? after, double least, Answer answer)
    {
        if (before is null || after is null)
        {
            answer.Image((before ?? after)!, before is null ? "added" : "removed"); // one of a pair is there
            return;
        }

        if (before.Split != after.Split) answer.Image(after, "moved", before.Split);
        if (before.Size is { } size && after.Size is { } other && size != other) answer.Image(after, "resized");
        var ids = a.Format.Name == b.Format.Name && a.Reader.Header.HasUniqueIds && b.Reader.Header.HasUniqueIds;
        var (first, second) = (Comparison.Annotations(before, a.Reader.Header, ids), Comparison.Annotations(after, b.Reader.Header, ids));
        foreach (var difference in AnnotationDiff.Compare(first, second, least))
        {
            answer.Annotation(
                difference,
                after,
                difference.Before >= 0 ? before.NameOf(before.Annotations[difference.Before]) : null,
                difference.After >= 0 ? after.NameOf(after.Annotations[difference.After]) : null,
                difference.Before >= 0 ? first[difference.Before].Class : null,
                difference.After >= 0 ? second[difference.After].Class : null);
        }
    }

    /// <summary>The changes as they come: counted, spooled for JSON or shown at the end.</summary>
    private sealed class Answer(bool asJson) : IDisposable
    {
        private readonly SpooledList images = new();
        private readonly SpooledList annotations = new();
        private readonly Dictionary<string, long> imageCounts = new(StringComparer.Ordinal);
        private readonly Dictionary<string, long> annotationCounts = new(StringComparer.Ordinal);
        private readonly List<string> lines = [];
        private List<string> classesAdded = [], classesRemoved = [];

        public void Image(DatasetItem item, string change, string? splitBefore = null)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(imageCounts, change, out _)++;
            if (change is "added" or "removed") CollectionsMarshal.GetValueRefOrAddDefault(annotationCounts, change, out _) += item.Annotations.Count;
            if (lines.Count < Shown) lines.Add(change == "moved" ? $"image moved from '{splitBefore ?? "no split"}' to '{item.Split ?? "no split"}': {item.Path}" : string.Create(CultureInfo.InvariantCulture, $"image {change}: {item.Path} ({item.Annotations.Count} annotations)"));
            if (!asJson) return;
            images.Add(json =>
            {
                json.WriteStartObject();
                json.WriteString("change", change);
                json.WriteString("file", item.Path);
                if (item.Split is not null) json.WriteString("split", item.Split);
                if (change == "moved") json.WriteString("splitBefore", splitBefore);
                json.WriteNumber("annotations", item.Annotations.Count);
                json.WriteEndObject();
            });
        }

        public void Annotation(AnnotationDifference difference, DatasetItem item, string? before, string? after, string? classBefore, string? classAfter)
        {
            var change = CamelCase.Of(difference.Change);
            CollectionsMarshal.GetValueRefOrAddDefault(annotationCounts, change, out _)++;
            if (difference.Change == AnnotationChange.Same) return;
            if (lines.Count < Shown) lines.Add($"{change}: {before ?? after} '{classBefore ?? classAfter}'{(classBefore is not null && classAfter is not null && classBefore != classAfter ? $" → '{classAfter}'" : "")}{(difference.Overlap is { } o ? string.Create(CultureInfo.InvariantCulture, $", overlap {o:0.000}") : "")}");
            if (!asJson) return;
            annotations.Add(json =>
            {
                json.WriteStartObject();
                json.WriteString("change", change);
                json.WriteString("file", item.Path);
                if (before is not null) json.WriteString("before", before);
                if (after is not null) json.WriteString("after", after);
                if (classBefore is not null) json.WriteString("classBefore", classBefore);
                if (classAfter is not null) json.WriteString("classAfter", classAfter);
                if (difference.Overlap is { } overlap) json.WriteNumber("overlap", Math.Round(overlap, 6));
                json.WriteEndObject();
            });
        }

        public void Classes(DatasetHeader a, DatasetHeader b)
        {
            classesAdded = [.. b.Classes.Select(c => c.Name).Except(a.Classes.Select(c => c.Name)).Order(StringComparer.Ordinal)];
            classesRemoved = [.. a.Classes.Select(c => c.Name).Except(b.Classes.Select(c => c.Name)).Order(StringComparer.Ordinal)];
        }

        public void Print()
        {
            if (asJson) PrintJson();
            else PrintText();
        }

        public void Dispose()
        {
            images.Dispose();
            annotations.Dispose();
        }

        private static string Counts(Dictionary<string, long> counts, params IEnumerable<string> names) =>
            string.Join(", ", names.Select(n => string.Create(CultureInfo.InvariantCulture, $"\"{n}\": {counts.GetValueOrDefault(n)}")));

        private static string List(List<string> names) => $"[{string.Join(", ", names.Select(n => $"\"{System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(n)}\""))}]";

        private void PrintJson()
        {
            var output = Console.Out;
            output.WriteLine("{");
            output.WriteLine($"  \"summary\": {{\"images\": {{{Counts(imageCounts, "added", "removed", "moved", "resized")}}}, \"annotations\": {{{Counts(annotationCounts, "added", "removed", "moved", "reclassified", "changed", "same")}}}}},");
            output.WriteLine($"  \"classes\": {{\"added\": {List(classesAdded)}, \"removed\": {List(classesRemoved)}}},");
            output.Write("  \"images\": [");
            images.CopyTo(output);
            output.Write("],\n  \"annotations\": [");
            annotations.CopyTo(output);
            output.WriteLine("]");
            output.WriteLine("}");
        }

        private void PrintText()
        {
            foreach (var line in lines) Console.WriteLine(line);
            if (lines.Count == Shown) Console.WriteLine("… (--json lists all)");
            if (classesAdded.Count > 0) Console.WriteLine($"classes added: {string.Join(", ", classesAdded)}");
            if (classesRemoved.Count > 0) Console.WriteLine($"classes removed: {string.Join(", ", classesRemoved)}");
            string Said(Dictionary<string, long> counts, params IEnumerable<string> names) => string.Join(", ", names.Select(n => string.Create(CultureInfo.InvariantCulture, $"{counts.GetValueOrDefault(n):N0} {n}")));
            Console.WriteLine($"images: {Said(imageCounts, "added", "removed", "moved", "resized")}");
            Console.WriteLine($"annotations: {Said(annotationCounts, "added", "removed", "moved", "reclassified", "changed", "same")}");
        }
    }
}
