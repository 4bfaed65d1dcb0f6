using System.Globalization;

namespace Plumbline.Core.Checks;

/// <summary>Images with far more annotations than the rest.</summary>
internal sealed class CountOutlier(CheckContext context)
    : Check("count-outlier", CheckSeverity.Warning, "An image has far more annotations than nearly all others: often an import that ran twice, or work that stopped halfway in the others.")
{
    private readonly Values values = new();

    public override void Look(CheckedImage image, FindingSink findings)
    {
        values.Begin(image.Path);
        if (image.Objects.Count > 0) values.Add("", Math.Log2(image.Objects.Count), 0, null);
    }

    public override void Finish(FindingSink findings)
    {
        foreach (var group in values.Groups)
        {
            foreach (var (image, _, value, median) in values.Outliers(group, context.Limits.LeastForDistribution, context.Limits.OutlierDeviations, .25))
                findings.Add(this, image, string.Create(CultureInfo.InvariantCulture, $"it has {Math.Pow(2, value):0} annotations; the median of images that have any is {Math.Pow(2, median):0}."));
        }
    }
}
