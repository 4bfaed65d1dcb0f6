using System.Diagnostics;
using Plumbline.Core.Annotations;

namespace Plumbline.Formats;

/// <summary>Shapes in words, for reports.</summary>
internal static class Words
{
    /// <summary>The plural of a kind of shape, or its singular.</summary>
    public static string Of(ShapeKind kind, bool singular) => !singular ? Of(kind) : kind switch
    {
        ShapeKind.Box => "box",
        ShapeKind.RotatedBox => "rotated box",
        ShapeKind.Keypoints => "set of keypoints",
        _ => Of(kind)[..^1],
    };

    /// <summary>The plural of a kind of shape.</summary>
    public static string Of(ShapeKind kind) => kind switch
    {
        ShapeKind.Tag => "tags",
        ShapeKind.Point => "points",
        ShapeKind.Box => "boxes",
        ShapeKind.RotatedBox => "rotated boxes",
        ShapeKind.Ellipse => "ellipses",
        ShapeKind.Polygon => "polygons",
        ShapeKind.Polyline => "polylines",
        ShapeKind.Keypoints => "keypoints",
        ShapeKind.Mask => "masks",
        ShapeKind.Cuboid => "cuboids",
        _ => throw new UnreachableException(),
    };
}
