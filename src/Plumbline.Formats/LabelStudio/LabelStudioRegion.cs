using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Pictures;

namespace Plumbline.Formats.LabelStudio;

/// <summary>Shapes of results. Shares are of the unrotated original picture whatever <c>image_rotation</c> says, which only turns the view; angles are about the top-left corner, so they are applied in pixels.</summary>
internal static class LabelStudioRegion
{
    /// <summary>The shape of a result; null when it has none.</summary>
    /// <exception cref="FormatException">It has a fault.</exception>
    public static Shape? Of(LabelStudioResult result, PictureSize? picture)
    {
        if (!result.IsRegion) return null;
        if (result.Fault is { } fault) throw new FormatException(fault);
        if (!(result.Width is { } width && result.Height is { } height))
        {
            if (picture is not { } size) throw new FormatException("original_width and original_height are missing, and no picture tells them");
            (width, height) = (size.Width, size.Height);
        }

        double X(double share) => PixelSnap.Of(share / 100 * width);
        double Y(double share) => PixelSnap.Of(share / 100 * height);
        if (result.Rle is { } rle) return new MaskShape(BrushRle.Decode(rle, width, height));
        if (result.Points is { } given)
        {
            Point2[] points = [.. given.Select(p => new Point2(X(p.X), Y(p.Y)))];
            if (result.Closed == false) return points.Length >= 2 ? new PolylineShape(new Polyline([.. points])) : throw new FormatException("a line needs two points");
            return points.Length >= 3 ? new PolygonShape(Polygon.FromRing([.. points])) : throw new FormatException("a polygon needs three points");
        }

        if (!(result.X is { } x && result.Y is { } y)) throw new FormatException("x or y is missing");
        if (result is { RadiusX: { } radiusX, RadiusY: { } radiusY })
            return radiusX >= 0 && radiusY >= 0 ? new EllipseShape(new Ellipse(X(x), Y(y), X(radiusX), Y(radiusY), Radians(result.Rotation))) : throw new FormatException("a radius is negative");
        if (result.Type is "keypointlabels" or "keypoint" || result.ValueHeight is null) return new PointShape(new(X(x), Y(y)));
        if (result.ValueWidth is not { } shareWidth || result.ValueHeight is not { } shareHeight) throw new FormatException("width or height is missing");
        double boxWidth = X(shareWidth), boxHeight = Y(shareHeight);
        if (boxWidth < 0 || boxHeight < 0) throw new FormatException("a side is negative");
        if (result.Rotation % 360 == 0) return new BoxShape(new Box(X(x), Y(y), boxWidth, boxHeight));
        var angle = Radians(result.Rotation);
        var (sin, cos) = Math.SinCos(angle);
        double left = x / 100 * width, top = y / 100 * height;
        return new RotatedBoxShape(new RotatedBox(
            PixelSnap.Of(left + (cos * boxWidth / 2) - (sin * boxHeight / 2)),
            PixelSnap.Of(top + (sin * boxWidth / 2) + (cos * boxHeight / 2)),
            boxWidth,
            boxHeight,
            angle));
    }

    /// <summary>The corner about which Label Studio turns a box.</summary>
    public static Point2 TopLeft(RotatedBox box)
    {
        var (sin, cos) = Math.SinCos(box.AngleRadians);
        return new(box.CenterX - (cos * box.Width / 2) + (sin * box.Height / 2), box.CenterY - (sin * box.Width / 2) - (cos * box.Height / 2));
    }

    private static double Radians(double degrees) => Math.IEEERemainder(degrees, 360) * Math.PI / 180;
}
