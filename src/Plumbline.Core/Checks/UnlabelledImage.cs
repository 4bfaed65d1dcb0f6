namespace Plumbline.Core.Checks;

/// <summary>Images that nobody labelled.</summary>
internal sealed class UnlabelledImage()
    : Check("unlabelled-image", CheckSeverity.Warning, "An image has no annotation and nobody said that it is empty: in training it counts as background.")
{
    public override void Look(CheckedImage image, FindingSink findings)
    {
        if (image.Objects.Count == 0 && !image.Settled) findings.Add(this, image.Path, "it has no annotation.");
    }
}
