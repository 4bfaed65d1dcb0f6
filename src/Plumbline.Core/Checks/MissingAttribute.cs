using Plumbline.Core.Ontologies;

namespace Plumbline.Core.Checks;

/// <summary>Required attributes without a value.</summary>
internal sealed class MissingAttribute(CheckContext context) : Check("missing-attribute", CheckSeverity.Error, "The ontology requires an attribute and the annotation has no value for it.")
{
    private readonly AttributeRules rules = new(context);

    public override void Look(CheckedImage image, FindingSink findings)
    {
        for (var i = 0; i < image.Objects.Count; i++)
        {
            var item = image.Objects[i];
            foreach (var definition in rules.Of(item.ClassIndex))
            {
                if (definition.Required && AttributeRules.ValueOf(item, definition) is null && Asked(item, definition)) findings.Add(this, image, i, $"'{definition.Name}' has no value.");
            }
        }
    }

    private bool Asked(CheckedObject item, AttributeDefinition definition)
    {
        if (definition.Condition is not { } condition) return true;
        return rules.Of(item.ClassIndex).FirstOrDefault(a => a.Id == condition.AttributeId) is { } other
            && AttributeRules.ValueOf(item, other) is { } value && AttributeCounts.TextsOf(value).Contains(condition.EqualTo);
    }
}
