using System.Globalization;

namespace Plumbline.Core.Checks;

/// <summary>Objects of a form unlike the rest of their class.</summary>
internal sealed class AspectOutlier(CheckContext context)
    : Check("aspect-outlier", CheckSeverity.Warning, "An object is far wider or taller for its height than nearly all of its class: often two objects in one box, or half of one.")
{
    private readonly Values values = new();

    public override void Look(CheckedImage image, FindingSink findings)
    {
        values.Begin(image.Path);
        for (var i = 0; i < image.Objects.Count; i++)
        {
            if (image.Objects[i] is { Ignore: false, IsArea: true, Bounds: { Width: > 0, Height: > 0 } box } item) values.Add(context.Classes[item.ClassIndex], Math.Log2(box.Width / box.Height), i, item.Id);
        }
    }

    public override void Finish(FindingSink findings)
    {
        foreach (var name in values.Groups)
        {
            foreach (var (image, item, value, median) in values.Outliers(name, context.Limits.LeastForDistribution, context.Limits.OutlierDeviations, .25))
                findings.AddNamed(this, image, item, string.Create(CultureInfo.InvariantCulture, $"it is {Math.Pow(2, value):0.###} times as wide as high; the median of '{name}' is {Math.Pow(2, median):0.###}."));
        }
    }
}
