namespace Plumbline.Core.Checks;

/// <summary>Classes that no annotation has.</summary>
internal sealed class UnusedClass(CheckContext context) : Check("unused-class", CheckSeverity.Warning, "A class is defined and no annotation has it: a model cannot learn it, and measures leave it out or count it as 0.")
{
    private readonly ClassCounts counts = new(context);

    public override void Look(CheckedImage image, FindingSink findings) => counts.Look(image);

    public override void Finish(FindingSink findings)
    {
        foreach (var (name, count) in counts.All)
        {
            if (count == 0) findings.AddForDataset(this, name, $"no annotation has the class '{name}'.");
        }
    }
}
