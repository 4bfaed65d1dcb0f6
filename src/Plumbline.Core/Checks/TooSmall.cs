using System.Globalization;

namespace Plumbline.Core.Checks;

/// <summary>Shapes of a pixel or less on one side.</summary>
internal sealed class TooSmall(CheckContext context)
    : Check("too-small", CheckSeverity.Warning, "A shape is so thin or small that it is more likely a slip of the mouse than an object.")
{
    private readonly double least = context.Limits.LeastSide;

    public override void Look(CheckedImage image, FindingSink findings)
    {
        for (var i = 0; i < image.Objects.Count; i++)
        {
            var item = image.Objects[i];
            if (!item.IsArea || item.Area <= 0 || item.Bounds is not { } box || Math.Min(box.Width, box.Height) >= least) continue;
            findings.Add(this, image, i, string.Create(CultureInfo.InvariantCulture, $"it is {box.Width:0.##} × {box.Height:0.##} px; less than {least:0.##} px on a side is too small."));
        }
    }
}
