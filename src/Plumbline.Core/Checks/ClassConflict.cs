using System.Globalization;

namespace Plumbline.Core.Checks;

/// <summary>One object with two classes.</summary>
internal sealed class ClassConflict(CheckContext context)
    : Check("class-conflict", CheckSeverity.Warning, "Two shapes of different classes cover the same: either one class is wrong, or what belongs into an attribute was made a class.")
{
    public override void Look(CheckedImage image, FindingSink findings) => Overlaps.Find(
        image.Objects,
        context.Limits.SamePlace,
        (a, b) => a.ClassIndex != b.ClassIndex && a.Shape.Kind == b.Shape.Kind,
        (a, b, overlap) => findings.Add(this, image, b, string.Create(
            CultureInfo.InvariantCulture,
            $"'{context.Classes[image.Objects[b].ClassIndex]}' covers the same as '{context.Classes[image.Objects[a].ClassIndex]}' of {image.NameOf(a)} (overlap {overlap:0.000}).")));
}
