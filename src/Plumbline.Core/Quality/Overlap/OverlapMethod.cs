using Plumbline.Core.Annotations;

namespace Plumbline.Core.Quality.Overlap;

/// <summary>Through what two shapes are compared.</summary>
public enum OverlapMethod
{
    /// <summary>Their kinds are not comparable.</summary>
    Undefined,

    /// <summary>IoU of two upright boxes on continuous coordinates.</summary>
    Boxes,

    /// <summary>Exact IoU of two polygons.</summary>
    Polygons,

    /// <summary>IoU of the pixels whose centres lie inside, within the picture.</summary>
    Masks,

    /// <summary>1 − mean distance / 5 % of the picture's diagonal, at least 0; see <see cref="LineDistance"/>.</summary>
    Lines,

    /// <summary>Object keypoint similarity that favours neither side; see <see cref="KeypointOverlap"/>.</summary>
    Keypoints,
}

/// <summary>Which kinds of shape compare with which, and through what: the only place that says so.</summary>
/// <remarks>
/// <code>
///              box       rotated   polygon   mask      ellipse   polyline  keypoints
/// box          boxes     polygons  masks     masks     masks     –         –
/// rotated box            polygons  –         –         –         –         –
/// polygon                          polygons  masks     masks     –         –
/// mask                                       masks     masks     –         –
/// ellipse                                              masks     –         –
/// polyline                                                       lines     –
/// keypoints                                                                keypoints
/// </code>
/// Tags, points and cuboids compare with nothing. COCO's rasterised overlap of polygons is <see cref="ShapeOverlap.OfCocoPolygons"/>, another figure under its own name.
/// </remarks>
public static class OverlapTable
{
    /// <summary>The same for (a, b) and (b, a).</summary>
    public static OverlapMethod MethodOf(ShapeKind a, ShapeKind b) => (a, b) switch
    {
        (ShapeKind.Box, ShapeKind.Box) => OverlapMethod.Boxes,
        (ShapeKind.Box or ShapeKind.RotatedBox, ShapeKind.Box or ShapeKind.RotatedBox) => OverlapMethod.Polygons,
        (ShapeKind.Polygon, ShapeKind.Polygon) => OverlapMethod.Polygons,
        (ShapeKind.Box or ShapeKind.Polygon or ShapeKind.Mask or ShapeKind.Ellipse, ShapeKind.Box or ShapeKind.Polygon or ShapeKind.Mask or ShapeKind.Ellipse) => OverlapMethod.Masks,
        (ShapeKind.Polyline, ShapeKind.Polyline) => OverlapMethod.Lines,
        (ShapeKind.Keypoints, ShapeKind.Keypoints) => OverlapMethod.Keypoints,
        _ => OverlapMethod.Undefined,
    };
}
