using System.Collections.Immutable;
using System.Text.Json;
using Plumbline.Core.Annotations;
using Plumbline.Core.Ontologies;
using Plumbline.Formats.Datasets;

namespace Plumbline.Formats.Records;

/// <summary>Attribute values and their definitions as JSON.</summary>
internal static class AttributeJson
{
    /// <summary>Writes a member <c>attributes</c>; nothing when there are none.</summary>
    public static void WriteValues(Utf8JsonWriter json, ImmutableSortedDictionary<string, AttributeValue> attributes)
    {
        if (attributes.IsEmpty) return;
        json.WriteStartObject("attributes");
        foreach (var (name, value) in attributes)
        {
            json.WritePropertyName(name);
            Write(json, value);
        }

        json.WriteEndObject();
    }

    /// <summary>Writes a value: a truth value, a number, a text or a list of texts.</summary>
    public static void Write(Utf8JsonWriter json, AttributeValue value)
    {
        switch (value)
        {
            case AttributeValue.Flag flag: json.WriteBooleanValue(flag.Value); break;
            case AttributeValue.Number number: json.WriteNumberValue(number.Value); break;
            case AttributeValue.Text text: json.WriteStringValue(text.Value); break;
            case AttributeValue.Choices choices: WriteList(json, choices.Values); break;
            default: throw new ArgumentOutOfRangeException(nameof(value), value, "Unknown kind of attribute value.");
        }
    }

    /// <summary>Reads what <see cref="WriteValues"/> writes.</summary>
    /// <exception cref="AnnotationFormatException">Not that.</exception>
    public static ImmutableSortedDictionary<string, AttributeValue> ReadValues(JsonAt? found)
    {
        if (found is not { } at) return DatasetAnnotation.NoAttributes;
        if (at.Element.ValueKind != JsonValueKind.Object) throw at.Fault("Attributes are an object.");
        var values = DatasetAnnotation.NoAttributes.ToBuilder();
        foreach (var property in at.Element.EnumerateObject()) values[property.Name] = Read(new JsonAt(property.Value, $"{at.Pointer}/{property.Name}"));
        return values.ToImmutable();
    }

    /// <summary>Reads one value.</summary>
    /// <exception cref="AnnotationFormatException">It is null or an object, or a list with something other than texts.</exception>
    public static AttributeValue Read(JsonAt at) => at.Element.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => new AttributeValue.Flag(at.Flag()),
        JsonValueKind.Number => new AttributeValue.Number(at.Number()),
        JsonValueKind.String => new AttributeValue.Text(at.Text(int.MaxValue)),
        JsonValueKind.Array => new AttributeValue.Choices([.. at.Items().Select(i => i.Text(int.MaxValue))]),
        _ => throw at.Fault("The value of an attribute is true, false, a number, text or an array of texts."),
    };

    /// <summary>Writes definitions as a member; nothing when there are none.</summary>
    public static void WriteDefinitions(Utf8JsonWriter json, string member, ImmutableArray<AttributeDefinition> definitions)
    {
        if (definitions.IsEmpty) return;
        json.WriteStartArray(member);
        foreach (var definition in definitions) Write(json, definition);
        json.WriteEndArray();
    }

    /// <summary>Reads what <see cref="WriteDefinitions"/> writes.</summary>
    /// <exception cref="AnnotationFormatException">Not that.</exception>
    public static ImmutableArray<AttributeDefinition> ReadDefinitions(JsonAt? found) => found is { } at ? [.. at.Items().Select(ReadDefinition)] : [];

    private static void Write(Utf8JsonWriter json, AttributeDefinition definition)
    {
        json.WriteStartObject();
        json.WriteString("id", definition.Id);
        json.WriteString("name", definition.Name);
        json.WriteString("kind", CamelCase.Of(definition.Kind));
        if (definition.Required) json.WriteBoolean("required", true);
        if (!definition.Options.IsEmpty)
        {
            json.WritePropertyName("options");
            WriteList(json, definition.Options);
        }

        if (definition.Minimum is { } minimum) json.WriteNumber("minimum", minimum);
        if (definition.Maximum is { } maximum) json.WriteNumber("maximum", maximum);
        if (definition.Condition is { } condition)
        {
            json.WriteStartObject("condition");
            json.WriteString("attribute", condition.AttributeId);
            json.WriteString("equalTo", condition.EqualTo);
            json.WriteEndObject();
        }

        if (definition.Immutable) json.WriteBoolean("immutable", true);
        json.WriteEndObject();
    }

    private static AttributeDefinition ReadDefinition(JsonAt at)
    {
        at.AsObject("id", "name", "kind", "required", "options", "minimum", "maximum", "condition", "immutable");
        return new AttributeDefinition
        {
            Id = at["id"].Text(int.MaxValue),
            Name = at["name"].Text(int.MaxValue),
            Kind = at["kind"].Name<AttributeKind>(),
            Required = at.Find("required")?.Flag() ?? false,
            Options = at.Find("options") is { } options ? [.. options.Items().Select(o => o.Text(int.MaxValue))] : [],
            Minimum = at.Find("minimum")?.Number(),
            Maximum = at.Find("maximum")?.Number(),
            Condition = at.Find("condition") is { } condition ? new(condition["attribute"].Text(int.MaxValue), condition["equalTo"].Text(int.MaxValue)) : null,
            Immutable = at.Find("immutable")?.Flag() ?? false,
        };
    }

    private static void WriteList(Utf8JsonWriter json, ImmutableArray<string> texts)
    {
        json.WriteStartArray();
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
