using System.Globalization;

namespace Plumbline.Core.Checks;

/// <summary>Objects far larger or smaller than the rest of their class.</summary>
internal sealed class SizeOutlier(CheckContext context)
    : Check("size-outlier", CheckSeverity.Warning, "An object is many times larger or smaller than nearly all of its class (by the side of a square of its area, on a scale of doublings): often a wrong class or a slip.")
{
    private readonly Values values = new();

    public override void Look(CheckedImage image, FindingSink findings)
    {
        values.Begin(image.Path);
        for (var i = 0; i < image.Objects.Count; i++)
        {
            if (image.Objects[i] is { Ignore: false, IsArea: true, Area: > 0 } item) values.Add(context.Classes[item.ClassIndex], Math.Log2(item.Area) / 2, i, item.Id);
        }
    }

    public override void Finish(FindingSink findings)
    {
        foreach (var name in values.Groups)
        {
            foreach (var (image, item, value, median) in values.Outliers(name, context.Limits.LeastForDistribution, context.Limits.OutlierDeviations, .25))
                findings.AddNamed(this, image, item, string.Create(CultureInfo.InvariantCulture, $"its side is {Math.Pow(2, value):0.#} px; the median of '{name}' is {Math.Pow(2, median):0.#} px."));
        }
    }
}
