using System.Text.Json;

namespace Plumbline.Formats.Tests.Support;

/// <summary>As much of JSON Schema 2020-12 as the published schema uses; a keyword that is not known fails the test rather than passing everything.</summary>
internal sealed class SchemaCheck(JsonElement root)
{
    private static readonly string[] Known = ["$ref", "type", "const", "enum", "anyOf", "properties", "required", "additionalProperties", "items", "minItems", "maxItems", "minimum", "maximum", "description"];

    /// <summary>The first fault with its place; null when the value fits the definition.</summary>
    public string? Fault(JsonElement value, string definition) => Fault(value, root.GetProperty("$defs").GetProperty(definition), definition);

    private string? Fault(JsonElement value, JsonElement schema, string at)
    {
        if (schema.ValueKind == JsonValueKind.False) return $"{at}: nothing is allowed here";
        foreach (var keyword in schema.EnumerateObject())
        {
            Assert.Contains(keyword.Name, Known);
            if (Fault(value, keyword, schema, at) is { } fault) return fault;
        }

        return null;
    }

    private string? Fault(JsonElement value, JsonProperty keyword, JsonElement schema, string at) => keyword.Name switch
    {
        "$ref" => Fault(value, keyword.Value.GetString()!["#/$defs/".Length..]),
        "type" => Types(keyword.Value).Any(t => Is(value, t)) ? null : $"{at}: {value.ValueKind} is not {keyword.Value}",
        "const" => JsonElement.DeepEquals(value, keyword.Value) ? null : $"{at}: {value} is not {keyword.Value}",
        "enum" => keyword.Value.EnumerateArray().Any(v => JsonElement.DeepEquals(v, value)) ? null : $"{at}: {value} is not one of {keyword.Value}",
        "anyOf" => keyword.Value.EnumerateArray().Any(s => Fault(value, s, at) is null) ? null : $"{at}: {value} fits no alternative",
        "required" when value.ValueKind == JsonValueKind.Object => keyword.Value.EnumerateArray().Select(r => r.GetString()!).Where(r => !value.TryGetProperty(r, out _)).Select(r => $"{at}: {r} is missing").FirstOrDefault(),
        "properties" when value.ValueKind == JsonValueKind.Object => keyword.Value.EnumerateObject().Select(p => value.TryGetProperty(p.Name, out var member) ? Fault(member, p.Value, $"{at}/{p.Name}") : null).FirstOrDefault(f => f is not null),
        "additionalProperties" when value.ValueKind == JsonValueKind.Object => value.EnumerateObject().Where(m => !schema.TryGetProperty("properties", out var known) || !known.TryGetProperty(m.Name, out _)).Select(m => Fault(m.Value, keyword.Value, $"{at}/{m.Name}")).FirstOrDefault(f => f is not null),
        "items" when value.ValueKind == JsonValueKind.Array => value.EnumerateArray().Select((v, i) => Fault(v, keyword.Value, $"{at}/{i}")).FirstOrDefault(f => f is not null),
        "minItems" when value.ValueKind == JsonValueKind.Array => value.GetArrayLength() >= keyword.Value.GetInt32() ? null : $"{at}: too few",
        "maxItems" when value.ValueKind == JsonValueKind.Array => value.GetArrayLength() <= keyword.Value.GetInt32() ? null : $"{at}: too many",
        "minimum" when value.ValueKind == JsonValueKind.Number => value.GetDouble() >= keyword.Value.GetDouble() ? null : $"{at}: {value} is too small",
        "maximum" when value.ValueKind == JsonValueKind.Number => value.GetDouble() <= keyword.Value.GetDouble() ? null : $"{at}: {value} is too large",
        _ => null,
    };

    private static IEnumerable<string> Types(JsonElement type) => type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(t => t.GetString()!) : [type.GetString()!];

    private static bool Is(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        _ => throw new ArgumentException($"{type} is no type."),
    };
}
