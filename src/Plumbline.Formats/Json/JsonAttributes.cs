using System.Collections.Immutable;
using System.Text.Json;
using Plumbline.Core.Annotations;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Text;

namespace Plumbline.Formats.Json;

/// <summary>Attribute values as JSON: a truth value, number, string or list of strings.</summary>
internal static class JsonAttributes
{
    /// <summary>The value; null when it is none of these.</summary>
    public static AttributeValue? ValueOf(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => new AttributeValue.Flag(json.ValueKind == JsonValueKind.True),
        JsonValueKind.Number when json.TryGetDouble(out var number) && double.IsFinite(number) => new AttributeValue.Number(number),
        JsonValueKind.String => new AttributeValue.Text(json.GetString()!), // a JSON string is one
        JsonValueKind.Array when json.EnumerateArray().All(e => e.ValueKind == JsonValueKind.String) => new AttributeValue.Choices([.. json.EnumerateArray().Select(e => e.GetString()!)]), // filtered
        _ => null,
    };

    /// <summary>The fields of an object that are attributes; none when it is no object.</summary>
    public static ImmutableSortedDictionary<string, AttributeValue> Of(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object) return DatasetAnnotation.NoAttributes;
        var attributes = DatasetAnnotation.NoAttributes.ToBuilder();
        foreach (var field in json.EnumerateObject())
        {
            if (ValueOf(field.Value) is { } value) attributes[field.Name] = value;
        }

        return attributes.Count == 0 ? DatasetAnnotation.NoAttributes : attributes.ToImmutable();
    }

    /// <summary>Adds a value.</summary>
    public static Utf8Text Write(Utf8Text text, AttributeValue value)
    {
        switch (value)
        {
            case AttributeValue.Flag flag: return text.Add(flag.Value ? "true"u8 : "false"u8);
            case AttributeValue.Number number: return text.Add(number.Value);
            case AttributeValue.Text words: return text.AddJson(words.Value);
            default:
                var options = ((AttributeValue.Choices)value).Values;
                text.Add("["u8);
                for (var i = 0; i < options.Length; i++) text.Add(i == 0 ? ""u8 : ","u8).AddJson(options[i]);
                return text.Add("]"u8);
        }
    }

    /// <summary>Adds an object of the attributes that are wanted.</summary>
    public static Utf8Text Write(Utf8Text text, IEnumerable<KeyValuePair<string, AttributeValue>> attributes)
    {
        text.Add("{"u8);
        var first = true;
        foreach (var (name, value) in attributes)
        {
            text.Add(first ? ""u8 : ","u8).AddJson(name).Add(":"u8);
            Write(text, value);
            first = false;
        }

        return text.Add("}"u8);
    }
}
