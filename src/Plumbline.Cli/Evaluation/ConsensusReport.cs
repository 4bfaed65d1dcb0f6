using System.Globalization;
using System.Text;
using System.Text.Json;
using Plumbline.Core.Annotations;
using Plumbline.Core.Quality.Consensus;
using Plumbline.Formats.Evaluation;

namespace Plumbline.Cli.Evaluation;

/// <summary>The answer of <c>consensus</c>.</summary>
/// <param name="Annotators">Their names.</param>
/// <param name="Images">The images, in order.</param>
/// <param name="Names">Per image and annotator the names of their objects, by the id that the fusion gave them.</param>
/// <param name="Result">What was found.</param>
/// <param name="Target">What was written.</param>
/// <param name="Format">Its format.</param>
internal sealed record ConsensusReport(
    IReadOnlyList<string> Annotators, IReadOnlyList<AlignedImage> Images, IReadOnlyList<IReadOnlyDictionary<Guid, string>> Names, ConsensusResult Result, string Target, string Format)
{
    private const int Shown = 50;

    private long Objects => Result.Images.Sum(image => (long)image.Length);

    public void WriteJson(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("target", Target);
        json.WriteString("format", Format);
        json.WriteNumber("images", Images.Count);
        json.WriteNumber("objects", Objects);
        json.WriteNumber("leftOut", Result.Doubtful.Sum(image => (long)image.Length));
        json.WriteStartArray("annotators");
        for (var a = 0; a < Annotators.Count; a++)
        {
            json.WriteStartObject();
            json.WriteString("annotator", Annotators[a]);
            WriteOrNull(json, "reliability", Result.Reliabilities[a]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("arbitration");
        foreach (var (image, found) in Result.Arbitration()) Write(json, image, found);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    public void Print()
    {
        var text = new StringBuilder();
        var disputed = Result.Arbitration().ToList();
        Add(text, $"{Target}: {Objects:N0} fused objects in {Images.Count:N0} images as {Format}; left out as probably not there: {Result.Doubtful.Sum(image => (long)image.Length):N0}");
        for (var a = 0; a < Annotators.Count; a++) Add(text, $"  reliability of {Annotators[a]}: {(Result.Reliabilities[a] is { } value ? value.ToString("0.0000", CultureInfo.InvariantCulture) : "— (nothing to judge by)")}");
        text.AppendLine();
        Add(text, $"objects that need a decision: {disputed.Count:N0}");
        foreach (var (image, found) in disputed.Take(Shown))
            Add(text, $"  {Images[image].Path}  {found.Fused.ClassId}: {string.Join(", ", found.Arbitration.Select(r => CamelCase.Of(r)))}  (there with {found.Presence:0.00}, drawn by {found.Votes.Count(v => v.Drawn is not null)} of {found.Votes.Length})");
        if (disputed.Count > Shown) Add(text, $"  … and {disputed.Count - Shown:N0} more (--json lists all)");
        Console.Out.Write(text.ToString());
    }

    private void Write(Utf8JsonWriter json, int image, FusedObject found)
    {
        json.WriteStartObject();
        json.WriteString("image", Images[image].Path);
        json.WriteString("class", found.Fused.ClassId);
        json.WriteStartArray("reasons");
        foreach (var reason in found.Arbitration) json.WriteStringValue(CamelCase.Of(reason));
        json.WriteEndArray();
        json.WriteNumber("presence", found.Presence);
        json.WriteNumber("classProbability", found.ClassProbability);
        if (ShapeGeometry.Bounds(found.Fused.Shape) is { } box)
        {
            json.WriteStartArray("box");
            foreach (var side in (ReadOnlySpan<double>)[box.X, box.Y, box.Width, box.Height]) json.WriteNumberValue(side);
            json.WriteEndArray();
        }

        if (!found.Disputed.IsEmpty)
        {
            json.WriteStartArray("attributes");
            foreach (var attribute in found.Disputed) json.WriteStringValue(attribute);
            json.WriteEndArray();
        }

        json.WriteStartArray("votes");
        foreach (var vote in found.Votes)
        {
            json.WriteStartObject();
            json.WriteString("annotator", Annotators[vote.Annotator]);
            if (vote.Drawn is { } drawn)
            {
                json.WriteString("item", Names[image][drawn.Id]);
                json.WriteString("class", drawn.ClassId);
            }
            else
            {
                json.WriteNull("item");
            }

            if (vote.Overlap is { } overlap) json.WriteNumber("overlap", overlap);
            json.WriteNumber("weight", vote.Weight);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteOrNull(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number) json.WriteNumber(name, number);
        else json.WriteNull(name);
    }

    private static void Add(StringBuilder text, FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture).TrimEnd());
}
