using System.Globalization;

namespace Plumbline.Core.Checks;

/// <summary>Classes of very unequal counts.</summary>
internal sealed class ClassImbalance(CheckContext context) : Check("class-imbalance", CheckSeverity.Warning, "The commonest class has many times the annotations of the rarest: a model learns to prefer it.")
{
    private readonly ClassCounts counts = new(context);

    public override void Look(CheckedImage image, FindingSink findings) => counts.Look(image);

    public override void Finish(FindingSink findings)
    {
        var used = counts.Used.ToList();
        if (used.Count < 2) return;
        var (most, least) = (used.MaxBy(c => c.Count), used.MinBy(c => c.Count));
        if (most.Count < context.Limits.ImbalanceRatio * least.Count) return;
        findings.AddForDataset(this, null, string.Create(CultureInfo.InvariantCulture, $"'{most.Name}' has {most.Count} annotations, '{least.Name}' {least.Count}: {(double)most.Count / least.Count:0.#} to 1."));
    }
}
