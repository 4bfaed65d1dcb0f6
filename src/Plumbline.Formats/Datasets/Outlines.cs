using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;

namespace Plumbline.Formats.Datasets;

/// <summary>Shapes as polygons, for formats that know only these.</summary>
internal static class Outlines
{
    /// <summary>Error of an ellipse written as a polygon, in pixels.</summary>
    private const double EllipseTolerance = 0.05;

    /// <summary>A rotated box or ellipse as a polygon; the polygon itself; null for every other shape and for those without area.</summary>
    public static Polygon? Of(Shape shape) => shape switch
    {
        PolygonShape polygon => polygon.Polygon,
        RotatedBoxShape { Box.Area: > 0 } rotated => Polygon.FromRing(rotated.Box.Corners()),
        EllipseShape { Ellipse.Area: > 0 } ellipse => new Polygon([new PolygonPart(ellipse.Ellipse.ToRing(EllipseTolerance), [])]),
        _ => null,
    };
}
