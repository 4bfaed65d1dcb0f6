using System.Globalization;

namespace Plumbline.Core.Checks;

/// <summary>Objects far larger or smaller than the rest with the same attribute value.</summary>
internal sealed class AttributeSizeOutlier(CheckContext context)
    : Check("attribute-size-outlier", CheckSeverity.Warning, "An object is many times larger or smaller than nearly all of its class with the same attribute value.")
{
    private readonly AttributeSizes sizes = new(context);

    public override void Look(CheckedImage image, FindingSink findings) => sizes.Look(image);

    public override void Finish(FindingSink findings)
    {
        foreach (var group in sizes.Values.Groups)
        {
            foreach (var (image, item, value, median) in sizes.Values.Outliers(group, context.Limits.LeastForDistribution, context.Limits.OutlierDeviations, .25))
                findings.AddNamed(this, image, item, string.Create(CultureInfo.InvariantCulture, $"its side is {Math.Pow(2, value):0.#} px; the median of '{group}' is {Math.Pow(2, median):0.#} px."));
        }
    }
}
