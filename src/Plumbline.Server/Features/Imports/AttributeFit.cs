using System.Globalization;
using Plumbline.Core.Annotations;
using Plumbline.Core.Ontologies;

namespace Plumbline.Server.Features.Imports;

/// <summary>Values of files as a project's attributes take them.</summary>
internal static class AttributeFit
{
    /// <summary>The value in the kind that the definition wants; null when it cannot be said in it.</summary>
    public static AttributeValue? Fit(AttributeDefinition definition, AttributeValue value)
    {
        var fitted = (definition.Kind, value) switch
        {
            (AttributeKind.Boolean, AttributeValue.Text { Value: "true" or "false" } text) => new AttributeValue.Flag(text.Value == "true"),
            (AttributeKind.Number, AttributeValue.Text text) when double.TryParse(text.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => new AttributeValue.Number(number),
            (AttributeKind.Text or AttributeKind.Select, AttributeValue.Flag flag) => new AttributeValue.Text(flag.Value ? "true" : "false"),
            (AttributeKind.Text or AttributeKind.Select, AttributeValue.Number number) => new AttributeValue.Text(number.Value.ToString(CultureInfo.InvariantCulture)),
            (AttributeKind.Text, AttributeValue.Choices choices) => new AttributeValue.Text(string.Join(", ", choices.Values)),
            (AttributeKind.Select, AttributeValue.Choices { Values: [var only] }) => new AttributeValue.Text(only),
            (AttributeKind.MultiSelect, AttributeValue.Text text) => new AttributeValue.Choices([text.Value]),
            _ => value,
        };
        return IsOf(definition, fitted) ? fitted : null;
    }

    private static bool IsOf(AttributeDefinition definition, AttributeValue value) => (definition.Kind, value) switch
    {
        (AttributeKind.Boolean, AttributeValue.Flag) => true,
        (AttributeKind.Number, AttributeValue.Number number) => double.IsFinite(number.Value) && !(number.Value < definition.Minimum) && !(number.Value > definition.Maximum),
        (AttributeKind.Text, AttributeValue.Text) => true,
        (AttributeKind.Select, AttributeValue.Text text) => definition.Options.Contains(text.Value),
        (AttributeKind.MultiSelect, AttributeValue.Choices choices) => choices.Values.Distinct().Count() == choices.Values.Length && choices.Values.All(definition.Options.Contains),
        _ => false,
    };
}
