using System.Globalization;

namespace Plumbline.Core.Checks;

/// <summary>Attribute values of very unequal counts.</summary>
internal sealed class AttributeImbalance(CheckContext context) : Check("attribute-imbalance", CheckSeverity.Warning, "One value of an attribute occurs many times as often as another.")
{
    private readonly AttributeCounts counts = new(context);

    public override void Look(CheckedImage image, FindingSink findings) => counts.Look(image);

    public override void Finish(FindingSink findings)
    {
        foreach (var (name, attribute, values) in counts.Choices)
        {
            if (values.Count < 2 || values[0].Value < context.Limits.ImbalanceRatio * values[^1].Value) continue;
            findings.AddForDataset(this, $"{name}/{attribute}", string.Create(CultureInfo.InvariantCulture, $"'{attribute}' of '{name}' is '{values[0].Key}' {values[0].Value} times and '{values[^1].Key}' {values[^1].Value} times."));
        }
    }
}
