using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Core.Masks;

namespace Plumbline.Core.Datasets;

/// <summary>How far two shapes are the same object.</summary>
public static class ShapeSimilarity
{
    // Points and lines have no area; a band of this many pixels around them has.
    private const double Band = 10;

    /// <summary>
    /// In [0, 1]. Two polygons, two masks or two rotated boxes: the exact intersection over union of what they cover. Other shapes: that of their boxes, those of points, lines and keypoints grown by
    /// 10 pixels on each side. Two tags: 1. Shapes of which one has no place: 0.
    /// </summary>
    public static double Of(Shape a, Shape b)
    {
        if (a is TagShape || b is TagShape) return a is TagShape && b is TagShape ? 1 : 0;
        if (BoxOf(a) is not { } x || BoxOf(b) is not { } y) return 0;
        var boxes = BoxOverlap.IntersectionOverUnion(x, y);
        if (!(boxes > 0)) return 0;
        var overlap = (a, b) switch
        {
            (PolygonShape p, PolygonShape q) => p.Polygon.IntersectionOverUnion(q.Polygon),
            (MaskShape p, MaskShape q) => p.Mask.IntersectionOverUnion(q.Mask),
            (RotatedBoxShape p, RotatedBoxShape q) => Polygon.FromRing(p.Box.Corners()).IntersectionOverUnion(Polygon.FromRing(q.Box.Corners())),
            _ => boxes,
        };
        return double.IsNaN(overlap) ? 0 : overlap;
    }

    private static Box? BoxOf(Shape shape)
    {
        if (ShapeGeometry.Bounds(shape) is not { } box) return null;
        return shape is PointShape or PolylineShape or KeypointsShape ? new Box(box.X - Band, box.Y - Band, box.Width + (2 * Band), box.Height + (2 * Band)) : box;
    }
}
