using Plumbline.Core.Geometry;

namespace Plumbline.Core.Quality.Overlap;

/// <summary>How far each side of a box lies outside the right place, in pixels: above 0 where the box is too large there, below 0 where it cuts the object off.</summary>
public readonly record struct BoxMargins(double Left, double Top, double Right, double Bottom);

/// <summary>How well a box fits its object.</summary>
/// <param name="IntersectionOverUnion">With the right box, in [0, 1]; NaN when neither has an area.</param>
/// <param name="Margins">Side by side.</param>
public readonly record struct BoxTightness(double IntersectionOverUnion, BoxMargins Margins)
{
    /// <summary>Judges a box by the right one: the gold box, or the tightest box of the same object's mask.</summary>
    public static BoxTightness Of(Box given, Box right) =>
        new(BoxOverlap.IntersectionOverUnion(given, right), new(right.X - given.X, right.Y - given.Y, given.Right - right.Right, given.Bottom - right.Bottom));

    /// <summary>Judges a rotated box in the frame of the right one: the sides are those of the right box, and the given one reaches as far as its corners do there.</summary>
    public static BoxTightness Of(RotatedBox given, RotatedBox right)
    {
        var (sin, cos) = Math.SinCos(right.AngleRadians);
        var corners = given.Corners().Select(p => (X: p.X - right.CenterX, Y: p.Y - right.CenterY)).Select(p => new Point2((p.X * cos) + (p.Y * sin), (p.Y * cos) - (p.X * sin))).ToArray();
        var margins = Of(Box.Around(corners), new Box(-right.Width / 2, -right.Height / 2, right.Width, right.Height)).Margins;
        return new(Polygon.FromRing(given.Corners()).IntersectionOverUnion(Polygon.FromRing(right.Corners())), margins);
    }
}
