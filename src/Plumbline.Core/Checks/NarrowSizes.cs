using System.Globalization;

namespace Plumbline.Core.Checks;

/// <summary>Classes nearly all of whose objects have one size.</summary>
internal sealed class NarrowSizes(CheckContext context)
    : Check("narrow-sizes", CheckSeverity.Warning, "Nearly all objects of a class have about the same size: a model will not find it nearer or farther away.")
{
    private readonly Values values = new();

    public override void Look(CheckedImage image, FindingSink findings)
    {
        values.Begin(image.Path);
        foreach (var item in image.Objects)
        {
            if (item is { Ignore: false, IsArea: true, Area: > 0 }) values.Add(context.Classes[item.ClassIndex], Math.Log2(item.Area) / 2, 0, null);
        }
    }

    public override void Finish(FindingSink findings)
    {
        foreach (var name in values.Groups)
        {
            var sizes = values.Of(name);
            if (sizes.Length < context.Limits.LeastForDistribution) continue;
            var spread = Spread.Of(sizes);
            var share = Spread.Dominance(sizes);
            if (share >= context.Limits.DominanceShare)
                findings.AddForDataset(this, name, string.Create(CultureInfo.InvariantCulture, $"{share:0%} of the objects of '{name}' have sizes of about {Math.Pow(2, spread.Median):0.#} px."));
        }
    }
}
