using System.Collections.Immutable;
using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Reports;
using Plumbline.Formats.Text;

namespace Plumbline.Formats.Cvat;

/// <summary>Writes the coordinates of one shape.</summary>
internal sealed class CvatShapeWriter(DatasetHeader header, LossReport losses)
{
    // Corners, centres and degrees are computed; more digits than these would not come back the same.
    private const int Digits = 9;
    private static readonly LossKind Visibility = new("visibility", "shape", "The label's skeleton has another number of points; CVAT's plain points cannot say which are hidden.");
    private static readonly LossKind NoTurn = new("shape", "shape", "A rotated box that is not turned is a box in CVAT.");
    private static readonly string[] CuboidFields = ["xtl1", "ytl1", "xbl1", "ybl1", "xtr1", "ytr1", "xbr1", "ybr1", "xtl2", "ytl2", "xbl2", "ybl2", "xtr2", "ytr2", "xbr2", "ybr2"];
    private static readonly int[] CuboidCorners = [0, 3, 1, 2, 5, 6, 4, 7];

    /// <summary>Adds <c>&lt;element label="…" coordinates="…</c>, the last quote left open.</summary>
    /// <returns>The element's name.</returns>
    public ReadOnlySpan<byte> Begin(Utf8Text text, DatasetItem item, DatasetAnnotation annotation, Shape shape)
    {
        var element = ElementOf(annotation, shape);
        text.Add("    <"u8).Add(element).Add(" label=\""u8).AddXml(header.Classes[annotation.ClassIndex].Name);
        switch (shape)
        {
            case BoxShape { Box: var b }: Box(text, b.X, b.Y, b.Right, b.Bottom, 0); break;
            case RotatedBoxShape { Box: var b }:
                if (Degrees(b.AngleRadians) == 0) losses.Add(NoTurn, item, annotation);
                Box(text, Rounded(b.CenterX - (b.Width / 2)), Rounded(b.CenterY - (b.Height / 2)), Rounded(b.CenterX + (b.Width / 2)), Rounded(b.CenterY + (b.Height / 2)), Degrees(b.AngleRadians));
                break;
            case EllipseShape { Ellipse: var e }:
                Field(text, "cx"u8, e.CenterX);
                Field(text, "cy"u8, e.CenterY);
                Field(text, "rx"u8, e.RadiusX);
                Field(text, "ry"u8, e.RadiusY);
                if (Degrees(e.AngleRadians) is var turn and not 0) Field(text, "rotation"u8, turn);
                break;
            case PolygonShape { Polygon: var p }: Points(text, p.Parts[0].Outer.Points.AsSpan()); break;
            case PolylineShape { Polyline: var l }: Points(text, l.Points.AsSpan()); break;
            case PointShape { Position: var p }: Points(text, [p]); break;
            case KeypointsShape { Keypoints: var k } when element.SequenceEqual("points"u8):
                var labelled = k.Points.Where(p => p.Visibility != Core.Geometry.Visibility.Absent).Select(p => p.Position).ToArray();
                if (k.Points.Any(p => p.Visibility != Core.Geometry.Visibility.Visible)) losses.Add(Visibility, item, annotation);
                Points(text, labelled);
                break;
            case MaskShape { Mask: var mask }:
                mask = mask.Tight();
                text.Add("\" rle=\""u8);
                for (var i = 0; i < mask.Runs.Length; i++) text.Add(i == 0 ? ""u8 : ", "u8).Add((long)mask.Runs[i]);
                Field(text, "left"u8, mask.X);
                Field(text, "top"u8, mask.Y);
                Field(text, "width"u8, mask.Width);
                Field(text, "height"u8, mask.Height);
                break;
            case CuboidShape { Corners: var corners }:
                for (var i = 0; i < 16; i++) text.Add("\" "u8).Add(CuboidFields[i]).Add("=\""u8).Add(i % 2 == 0 ? corners[CuboidCorners[i / 2]].X : corners[CuboidCorners[i / 2]].Y);
                break;
        }

        return element;
    }

    /// <summary>Adds the points of a skeleton; nothing for other shapes.</summary>
    public void Points(Utf8Text text, DatasetAnnotation annotation, Shape shape)
    {
        if (shape is not KeypointsShape { Keypoints.Points: var points } || !ElementOf(annotation, shape).SequenceEqual("skeleton"u8)) return;
        var names = header.Classes[annotation.ClassIndex].Skeleton?.Points ?? [];
        for (var i = 0; i < points.Length; i++)
        {
            text.Add("      <points label=\""u8);
            if (names.IsEmpty) text.Add((long)(i + 1));
            else text.AddXml(names[i]);
            text.Add("\" source=\"manual\" outside=\""u8).Add(points[i].Visibility == Core.Geometry.Visibility.Absent ? "1"u8 : "0"u8);
            text.Add("\" occluded=\""u8).Add(points[i].Visibility == Core.Geometry.Visibility.Occluded ? "1"u8 : "0"u8);
            Points(text, [points[i].Position]);
            text.Add("\">\n      </points>\n"u8);
        }
    }

    private ReadOnlySpan<byte> ElementOf(DatasetAnnotation annotation, Shape shape) => shape switch
    {
        TagShape => "tag"u8,
        BoxShape or RotatedBoxShape => "box"u8,
        EllipseShape => "ellipse"u8,
        PolygonShape => "polygon"u8,
        PolylineShape => "polyline"u8,
        PointShape => "points"u8,
        MaskShape => "mask"u8,
        CuboidShape => "cuboid"u8,
        KeypointsShape { Keypoints.Points: var points } => IsSkeleton(header.Classes[annotation.ClassIndex].Skeleton?.Points.Length ?? 0, points) ? "skeleton"u8 : "points"u8,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    // A skeleton where the label has one of this many points; without one, plain points when they say it all, else a skeleton whose points are called 1, 2 …
    private static bool IsSkeleton(int named, ImmutableArray<Keypoint> points) =>
        named > 0 ? named == points.Length : points.Length < 2 || points.Any(p => p.Visibility != Core.Geometry.Visibility.Visible);

    private static void Box(Utf8Text text, double left, double top, double right, double bottom, double degrees)
    {
        Field(text, "xtl"u8, left);
        Field(text, "ytl"u8, top);
        Field(text, "xbr"u8, right);
        Field(text, "ybr"u8, bottom);
        if (degrees != 0) Field(text, "rotation"u8, degrees);
    }

    private static void Field(Utf8Text text, ReadOnlySpan<byte> name, double value) => text.Add("\" "u8).Add(name).Add("=\""u8).Add(value);

    private static void Points(Utf8Text text, ReadOnlySpan<Point2> points)
    {
        text.Add("\" points=\""u8);
        for (var i = 0; i < points.Length; i++) text.Add(i == 0 ? ""u8 : ";"u8).Add(points[i].X).Add(","u8).Add(points[i].Y);
    }

    private static double Rounded(double pixels) => Math.Round(pixels, Digits);

    // CVAT's angles are 0 to 360.
    private static double Degrees(double radians)
    {
        var degrees = Math.Round(radians * 180 / Math.PI % 360, Digits);
        return degrees < 0 ? Math.Round(degrees + 360, Digits) : degrees;
    }
}
