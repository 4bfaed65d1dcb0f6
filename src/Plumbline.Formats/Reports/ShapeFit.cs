using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Core.Masks;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Pictures;
using Plumbline.Formats.Yolo;

namespace Plumbline.Formats.Reports;

/// <summary>Brings each shape into one that a format has, as its <see cref="FormatAbilities"/> say, and reports what that changes.</summary>
/// <param name="format">The target.</param>
/// <param name="losses">Where losses go.</param>
internal sealed class ShapeFit(DatasetFormat format, LossReport losses)
{
    private readonly FormatAbilities can = format.Abilities;
    private readonly LossKind parts = new("parts", "shape", $"{format.Title} has one ring an object.");
    private readonly LossKind holes = new("holes", "shape", $"{format.Title} has no holes.");
    private readonly Dictionary<(ShapeKind From, ShapeKind To), LossKind> changed = [];
    private readonly Dictionary<ShapeKind, LossKind> leftOut = [];

    /// <summary>The shape to write; null when the annotation is left out, which is reported.</summary>
    public Shape? Of(DatasetItem item, DatasetAnnotation annotation)
    {
        var kind = annotation.SourceKind ?? annotation.Shape.Kind;
        if (kind == ShapeKind.Polygon && annotation.Shape is PolygonShape { Polygon: var polygon } && can.Shapes.Contains(kind)) return OfPolygon(item, annotation, polygon);
        if (annotation.SourceKind is null && can.Shapes.Contains(kind)) return kind == ShapeKind.Mask && annotation.Shape is MaskShape { Mask.Area: 0 } ? LeaveOut(item, annotation, "The mask has no pixel; it is left out.") : annotation.Shape;
        if (can.StoredAs.Of(kind) is not { } target) return LeaveOut(item, annotation);
        var shape = target switch
        {
            ShapeKind.Box => (annotation.StatedBox ?? ShapeGeometry.Bounds(annotation.Shape)) is { } box ? new BoxShape(box) : null,
            ShapeKind.Polygon => PolygonOf(annotation.Shape) is { } outline ? new PolygonShape(outline) : null,
            ShapeKind.Mask => MaskOf(annotation.Shape, item.Size) is { Area: > 0 } mask ? new MaskShape(mask) : null,
            ShapeKind.Polyline or ShapeKind.Point or ShapeKind.Keypoints => annotation.Shape,
            _ => (Shape?)null,
        };
        if (shape is null) return LeaveOut(item, annotation, $"{format.Title} stores {Words.Of(kind)} as {Words.Of(target)}, and this one has none; it is left out.");
        if (!changed.TryGetValue((kind, target), out var loss)) changed[(kind, target)] = loss = new("shape", "shape", $"{format.Title} has no {Words.Of(kind)}; they are written as {Words.Of(target)}.");
        losses.Add(loss, item, annotation);
        return shape is PolygonShape made ? OfPolygon(item, annotation, made.Polygon) : shape;
    }

    /// <summary>Reports that an annotation is not written.</summary>
    public Shape? LeaveOut(DatasetItem item, DatasetAnnotation annotation, string? why = null)
    {
        var kind = annotation.SourceKind ?? annotation.Shape.Kind;
        if (!leftOut.TryGetValue(kind, out var loss)) leftOut[kind] = loss = new("shape-left-out", "shape", $"{format.Title} has no {Words.Of(kind)}; they are left out.");
        losses.Add(loss, item, annotation, why);
        return null;
    }

    /// <summary>The pixels of an area, by COCO's rule; null when the shape has no area or the canvas is too large.</summary>
    /// <param name="shape">A polygon, box, rotated box, ellipse or mask.</param>
    /// <param name="size">The image; null when not known, which makes the canvas as large as the shape.</param>
    public static Mask? MaskOf(Shape shape, PictureSize? size)
    {
        if (shape is MaskShape given) return given.Mask;
        if (ShapeGeometry.Bounds(shape) is not { } bounds) return null;
        var (width, height) = size is { } known ? (known.Width, (double)known.Height) : (Math.Ceiling(bounds.Right), Math.Ceiling(bounds.Bottom));
        if (!(width >= 1 && height >= 1 && width * height <= int.MaxValue)) return null;
        var (w, h) = ((int)width, (int)height);
        return shape switch
        {
            PolygonShape s => Rasterizer.Rasterize(s.Polygon, w, h).ToMask(),
            BoxShape s => Rasterizer.Rasterize(s.Box, w, h).ToMask(),
            RotatedBoxShape s => Rasterizer.Rasterize(s.Box, w, h).ToMask(),
            EllipseShape s => Rasterizer.Rasterize(s.Ellipse, w, h).ToMask(),
            _ => null,
        };
    }

    private Shape? OfPolygon(DatasetItem item, DatasetAnnotation annotation, Polygon polygon)
    {
        var manyParts = polygon.Parts.Length > 1 && !can.Parts;
        var withHoles = !can.Holes && polygon.Parts.Any(p => p.Holes.Length > 0);
        if (!manyParts && !withHoles) return new PolygonShape(polygon);
        var asMask = can.Shapes.Contains(ShapeKind.Mask);
        var how = asMask ? "it is written as a mask of whole pixels." : "its rings are joined by zero-width bridges.";
        Shape? shape = asMask
            ? MaskOf(new PolygonShape(polygon), item.Size) is { Area: > 0 } mask ? new MaskShape(mask) : null
            : new PolygonShape(Polygon.FromRing(RingBridge.Join(polygon)));
        if (shape is null) return LeaveOut(item, annotation, "The area covers no pixel of the image; it is left out.");
        if (manyParts) losses.Add(parts, item, annotation, $"{parts.Why} This one has {polygon.Parts.Length} parts; {how}");
        if (withHoles) losses.Add(holes, item, annotation, $"{holes.Why} For this one, {how}");
        return shape;
    }

    /// <summary>The outline of an area: a mask's along its pixels' edges; null for shapes without area.</summary>
    public static Polygon? PolygonOf(Shape shape) => shape switch
    {
        BoxShape { Box: { Area: > 0 } b } => Polygon.FromRing([new(b.X, b.Y), new(b.Right, b.Y), new(b.Right, b.Bottom), new(b.X, b.Bottom)]),
        MaskShape mask => ContourTracer.Trace(mask.Mask),
        _ => Outlines.Of(shape),
    };
}
