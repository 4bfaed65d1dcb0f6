using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Core.Masks;

namespace Plumbline.Core.Quality.Overlap;

/// <summary>How much of an object lies in a region that is to be ignored (crowd, void).</summary>
public static class RegionShare
{
    /// <summary>The share in [0, 1], pixel by pixel; of keypoints and lines the share of their points; 0 where the region covers no area.</summary>
    /// <param name="one">The object.</param>
    /// <param name="region">The region, of the same picture.</param>
    public static double Of(ComparedShape one, ComparedShape region)
    {
        if (!CoversArea(region) || region.Bounds is not { } place || one.Bounds is not { } mine) return 0;
        if (mine.Right < place.X || place.Right < mine.X || mine.Bottom < place.Y || place.Bottom < mine.Y) return 0;
        Point2[] points = one.Shape switch
        {
            KeypointsShape s => [.. s.Keypoints.Points.Where(p => p.Visibility != Visibility.Absent).Select(p => p.Position)],
            PolylineShape s => [.. s.Polyline.Points],
            _ => [],
        };
        if (points.Length > 0) return points.Count(p => region.Pixels.Contains((int)Math.Floor(p.X), (int)Math.Floor(p.Y))) / (double)points.Length;
        return CoversArea(one) && one.Pixels.Area is var area and > 0 ? one.Pixels.IntersectionArea(region.Pixels) / (double)area : 0;
    }

    private static bool CoversArea(ComparedShape shape) => shape.Shape is BoxShape or RotatedBoxShape or PolygonShape or MaskShape or EllipseShape;
}
