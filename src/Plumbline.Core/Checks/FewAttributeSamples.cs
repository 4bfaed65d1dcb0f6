using System.Globalization;

namespace Plumbline.Core.Checks;

/// <summary>Attribute values with too few samples.</summary>
internal sealed class FewAttributeSamples(CheckContext context) : Check("few-attribute-samples", CheckSeverity.Warning, "A value of an attribute occurs too seldom to learn from or to measure by.")
{
    private readonly AttributeCounts counts = new(context);

    public override void Look(CheckedImage image, FindingSink findings) => counts.Look(image);

    public override void Finish(FindingSink findings)
    {
        foreach (var (name, attribute, values) in counts.Choices)
        {
            foreach (var (value, count) in values)
            {
                if (count < context.Limits.FewSamples)
                    findings.AddForDataset(this, $"{name}/{attribute}", string.Create(CultureInfo.InvariantCulture, $"'{attribute}' = '{value}' of '{name}' occurs {count} times; fewer than {context.Limits.FewSamples} are too few."));
            }
        }
    }
}
