using System.Globalization;
using System.Text;
using System.Text.Json;
using Plumbline.Core.Annotations;
using Plumbline.Core.Quality;
using Plumbline.Core.Quality.Detection;
using Plumbline.Core.Quality.Matching;
using Plumbline.Core.Quality.Taxonomy;
using Plumbline.Formats.Datasets;

namespace Plumbline.Cli.Evaluation;

/// <summary>How much of the truth was found and under which name, gathered image by image.</summary>
/// <param name="classes">The classes of both sides.</param>
/// <param name="least">Overlap from which two objects are the same thing.</param>
internal sealed class ConfusionReport(IReadOnlyList<DatasetClass> classes, double least)
{
    private const int Shown = 20;
    private readonly ObjectConfusion confusion = new(Math.Max(1, classes.Count));
    private readonly Dictionary<string, int> places = classes.Select((c, place) => (c.Name, place)).ToDictionary();
    private readonly MatchingRules rules = new() { Least = least, ClassBlind = true };

    /// <summary>Adds one image; its classes are named by their names.</summary>
    public void Add(IReadOnlyList<Annotation> truths, IReadOnlyList<Annotation> given, int width, int height)
    {
        var found = MatchedAnnotations.Of(truths, given, width, height, places, rules);
        confusion.Add(found.Matches, found.Gold, found.Given);
    }

    /// <summary>Adds an image without objects.</summary>
    public void AddEmpty() => confusion.Add(new([], [], []), [], []);

    public void WriteJson(Utf8JsonWriter json)
    {
        json.WriteStartObject("scores");
        json.WriteNumber("iou", least);
        foreach (var (name, measure, _) in Named(confusion.Overall()))
        {
            json.WriteStartObject(name);
            MeasureJson.WriteFields(json, measure);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteStartArray("perClass");
        for (var c = 0; c < classes.Count; c++)
        {
            json.WriteStartObject();
            json.WriteString("class", classes[c].Name);
            foreach (var (name, measure, _) in Named(confusion.OfClass(c, rounds: 0)))
            {
                if (measure.Value is { } value) json.WriteNumber(name, value);
                else json.WriteNull(name);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("confusion");
        foreach (var ((real, given), count) in confusion.Counts.OrderBy(cell => cell.Key))
        {
            json.WriteStartObject();
            json.WriteString("truth", NameOf(real));
            json.WriteString("given", NameOf(given));
            json.WriteNumber("count", count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public void Print(StringBuilder text)
    {
        foreach (var (name, measure, meaning) in Named(confusion.Overall()))
            text.AppendLine(string.Create(CultureInfo.InvariantCulture, $"{name,-11}{EvaluationTable.Shown(measure),7}{EvaluationTable.Range(measure),19}  {measure.Undefined ?? meaning}"));
        var wide = Math.Clamp(classes.Select(c => c.Name.Length).DefaultIfEmpty(5).Max(), 5, 40);
        text.AppendLine();
        text.AppendLine($"{"class".PadRight(wide)}{string.Concat(Named(confusion.Overall(rounds: 0)).Select(one => one.Name.PadLeft(11)))}");
        for (var c = 0; c < classes.Count; c++)
            text.AppendLine($"{classes[c].Name.PadRight(wide)}{string.Concat(Named(confusion.OfClass(c, rounds: 0)).Select(one => EvaluationTable.Shown(one.Measure).PadLeft(11)))}");
        var mixed = confusion.Counts.Where(cell => cell.Key.True != cell.Key.Given && cell.Key.True != confusion.Nothing && cell.Key.Given != confusion.Nothing).OrderByDescending(cell => cell.Value).ThenBy(cell => cell.Key).ToList();
        if (mixed.Count == 0) return;
        text.AppendLine();
        text.AppendLine("taken for another class");
        foreach (var ((real, given), count) in mixed.Take(Shown)) text.AppendLine(string.Create(CultureInfo.InvariantCulture, $"  {NameOf(real)} → {NameOf(given)}  {count:N0}"));
        if (mixed.Count > Shown) text.AppendLine(string.Create(CultureInfo.InvariantCulture, $"  … and {mixed.Count - Shown:N0} more pairs (--json lists all)"));
    }

    private string? NameOf(int classIndex) => classIndex == confusion.Nothing ? null : classes[classIndex].Name;

    private static (string Name, Measure Measure, string Meaning)[] Named(FoundShares shares) =>
    [
        ("precision", shares.Precision, "of the given objects, those that are right"),
        ("recall", shares.Recall, "of the true objects, those found under the right name"),
        ("F1", shares.F1, "harmonic mean of both"),
        ("missed", shares.Missed, "of the true objects, those with nothing drawn"),
        ("false", shares.False, "of the given objects, those where there is nothing"),
    ];
}
