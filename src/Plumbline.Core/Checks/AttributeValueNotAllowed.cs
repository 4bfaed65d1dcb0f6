using System.Globalization;
using Plumbline.Core.Annotations;
using Plumbline.Core.Ontologies;

namespace Plumbline.Core.Checks;

/// <summary>Attribute values that the ontology does not allow.</summary>
internal sealed class AttributeValueNotAllowed(CheckContext context) : Check("attribute-value", CheckSeverity.Error, "An attribute has a value of the wrong kind, one that is not among its options, or a number out of its range.")
{
    private readonly AttributeRules rules = new(context);

    public override void Look(CheckedImage image, FindingSink findings)
    {
        for (var i = 0; i < image.Objects.Count; i++)
        {
            var item = image.Objects[i];
            foreach (var definition in rules.Of(item.ClassIndex))
            {
                if (AttributeRules.ValueOf(item, definition) is { } value && Fault(definition, value) is { } fault) findings.Add(this, image, i, fault);
            }
        }
    }

    private static string? Fault(AttributeDefinition definition, AttributeValue value) => (definition.Kind, value) switch
    {
        (AttributeKind.Boolean, AttributeValue.Flag) or (AttributeKind.Text, AttributeValue.Text) => null,
        (AttributeKind.Number, AttributeValue.Number { Value: var number }) => number < definition.Minimum || number > definition.Maximum
            ? string.Create(CultureInfo.InvariantCulture, $"'{definition.Name}' is {number}, outside {definition.Minimum?.ToString(CultureInfo.InvariantCulture) ?? "…"} to {definition.Maximum?.ToString(CultureInfo.InvariantCulture) ?? "…"}.")
            : null,
        (AttributeKind.Select, AttributeValue.Text) or (AttributeKind.MultiSelect, AttributeValue.Choices or AttributeValue.Text) =>
            AttributeCounts.TextsOf(value).FirstOrDefault(o => !definition.Options.Contains(o)) is { } option ? $"'{option}' is not an option of '{definition.Name}'." : null,
        _ => $"'{definition.Name}' takes {CamelCase.Of(definition.Kind)}.",
    };
}
