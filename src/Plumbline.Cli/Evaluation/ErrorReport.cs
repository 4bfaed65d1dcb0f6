using System.Globalization;
using System.Text;
using System.Text.Json;
using Plumbline.Core.Annotations;
using Plumbline.Core.Quality.LabelErrors;
using Plumbline.Core.Quality.Taxonomy;

namespace Plumbline.Cli.Evaluation;

/// <summary>One difference or likely error as <c>errors</c> tells it.</summary>
/// <param name="Image">The image's path.</param>
/// <param name="Kind">In camel case.</param>
/// <param name="Truth">Names of the true objects it is about.</param>
/// <param name="Given">Names of the given objects it is about.</param>
/// <param name="Classes">Classes on the true side, then on the given side, where they differ.</param>
/// <param name="Found">What shows it.</param>
internal sealed record FoundDifference(string Image, string Kind, IReadOnlyList<string> Truth, IReadOnlyList<string> Given, string Classes, Difference Found);

/// <summary>An error that predictions speak for.</summary>
internal sealed record LikelyError(string Image, string Kind, string? Given, string? Prediction, string Class, double Score);

/// <summary>The answer of <c>errors</c>, gathered image by image.</summary>
internal sealed class ErrorReport
{
    private const int Shown = 50;

    public long Images { get; set; }

    public long Truths { get; set; }

    public long Given { get; set; }

    public long Pairs { get; set; }

    public long Uncompared { get; set; }

    public required ConfusionReport Confusion { get; init; }

    public List<FoundDifference> Differences { get; } = [];

    public List<LikelyError>? Likely { get; init; }

    public void WriteJson(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("images", Images);
        json.WriteNumber("truths", Truths);
        json.WriteNumber("given", Given);
        json.WriteNumber("matched", Pairs);
        json.WriteNumber("uncompared", Uncompared);
        json.WriteStartObject("summary");
        foreach (var kind in Enum.GetValues<DifferenceKind>()) json.WriteNumber(CamelCase.Of(kind), Differences.Count(d => d.Found.Kind == kind));
        json.WriteEndObject();
        Confusion.WriteJson(json);
        json.WriteStartArray("differences");
        foreach (var difference in Differences) Write(json, difference);
        json.WriteEndArray();
        if (Likely is not null)
        {
            json.WriteStartArray("likelyErrors");
            foreach (var error in Likely) Write(json, error);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    public void Print()
    {
        var text = new StringBuilder();
        Add(text, $"{Images:N0} images, {Truths:N0} true and {Given:N0} given objects, {Pairs:N0} of them matched, {Differences.Count:N0} differences");
        foreach (var group in Differences.GroupBy(d => d.Kind).OrderByDescending(g => g.Count())) Add(text, $"  {group.Key,-18}{group.Count(),9:N0}");
        if (Uncompared > 0) Add(text, $"  {Uncompared:N0} objects are of kinds that cannot be compared (points, cuboids).");
        text.AppendLine();
        Confusion.Print(text);
        if (Differences.Count > 0) text.AppendLine();
        foreach (var d in Differences.Take(Shown)) Add(text, $"{d.Kind,-18}{string.Join(" + ", d.Truth.DefaultIfEmpty("—"))} | {string.Join(" + ", d.Given.DefaultIfEmpty("—"))}  {d.Classes}{Evidence(d.Found)}");
        if (Differences.Count > Shown) Add(text, $"… and {Differences.Count - Shown:N0} more (--json lists all)");
        if (Likely is not null)
        {
            text.AppendLine();
            Add(text, $"{Likely.Count:N0} likely label errors, the surest first");
            foreach (var e in Likely.Take(Shown)) Add(text, $"{e.Kind,-18}{e.Given ?? e.Image} | {e.Prediction ?? "—"}  {e.Class}, score {e.Score:0.000}");
            if (Likely.Count > Shown) Add(text, $"… and {Likely.Count - Shown:N0} more (--json lists all)");
        }

        Console.Out.Write(text.ToString());
    }

    private static string Evidence(Difference d)
    {
        var parts = new List<string>();
        if (d.Overlap is { } overlap) parts.Add(string.Create(CultureInfo.InvariantCulture, $"overlap {overlap:0.00}"));
        if (d.Margins is { } m) parts.Add(string.Create(CultureInfo.InvariantCulture, $"sides off by {m.Left:0.#}, {m.Top:0.#}, {m.Right:0.#}, {m.Bottom:0.#} px"));
        if (d.BoundaryF is { } f) parts.Add(string.Create(CultureInfo.InvariantCulture, $"boundary F {f:0.00}"));
        if (!d.Attributes.IsEmpty) parts.Add($"attributes {string.Join(", ", d.Attributes)}");
        if (!d.Keypoints.IsEmpty) parts.Add($"points {string.Join(", ", d.Keypoints)}");
        return parts.Count == 0 ? "" : $"  ({string.Join("; ", parts)})";
    }

    private static void Write(Utf8JsonWriter json, FoundDifference difference)
    {
        var found = difference.Found;
        json.WriteStartObject();
        json.WriteString("image", difference.Image);
        json.WriteString("kind", difference.Kind);
        WriteObjects(json, "truth", difference.Truth, found.Gold);
        WriteObjects(json, "given", difference.Given, found.Given);
        if (found.Overlap is { } overlap) json.WriteNumber("overlap", overlap);
        if (found.Margins is { } margins)
        {
            json.WriteStartObject("margins");
            json.WriteNumber("left", margins.Left);
            json.WriteNumber("top", margins.Top);
            json.WriteNumber("right", margins.Right);
            json.WriteNumber("bottom", margins.Bottom);
            json.WriteEndObject();
        }

        if (found.BoundaryF is { } boundary) json.WriteNumber("boundaryF", boundary);
        if (!found.Attributes.IsEmpty)
        {
            json.WriteStartArray("attributes");
            foreach (var attribute in found.Attributes) json.WriteStringValue(attribute);
            json.WriteEndArray();
        }

        if (!found.Keypoints.IsEmpty)
        {
            json.WriteStartArray("keypoints");
            foreach (var point in found.Keypoints) json.WriteNumberValue(point);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteObjects(Utf8JsonWriter json, string side, IReadOnlyList<string> names, IReadOnlyList<Annotation> objects)
    {
        json.WriteStartArray(side);
        for (var i = 0; i < names.Count; i++)
        {
            json.WriteStartObject();
            json.WriteString("item", names[i]);
            json.WriteString("class", objects[i].ClassId);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, LikelyError error)
    {
        json.WriteStartObject();
        json.WriteString("image", error.Image);
        json.WriteString("kind", error.Kind);
        if (error.Given is not null) json.WriteString("given", error.Given);
        if (error.Prediction is not null) json.WriteString("prediction", error.Prediction);
        json.WriteString("class", error.Class);
        json.WriteNumber("score", error.Score);
        json.WriteEndObject();
    }

    private static void Add(StringBuilder text, FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture).TrimEnd());
}
