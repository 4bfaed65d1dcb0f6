using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Plumbline.Core.Annotations;

/// <summary>Annotations as JSON: the form in which they travel and in which they are stored.</summary>
/// <remarks>
/// One annotation has exactly one form: members in a fixed order, attributes sorted by id, numbers in the shortest form that reads back as the same double,
/// times in UTC, relations sorted, these and a verdict only where there are some. Reading what was written gives an equal annotation. Unknown and repeated members are refused, so that nothing is dropped in silence.
/// </remarks>
public static class AnnotationJson
{
    /// <summary>The most vertices that one shape may have.</summary>
    public const int MaximumVertices = 100_000;

    private const int MaximumText = 10_000;

    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>The JSON in UTF-8.</summary>
    public static byte[] ToUtf8(Annotation annotation)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Compact)) Write(json, annotation);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Writes one object.</summary>
    public static void Write(Utf8JsonWriter json, Annotation annotation)
    {
        json.WriteStartObject();
        json.WriteString("id", annotation.Id);
        json.WriteString("classId", annotation.ClassId);
        json.WritePropertyName("shape");
        ShapeJson.Write(json, annotation.Shape);
        json.WriteStartObject("attributes");
        foreach (var (id, value) in annotation.Attributes) WriteAttribute(json, id, value);
        json.WriteEndObject();
        json.WriteNumber("z", annotation.Z);
        json.WriteString("groupId", annotation.GroupId);
        json.WriteBoolean("ignore", annotation.Ignore);
        if (annotation.Score is { } score) json.WriteNumber("score", score);
        else json.WriteNull("score");
        WriteProvenance(json, annotation.Provenance);
        if (!annotation.Relations.IsEmpty) WriteRelations(json, annotation.Relations);
        if (annotation.Verdict is { } verdict) json.WriteString("verdict", CamelCase.Of(verdict));
        json.WriteNumber("revision", annotation.Revision);
        json.WriteEndObject();
    }

    /// <summary>Reads a whole document, as stored.</summary>
    /// <exception cref="AnnotationFormatException">It is not an annotation; the pointer starts at the document.</exception>
    public static Annotation Parse(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8, Strict);
            return Read(document.RootElement, "");
        }
        catch (JsonException fault)
        {
            throw new AnnotationFormatException("", $"This is not JSON: {fault.Message}");
        }
    }

    /// <summary>Reads one object. Only id, class and shape must be there; what is missing takes the default of <see cref="Annotation"/>.</summary>
    /// <param name="element">The object.</param>
    /// <param name="pointer">Where it stands in its document; pointers in errors start with it.</param>
    /// <exception cref="AnnotationFormatException">It is not an annotation.</exception>
    public static Annotation Read(JsonElement element, string pointer) => Read(new JsonAt(element, pointer));

    internal static Annotation Read(JsonAt at)
    {
        at.AsObject("id", "classId", "shape", "attributes", "z", "groupId", "ignore", "score", "provenance", "relations", "verdict", "revision");
        return new Annotation
        {
            Id = at["id"].Id(),
            ClassId = at["classId"].Text(64),
            Shape = ShapeJson.Read(at["shape"], MaximumVertices),
            Attributes = ReadAttributes(at.Find("attributes")),
            Z = at.Find("z")?.Integer() ?? 0,
            GroupId = at.FindValue("groupId")?.Text(200),
            Ignore = at.Find("ignore")?.Flag() ?? false,
            Score = at.FindValue("score") is { } score ? ReadScore(score) : null,
            Provenance = at.Find("provenance") is { } provenance ? ReadProvenance(provenance) : new Provenance(Origin.Drawn),
            Relations = at.FindValue("relations") is { } relations ? ReadRelations(relations.Under(RefusalRule.BadRelation)) : [],
            Verdict = at.FindValue("verdict")?.Name<Verdict>(),
            Revision = at.Find("revision")?.Revision() ?? 0,
        };
    }

    private static void WriteAttribute(Utf8JsonWriter json, string id, AttributeValue value)
    {
        switch (value)
        {
            case AttributeValue.Flag flag:
                json.WriteBoolean(id, flag.Value);
                break;
            case AttributeValue.Number number:
                json.WriteNumber(id, number.Value);
                break;
            case AttributeValue.Text text:
                json.WriteString(id, text.Value);
                break;
            case AttributeValue.Choices choices:
                json.WriteStartArray(id);
                foreach (var choice in choices.Values) json.WriteStringValue(choice);
                json.WriteEndArray();
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(value), value, "This value has no JSON form.");
        }
    }

    private static void WriteRelations(Utf8JsonWriter json, ImmutableArray<Relation> relations)
    {
        json.WriteStartArray("relations");
        foreach (var relation in relations)
        {
            json.WriteStartObject();
            json.WriteString("predicate", relation.Predicate);
            json.WriteString("object", relation.Object);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static ImmutableArray<Relation> ReadRelations(JsonAt at)
    {
        var relations = at.Items().Take(Relation.Maximum + 1).Select(one => new Relation(one.AsObject("predicate", "object")["predicate"].Text(64), one["object"].Id())).ToList();
        return relations.Count <= Relation.Maximum ? Relation.InOrder(relations) : throw at.Fault($"An annotation has at most {Relation.Maximum} relations.");
    }

    private static void WriteProvenance(Utf8JsonWriter json, Provenance provenance)
    {
        json.WriteStartObject("provenance");
        json.WriteString("origin", CamelCase.Of(provenance.Origin));
        json.WriteString("by", provenance.By);
        json.WriteString("at", provenance.At?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture));
        json.WriteEndObject();
    }

    private static ImmutableSortedDictionary<string, AttributeValue> ReadAttributes(JsonAt? found)
    {
        var values = ImmutableSortedDictionary.CreateBuilder<string, AttributeValue>(StringComparer.Ordinal);
        if (found is not { } at) return values.ToImmutable();
        if (at.Element.ValueKind != JsonValueKind.Object) throw at.Fault("Attributes are an object.");
        foreach (var property in at.Element.EnumerateObject())
        {
            var escaped = property.Name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
            values[property.Name] = ReadAttribute(new JsonAt(property.Value, $"{at.Pointer}/{escaped}", RefusalRule.BadAttribute));
        }

        return values.ToImmutable();
    }

    private static AttributeValue ReadAttribute(JsonAt at) => at.Element.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => new AttributeValue.Flag(at.Flag()),
        JsonValueKind.Number => new AttributeValue.Number(at.Number()),
        JsonValueKind.String => new AttributeValue.Text(at.Text(MaximumText)),
        JsonValueKind.Array => new AttributeValue.Choices([.. at.Items().Select(choice => choice.Text(MaximumText))]),
        _ => throw at.Fault("The value of an attribute is true, false, a number, text or an array of texts."),
    };

    private static double ReadScore(JsonAt at) => at.Number() is >= 0 and <= 1 and var score ? score : throw at.Fault("A score is a number between 0 and 1.");

    private static Provenance ReadProvenance(JsonAt at)
    {
        at.AsObject("origin", "by", "at");
        return new Provenance(
            at["origin"].Name<Origin>(),
            at.FindValue("by")?.Text(200),
            at.FindValue("at") is not { } time ? null
            : time.Element.ValueKind == JsonValueKind.String && time.Element.TryGetDateTimeOffset(out var value) ? value
            : throw time.Fault("This must be a time such as 2026-01-31T12:00:00Z."));
    }
}
