namespace Plumbline.Core.Checks;

/// <summary>Pictures that cannot be decoded.</summary>
internal sealed class UnreadablePicture() : Check("unreadable-picture", CheckSeverity.Error, "A picture cannot be decoded to its end: truncated, damaged, or not a picture.")
{
    public override void Look(CheckedImage image, FindingSink findings)
    {
        if (image.Picture is { Fault: { } fault }) findings.Add(this, image.Path, fault);
    }
}
