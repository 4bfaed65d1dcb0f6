using System.Globalization;

namespace Plumbline.Core.Checks;

/// <summary>Pictures that are stored turned, with labels that may not have followed.</summary>
internal sealed class ExifOrientation()
    : Check("exif-orientation", CheckSeverity.Warning, "The picture is stored turned or mirrored and says so in its EXIF data. Tools that ignore it show the labels in the wrong place, and labels made in such a tool are wrong for everyone else.")
{
    /// <summary>The stated size is that of the picture as stored: the labels were made without turning it.</summary>
    public static bool Explains(CheckedImage image, PictureFacts picture) => picture.Orientation >= 5 && (image.Width, image.Height) == (picture.StoredWidth, picture.StoredHeight) && picture.StoredWidth != picture.StoredHeight;

    public override void Look(CheckedImage image, FindingSink findings)
    {
        if (image.Picture is not { Orientation: > 1 } picture) return;
        var message = Explains(image, picture)
            ? string.Create(CultureInfo.InvariantCulture, $"orientation {picture.Orientation}; the stated size {image.Width} × {image.Height} is that of the stored picture, so the labels were made without turning it.")
            : string.Create(CultureInfo.InvariantCulture, $"orientation {picture.Orientation}; make sure that the labels refer to the upright picture of {picture.Width} × {picture.Height}.");
        findings.Add(this, image.Path, message);
    }
}
