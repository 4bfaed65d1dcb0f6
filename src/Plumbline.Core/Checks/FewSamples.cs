using System.Globalization;

namespace Plumbline.Core.Checks;

/// <summary>Classes with too few annotations.</summary>
internal sealed class FewSamples(CheckContext context) : Check("few-samples", CheckSeverity.Warning, "A class has too few annotations to learn from or to measure by.")
{
    private readonly ClassCounts counts = new(context);

    public override void Look(CheckedImage image, FindingSink findings) => counts.Look(image);

    public override void Finish(FindingSink findings)
    {
        foreach (var (name, count) in counts.Used)
        {
            if (count < context.Limits.FewSamples) findings.AddForDataset(this, name, string.Create(CultureInfo.InvariantCulture, $"'{name}' has {count} annotations; fewer than {context.Limits.FewSamples} are too few."));
        }
    }
}
