using System.Globalization;

namespace Plumbline.Core.Checks;

/// <summary>Pictures of another size than the labels say.</summary>
internal sealed class PictureSizeMismatch()
    : Check("size-mismatch", CheckSeverity.Error, "The picture has another size than the labels state: shapes land in the wrong place. Whether the labels or the picture were rescaled only a person can say.")
{
    public override void Look(CheckedImage image, FindingSink findings)
    {
        if (image is not { Width: { } width, Height: { } height, Picture: { StoredWidth: > 0 } picture }) return;
        if ((picture.Width, picture.Height) == (width, height) || ExifOrientation.Explains(image, picture)) return;
        findings.Add(this, image.Path, string.Create(CultureInfo.InvariantCulture, $"the labels state {width} × {height}, the upright picture has {picture.Width} × {picture.Height}."));
    }
}
