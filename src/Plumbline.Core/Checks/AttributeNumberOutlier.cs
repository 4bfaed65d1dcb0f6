using System.Globalization;
using Plumbline.Core.Annotations;

namespace Plumbline.Core.Checks;

/// <summary>Numbers far from the rest of their attribute.</summary>
internal sealed class AttributeNumberOutlier(CheckContext context)
    : Check("attribute-number-outlier", CheckSeverity.Warning, "A number is far from nearly all others of its attribute: often a wrong unit or a slip of a digit.")
{
    private readonly Values values = new();

    public override void Look(CheckedImage image, FindingSink findings)
    {
        values.Begin(image.Path);
        for (var i = 0; i < image.Objects.Count; i++)
        {
            if (image.Objects[i] is not { Attributes: { IsEmpty: false } attributes } item) continue;
            foreach (var (name, value) in attributes)
            {
                if (value is AttributeValue.Number number) values.Add($"{context.Classes[item.ClassIndex]}/{name}", number.Value, i, item.Id);
            }
        }
    }

    public override void Finish(FindingSink findings)
    {
        foreach (var group in values.Groups)
        {
            var spread = Spread.Of(values.Of(group));
            foreach (var (image, item, value, median) in values.Outliers(group, context.Limits.LeastForDistribution, context.Limits.OutlierDeviations, Math.Max(1e-9, Math.Abs(spread.Median) * .05)))
                findings.AddNamed(this, image, item, string.Create(CultureInfo.InvariantCulture, $"'{group}' is {value:0.######}; the median is {median:0.######}."));
        }
    }
}
