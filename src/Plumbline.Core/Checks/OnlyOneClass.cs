namespace Plumbline.Core.Checks;

/// <summary>Several classes of which only one occurs.</summary>
internal sealed class OnlyOneClass(CheckContext context) : Check("only-one-class", CheckSeverity.Warning, "Several classes are defined and only one occurs: often a sign that an import lost the others.")
{
    private readonly ClassCounts counts = new(context);

    public override void Look(CheckedImage image, FindingSink findings) => counts.Look(image);

    public override void Finish(FindingSink findings)
    {
        if (context.Classes.Length > 1 && counts.Used.ToList() is [var only]) findings.AddForDataset(this, only.Name, $"of {context.Classes.Length} classes only '{only.Name}' occurs.");
    }
}
