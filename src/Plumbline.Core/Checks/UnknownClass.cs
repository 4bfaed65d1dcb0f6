using System.Globalization;

namespace Plumbline.Core.Checks;

/// <summary>Classes that the ontology lacks.</summary>
internal sealed class UnknownClass(CheckContext context) : Check("unknown-class", CheckSeverity.Error, "Annotations have a class that the ontology does not define.")
{
    private readonly ClassCounts counts = new(context);

    public override void Look(CheckedImage image, FindingSink findings) => counts.Look(image);

    public override void Finish(FindingSink findings)
    {
        foreach (var ((name, count), defined) in counts.All.Zip(context.Defined))
        {
            if (defined is null) findings.AddForDataset(this, name, string.Create(CultureInfo.InvariantCulture, $"the ontology has no class '{name}', which {count} annotations have."));
        }
    }
}
