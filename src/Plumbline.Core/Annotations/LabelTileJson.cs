using System.Collections.Immutable;
using System.Text.Json;
using Plumbline.Core.Masks;

namespace Plumbline.Core.Annotations;

/// <summary>
/// Tiles of label maps as JSON: <c>{"column":0,"row":0,"revision":3,"segments":["id",…],"runs":[0,100,1,65436]}</c>, runs as pairs of a label (0 = none, k = the k-th segment) and a length.
/// </summary>
public static class LabelTileJson
{
    private static readonly JsonWriterOptions WriterOptions = new() { SkipValidation = true };

    /// <summary>A tile as UTF-8.</summary>
    public static byte[] ToUtf8(PlacedTile placed)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, WriterOptions)) Write(json, placed);
        return stream.ToArray();
    }

    /// <summary>Writes a tile as one object.</summary>
    public static void Write(Utf8JsonWriter json, PlacedTile placed)
    {
        json.WriteStartObject();
        json.WriteNumber("column", placed.Place.Column);
        json.WriteNumber("row", placed.Place.Row);
        json.WriteNumber("revision", placed.Revision);
        json.WriteStartArray("segments");
        foreach (var segment in placed.Tile.Segments) json.WriteStringValue(segment);
        json.WriteEndArray();
        json.WriteStartArray("runs");
        foreach (var (label, length) in placed.Tile.Runs)
        {
            json.WriteNumberValue(label);
            json.WriteNumberValue(length);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Reads a whole document, as stored.</summary>
    /// <exception cref="AnnotationFormatException">It is no tile.</exception>
    public static PlacedTile Parse(ReadOnlyMemory<byte> utf8)
    {
        using var document = JsonDocument.Parse(utf8);
        return Read(new JsonAt(document.RootElement, ""));
    }

    /// <summary>Reads one object.</summary>
    /// <exception cref="AnnotationFormatException">It is no tile.</exception>
    public static PlacedTile Read(JsonElement element) => Read(new JsonAt(element, ""));

    /// <summary>Reads one object.</summary>
    /// <exception cref="AnnotationFormatException">It is no tile; the rule is <see cref="RefusalRule.BadTile"/> where its place can be told.</exception>
    internal static PlacedTile Read(JsonAt at)
    {
        var place = ReadPlace(at.AsObject("column", "row", "revision", "segments", "runs"));
        var revision = at["revision"].Revision();
        at = at.Under(RefusalRule.BadTile);
        try
        {
            return new PlacedTile(place, new LabelTile(ReadSegments(at["segments"]), ReadRuns(at["runs"])), revision);
        }
        catch (ArgumentException refused)
        {
            throw at.Fault(ShapeJson.FirstSentence(refused));
        }
    }

    internal static TilePlace ReadPlace(JsonAt at)
    {
        try
        {
            return new TilePlace(at["column"].Integer(), at["row"].Integer());
        }
        catch (ArgumentException refused)
        {
            throw at.Fault(ShapeJson.FirstSentence(refused));
        }
    }

    private static ImmutableArray<Guid> ReadSegments(JsonAt at) => [.. at.Items().Take(LabelTile.MaximumSegments + 1).Select(item => item.Id())];

    private static ImmutableArray<LabelRun> ReadRuns(JsonAt at)
    {
        const int Most = 2 * LabelTile.Side * LabelTile.Side;
        if (at.Element.ValueKind != JsonValueKind.Array) throw at.Fault("This must be an array of numbers.");
        var length = at.Element.GetArrayLength();
        if (length % 2 != 0 || length > Most) throw at.Fault($"Runs are pairs of a label and a length, at most {Most / 2} of them; there are {length} numbers.");
        var numbers = new int[length];
        var i = 0;
        foreach (var element in at.Element.EnumerateArray())
        {
            if (element.ValueKind != JsonValueKind.Number || !element.TryGetInt32(out numbers[i])) throw new AnnotationFormatException($"{at.Pointer}/{i}", "This must be a whole number.", RefusalRule.BadTile);
            i++;
        }

        return [.. numbers.Chunk(2).Select(pair => new LabelRun(pair[0], pair[1]))];
    }
}
