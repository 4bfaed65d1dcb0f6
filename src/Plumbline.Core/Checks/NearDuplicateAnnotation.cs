using System.Globalization;

namespace Plumbline.Core.Checks;

/// <summary>One object drawn twice with a small jitter.</summary>
internal sealed class NearDuplicateAnnotation(CheckContext context)
    : Check("near-duplicate-annotation", CheckSeverity.Warning, "Two shapes of one class cover almost the same: most likely one object drawn twice.")
{
    public override void Look(CheckedImage image, FindingSink findings) => Overlaps.Find(
        image.Objects,
        context.Limits.SameObject,
        (a, b) => a.ClassIndex == b.ClassIndex && !a.Shape.Equals(b.Shape) && a.Shape.Kind == b.Shape.Kind,
        (a, b, overlap) => findings.Add(this, image, b, string.Create(CultureInfo.InvariantCulture, $"it covers almost the same as {image.NameOf(a)} (overlap {overlap:0.000}).")));
}
