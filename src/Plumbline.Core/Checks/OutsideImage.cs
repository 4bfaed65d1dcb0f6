using System.Globalization;
using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;

namespace Plumbline.Core.Checks;

/// <summary>Shapes that stick out of their image.</summary>
internal sealed class OutsideImage(CheckContext context)
    : Check("outside-image", CheckSeverity.Error, "A shape reaches outside its image: a sign of labels made for another size or orientation, and loaders clip or crash. Boxes and polygons are cut at the edge.")
{
    private readonly double overhang = context.Limits.Overhang;

    public override bool CanFix => true;

    public override void Look(CheckedImage image, FindingSink findings)
    {
        if (image is not { Width: { } width, Height: { } height }) return;
        for (var i = 0; i < image.Objects.Count; i++)
        {
            if (image.Objects[i].Bounds is not { } box) continue;
            var reach = Math.Max(Math.Max(-box.X, -box.Y), Math.Max(box.Right - width, box.Bottom - height));
            if (reach <= overhang) continue;
            var gone = box.X >= width || box.Y >= height || box.Right <= 0 || box.Bottom <= 0;
            var message = gone
                ? string.Create(CultureInfo.InvariantCulture, $"it lies outside the image of {width} × {height}: from ({box.X:0.##}, {box.Y:0.##}) to ({box.Right:0.##}, {box.Bottom:0.##}).")
                : string.Create(CultureInfo.InvariantCulture, $"it reaches {reach:0.##} px outside the image of {width} × {height}.");
            findings.Add(this, image, i, message, RepairOf(image.Objects[i].Shape, i, gone, new Box(0, 0, width, height)));
        }
    }

    private static Repair? RepairOf(Shape shape, int place, bool gone, Box frame)
    {
        if (gone) return new(place, null);
        return shape switch
        {
            BoxShape box => new(place, box.Box.Intersect(frame) is { } inside ? new BoxShape(inside) : null),
            PolygonShape polygon => new(place, polygon.Polygon.ClipTo(frame) is { } inside ? new PolygonShape(inside) : null),
            _ => null, // a turned box, an ellipse or a skeleton cut at the edge is another shape: a person decides
        };
    }
}
