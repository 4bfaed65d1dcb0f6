namespace Plumbline.Core.Checks;

/// <summary>Attributes that the ontology lacks.</summary>
internal sealed class UnknownAttribute(CheckContext context) : Check("unknown-attribute", CheckSeverity.Warning, "An annotation has an attribute that the ontology does not define for its class.")
{
    private readonly AttributeRules rules = new(context);

    public override void Look(CheckedImage image, FindingSink findings)
    {
        for (var i = 0; i < image.Objects.Count; i++)
        {
            if (image.Objects[i] is not { Attributes: { IsEmpty: false } attributes } item || !rules.Knows(item.ClassIndex)) continue;
            foreach (var name in attributes.Keys)
            {
                if (rules.Find(item.ClassIndex, name) is null) findings.Add(this, image, i, $"'{context.Classes[item.ClassIndex]}' has no attribute '{name}'.");
            }
        }
    }
}
