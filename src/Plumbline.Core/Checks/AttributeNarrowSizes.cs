using System.Globalization;

namespace Plumbline.Core.Checks;

/// <summary>Attribute values nearly all of whose objects have one size.</summary>
internal sealed class AttributeNarrowSizes(CheckContext context)
    : Check("attribute-narrow-sizes", CheckSeverity.Warning, "Nearly all objects with one attribute value have about the same size: a model may learn the size in its place.")
{
    private readonly AttributeSizes sizes = new(context);

    public override void Look(CheckedImage image, FindingSink findings) => sizes.Look(image);

    public override void Finish(FindingSink findings)
    {
        foreach (var group in sizes.Values.Groups)
        {
            var values = sizes.Values.Of(group);
            if (values.Length < context.Limits.LeastForDistribution) continue;
            var spread = Spread.Of(values);
            var share = Spread.Dominance(values);
            if (share >= context.Limits.DominanceShare)
                findings.AddForDataset(this, group, string.Create(CultureInfo.InvariantCulture, $"{share:0%} of the objects with '{group}' have sizes of about {Math.Pow(2, spread.Median):0.#} px."));
        }
    }
}
