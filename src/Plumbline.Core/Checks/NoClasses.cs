namespace Plumbline.Core.Checks;

/// <summary>Datasets without a list of classes.</summary>
internal sealed class NoClasses(CheckContext context) : Check("no-classes", CheckSeverity.Error, "The dataset names no class; nothing can be learnt or measured from it.")
{
    public override void Finish(FindingSink findings)
    {
        if (context.Classes.IsEmpty) findings.AddForDataset(this, null, "the dataset names no class.");
    }
}
