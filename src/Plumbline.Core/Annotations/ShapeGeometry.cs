using Plumbline.Core.Geometry;

namespace Plumbline.Core.Annotations;

/// <summary>Where a shape lies and how much it covers, whatever its kind.</summary>
public static class ShapeGeometry
{
    /// <summary>
    /// The smallest upright box around the shape, in image pixels; without sides for a point. Null where there is no place: a tag, keypoints none of which is labelled, a mask without pixels.
    /// Absent keypoints do not count.
    /// </summary>
    public static Box? Bounds(Shape shape) => shape switch
    {
        TagShape => null,
        PointShape s => new Box(s.Position.X, s.Position.Y, 0, 0),
        BoxShape s => s.Box,
        RotatedBoxShape s => s.Box.Bounds,
        EllipseShape s => s.Ellipse.Bounds,
        PolygonShape s => s.Polygon.Bounds(),
        PolylineShape s => s.Polyline.Bounds(),
        KeypointsShape s => s.Keypoints.Points.Where(p => p.Visibility != Visibility.Absent).Select(p => p.Position).ToArray() is { Length: > 0 } labelled ? Box.Around(labelled) : null,
        MaskShape s => s.Mask.Area > 0 ? s.Mask.Bounds : null,
        CuboidShape s => Box.Around(s.Corners.AsSpan()),
        _ => throw new ArgumentOutOfRangeException(nameof(shape), shape.Kind, "Unknown kind of shape."),
    };

    /// <summary>
    /// The area in square pixels: of boxes and ellipses by their sides, of polygons by the shoelace formula less holes, of masks the number of pixels, of a cuboid the hull of its corners in the
    /// image. Tags, points, lines and keypoints have none: 0.
    /// </summary>
    public static double Area(Shape shape) => shape switch
    {
        TagShape or PointShape or PolylineShape or KeypointsShape => 0,
        BoxShape s => s.Box.Area,
        RotatedBoxShape s => s.Box.Area,
        EllipseShape s => s.Ellipse.Area,
        PolygonShape s => s.Polygon.Area(),
        MaskShape s => s.Mask.Area,
        CuboidShape s => ConvexHull.Of(s.Corners.AsSpan()) is { Length: >= 3 } hull ? new Ring(hull).Area() : 0,
        _ => throw new ArgumentOutOfRangeException(nameof(shape), shape.Kind, "Unknown kind of shape."),
    };
}
