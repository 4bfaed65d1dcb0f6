using System.Globalization;

namespace Plumbline.Core.Checks;

/// <summary>Attributes that always have the same value.</summary>
internal sealed class OnlyOneAttributeValue(CheckContext context) : Check("only-one-attribute-value", CheckSeverity.Warning, "An attribute has the same value everywhere: it says nothing, or nobody changed the preset.")
{
    private readonly AttributeCounts counts = new(context);

    public override void Look(CheckedImage image, FindingSink findings) => counts.Look(image);

    public override void Finish(FindingSink findings)
    {
        foreach (var (name, attribute, values) in counts.Choices)
        {
            if (values is [{ Value: >= 2 } only]) findings.AddForDataset(this, $"{name}/{attribute}", string.Create(CultureInfo.InvariantCulture, $"all {only.Value} values of '{attribute}' of '{name}' are '{only.Key}'."));
        }
    }
}
