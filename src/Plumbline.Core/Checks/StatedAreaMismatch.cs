using System.Globalization;
using Plumbline.Core.Annotations;

namespace Plumbline.Core.Checks;

/// <summary>Areas that a file states and that are far from the shape's.</summary>
internal sealed class StatedAreaMismatch()
    : Check("area-mismatch", CheckSeverity.Warning, "The stated area is far from the shape's own: measures by object size sort it into the wrong drawer. It is kept as given.")
{
    private const double Share = .25;
    private const double Pixels = 64;

    public override void Look(CheckedImage image, FindingSink findings)
    {
        for (var i = 0; i < image.Objects.Count; i++)
        {
            if (image.Objects[i] is not { Shape: PolygonShape or MaskShape, StatedArea: { } stated, Ignore: false, Area: var area }) continue;
            var off = Math.Abs(stated - area);
            if (off > Pixels && off > Share * Math.Max(stated, area))
                findings.Add(this, image, i, string.Create(CultureInfo.InvariantCulture, $"the stated area is {stated:0.#} square pixels, the shape's {area:0.#}."));
        }
    }
}
