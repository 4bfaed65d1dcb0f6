using System.CommandLine;
using System.Text.Json;
using Plumbline.Core.Annotations;
using Plumbline.Formats;

namespace Plumbline.Cli.Verbs;

/// <summary><c>formats</c>: what each format can say and cannot.</summary>
internal static class FormatsVerb
{
    private static readonly Option<bool> Json = new("--json") { Description = "Print as JSON." };

    public static Command Create()
    {
        var command = new Command("formats", "Lists the formats and what each can say.\n\nExample:\n  plumbline formats --json") { Json };
        command.SetAction(arguments =>
        {
            if (arguments.GetValue(Json)) JsonOutput.Print(WriteJson);
            else WriteText();
            return ExitCode.Done;
        });
        return command;
    }

    private static IEnumerable<(string Name, bool Can)> Fields(FormatAbilities can) =>
    [
        ("parts", can.Parts), ("holes", can.Holes), ("attributes", can.Attributes), ("ignore", can.Ignore), ("groups", can.Groups), ("scores", can.Scores), ("zOrder", can.ZOrder), ("ids", can.Ids),
        ("statedAreas", can.StatedAreas), ("statedBoxes", can.StatedBoxes), ("splits", can.Splits), ("classList", can.ClassList), ("classTree", can.ClassTree), ("imageSizes", can.ImageSizes),
        ("classColors", can.ClassColors), ("classRules", can.ClassRules), ("attributeDefinitions", can.AttributeDefinitions), ("skeletons", can.Skeletons), ("outlines", can.Outlines), ("tracks", can.Tracks),
        ("relations", can.Relations), ("imageAttributes", can.ImageAttributes), ("frames", can.Frames), ("provenance", can.Provenance), ("outcomes", can.Outcomes), ("otherFields", can.OtherFields),
    ];

    private static void WriteText()
    {
        foreach (var format in DatasetFormats.All)
        {
            var can = format.Abilities;
            Console.WriteLine($"{format.Name,-10} {format.Title}");
            Console.WriteLine($"           keeps    {string.Join(", ", can.Shapes.Select(Name).Concat(Fields(can).Where(f => f.Can).Select(f => f.Name)))}");
            if (can.StoredAs.Pairs.Any()) Console.WriteLine($"           turns    {string.Join(", ", can.StoredAs.Pairs.Select(s => $"{Name(s.From)} → {Name(s.To)}"))}");
            Console.WriteLine($"           loses    {string.Join(", ", Lost(can).Select(Name).Concat(Fields(can).Where(f => !f.Can).Select(f => f.Name)))}");
            foreach (var option in format.Options) Console.WriteLine($"           --{option.Name} {(option.IsFile ? "FILE" : string.Join('|', option.Values))}: {option.Description}");
        }
    }

    private static void WriteJson(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartArray("formats");
        foreach (var format in DatasetFormats.All)
        {
            json.WriteStartObject();
            json.WriteString("name", format.Name);
            json.WriteString("title", format.Title);
            Write(json, "shapes", format.Abilities.Shapes);
            json.WriteStartObject("storedAs");
            foreach (var (from, to) in format.Abilities.StoredAs.Pairs) json.WriteString(Name(from), Name(to));
            json.WriteEndObject();
            Write(json, "leftOut", Lost(format.Abilities));
            foreach (var (name, can) in Fields(format.Abilities)) json.WriteBoolean(name, can);
            json.WriteStartArray("options");
            foreach (var option in format.Options)
            {
                json.WriteStartObject();
                json.WriteString("name", option.Name);
                json.WriteStartArray("values");
                foreach (var value in option.Values) json.WriteStringValue(value);
                json.WriteEndArray();
                json.WriteString("description", option.Description);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, IEnumerable<ShapeKind> kinds)
    {
        json.WriteStartArray(name);
        foreach (var kind in kinds) json.WriteStringValue(Name(kind));
        json.WriteEndArray();
    }

    private static IEnumerable<ShapeKind> Lost(FormatAbilities can) => Enum.GetValues<ShapeKind>().Where(k => !can.Shapes.Contains(k) && can.StoredAs.Of(k) is null);

    private static string Name(ShapeKind kind) => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());
}
