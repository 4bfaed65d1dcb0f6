namespace Plumbline.Core.Checks;

/// <summary>Defined attributes that never occur.</summary>
internal sealed class UnusedAttribute(CheckContext context) : Check("unused-attribute", CheckSeverity.Warning, "The ontology defines an attribute of a class and no annotation of the class has it.")
{
    private readonly AttributeRules rules = new(context);
    private readonly AttributeCounts counts = new(context);
    private readonly ClassCounts classes = new(context);

    public override void Look(CheckedImage image, FindingSink findings)
    {
        counts.Look(image);
        classes.Look(image);
    }

    public override void Finish(FindingSink findings)
    {
        foreach (var (index, (name, count)) in classes.All.Index())
        {
            if (count == 0) continue;
            foreach (var definition in rules.Of(index))
            {
                if (!counts.Occurs(name, definition.Name) && !counts.Occurs(name, definition.Id)) findings.AddForDataset(this, $"{name}/{definition.Name}", $"no annotation of '{name}' has a value of '{definition.Name}'.");
            }
        }
    }
}
