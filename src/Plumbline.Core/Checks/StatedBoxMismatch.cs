using System.Globalization;
using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;

namespace Plumbline.Core.Checks;

/// <summary>Boxes that a file states beside an outline and that do not fit it.</summary>
internal sealed class StatedBoxMismatch()
    : Check("box-mismatch", CheckSeverity.Warning, "The box stated beside an outline is not the outline's: one of the two was edited alone, and detectors and segmenters learn different objects.")
{
    private const double LeastOverlap = .8;
    private const double LeastDistance = 2;

    public override void Look(CheckedImage image, FindingSink findings)
    {
        for (var i = 0; i < image.Objects.Count; i++)
        {
            if (image.Objects[i] is not { Shape: PolygonShape or MaskShape, StatedBox: { } stated, Bounds: { } bounds, Ignore: false }) continue;
            var off = Math.Max(Math.Max(Math.Abs(stated.X - bounds.X), Math.Abs(stated.Y - bounds.Y)), Math.Max(Math.Abs(stated.Right - bounds.Right), Math.Abs(stated.Bottom - bounds.Bottom)));
            if (off <= LeastDistance) continue;
            var overlap = BoxOverlap.IntersectionOverUnion(stated, bounds);
            if (!(overlap < LeastOverlap)) continue;
            findings.Add(this, image, i, string.Create(CultureInfo.InvariantCulture, $"the stated box and the outline's are {off:0.#} px apart and overlap by {overlap:0.00} only."));
        }
    }
}
