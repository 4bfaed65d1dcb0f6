using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Core.Masks;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Reports;
using Plumbline.Formats.Text;

namespace Plumbline.Formats.Coco;

/// <summary>Writes annotations as COCO records.</summary>
internal sealed class CocoAnnotationWriter
{
    private static readonly LossKind Holes = new("holes", "shape", "COCO polygons have no holes; the area is written as a mask of whole pixels.");
    private static readonly LossKind HolesUnknown = new("holes", "shape", "COCO polygons have no holes and the image's size, needed for a mask, is not known; holes are filled.");
    private static readonly LossKind MaskSize = new("shape", "shape", "A mask without the image's size cannot be written in COCO; its box is.");
    private static readonly LossKind NoKeypoints = new("shape", "shape", "COCO instances have no keypoints; their outline or box is written.");
    private static readonly LossKind PassedKeypoints = new("shape", "shape", "COCO instances have no keypoints; they stay in the file for those who read it as coco-keypoints.", Bookkeeping: true);
    private readonly CocoTask task;
    private readonly DatasetHeader header;
    private readonly LossReport losses;

    public CocoAnnotationWriter(CocoTask task, DatasetHeader header, LossReport losses)
    {
        this.task = task;
        this.header = header;
        this.losses = losses;
        CategoryIds = CategoryIdsOf(header);
    }

    /// <summary>The ids that the categories have in COCO already, or new ones from 1.</summary>
    public static string[] CategoryIdsOf(DatasetHeader header)
    {
        var given = header.Classes.Select(c => c.SourceId).OfType<string>().Distinct().ToArray();
        var keep = header.Format == CocoFormat.Family && given.Length == header.Classes.Length;
        return keep ? given : [.. Enumerable.Range(1, header.Classes.Length).Select(i => FormattableString.Invariant($"{i}"))];
    }

    /// <summary>The id of each class, as JSON.</summary>
    public IReadOnlyList<string> CategoryIds { get; }

    /// <summary>Whether COCO instances have a place for the annotation; reports it lost when they have not.</summary>
    public bool CanWrite(DatasetItem item, DatasetAnnotation annotation)
    {
        if (annotation.Shape is KeypointsShape && task == CocoTask.Instances) losses.Add(annotation.Raw.IsEmpty ? NoKeypoints : PassedKeypoints, item, annotation);
        if (annotation.Shape is KeypointsShape || (!annotation.Raw.IsEmpty && header.Format == CocoFormat.Family)) return true;
        if (annotation.Shape is BoxShape or MaskShape || Outlines.Of(annotation.Shape) is not null) return true;
        losses.Add(new LossKind("shape-left-out", "shape", annotation.Shape is RotatedBoxShape or EllipseShape ? "It has no area; it is left out." : $"COCO instances have no {Words.Of(annotation.Shape.Kind)}; it is left out."), item, annotation);
        return false;
    }

    public void Write(Utf8Text text, DatasetItem item, DatasetAnnotation annotation, string id, string imageId)
    {
        var categoryId = CategoryIds[annotation.ClassIndex];
        if (!annotation.Raw.IsEmpty && header.Format == CocoFormat.Family)
        {
            CocoRecord.Copy(text, annotation.Raw.Span, ("id", id), ("image_id", imageId), ("category_id", categoryId));
            return;
        }

        text.Add("{\"id\":"u8).Add(id).Add(",\"image_id\":"u8).Add(imageId).Add(",\"category_id\":"u8).Add(categoryId).Add(",\"segmentation\":"u8);
        var (area, bounds) = WriteSegmentation(text, item, annotation);
        var box = annotation.StatedBox ?? bounds;
        text.Add(",\"area\":"u8).Add(annotation.StatedArea ?? area);
        text.Add(",\"bbox\":["u8).Add(box.X).Add(","u8).Add(box.Y).Add(","u8).Add(box.Width).Add(","u8).Add(box.Height);
        text.Add("],\"iscrowd\":"u8).Add(annotation.Ignore ? 1L : 0L);
        if (annotation.Score is { } score) text.Add(",\"score\":"u8).Add(score);
        if (!annotation.Attributes.IsEmpty) WriteAttributes(text, annotation);
        if (task == CocoTask.Keypoints && annotation.Shape is KeypointsShape keypoints) CocoKeypoints.Write(text, keypoints.Keypoints);
        if (header.Format == CocoFormat.Family) CocoRecord.AddOthers(text, annotation.Other);
        text.Add("}"u8);
    }

    private (double Area, Box Bounds) WriteSegmentation(Utf8Text text, DatasetItem item, DatasetAnnotation annotation)
    {
        if (annotation.Shape is KeypointsShape)
        {
            if (annotation.Outline is { } outlined && (outlined is BoxShape or MaskShape || Outlines.Of(outlined) is not null)) return WriteSegmentation(text, item, annotation with { Shape = outlined });
            text.Add("[]"u8);
            var around = annotation.StatedBox ?? ShapeGeometry.Bounds(annotation.Shape) ?? default;
            return (around.Area, around);
        }

        if (annotation.Shape is BoxShape box)
        {
            text.Add("[]"u8);
            return (box.Box.Area, box.Box);
        }

        if (annotation.Shape is MaskShape mask) return WriteMask(text, item, annotation, mask.Mask);
        var outline = Outlines.Of(annotation.Shape)!; // CanWrite let only outlines through
        if (annotation.Shape is not PolygonShape) losses.Add(new LossKind("shape", "shape", $"COCO has no {Words.Of(annotation.Shape.Kind)}; it is written as a polygon."), item, annotation);
        if (outline.Parts.Any(p => p.Holes.Length > 0))
        {
            losses.Add(item.Size is null ? HolesUnknown : Holes, item, annotation);
            if (item.Size is { } size) return WriteRle(text, Rasterizer.Rasterize(outline, size.Width, size.Height));
        }

        WriteRings(text, outline);
        return (outline.Area(), outline.Bounds());
    }

    private (double Area, Box Bounds) WriteMask(Utf8Text text, DatasetItem item, DatasetAnnotation annotation, Mask mask)
    {
        if (item.Size is { } size && mask.X >= 0 && mask.Y >= 0 && mask.X + mask.Width <= size.Width && mask.Y + mask.Height <= size.Height)
            return WriteRle(text, CocoRle.FromMask(mask, size.Width, size.Height));
        losses.Add(MaskSize, item, annotation);
        text.Add("[]"u8);
        return (mask.Area, mask.Bounds);
    }

    private static (double Area, Box Bounds) WriteRle(Utf8Text text, CocoRle rle)
    {
        text.Add("{\"size\":["u8).Add((long)rle.Height).Add(","u8).Add((long)rle.Width).Add("],\"counts\":"u8).AddJson(CocoRleText.Format(rle)).Add("}"u8);
        return (rle.Area, rle.Bounds);
    }

    private static void WriteRings(Utf8Text text, Polygon polygon)
    {
        text.Add("["u8);
        for (var part = 0; part < polygon.Parts.Length; part++)
        {
            text.Add(part == 0 ? "["u8 : ",["u8);
            var points = polygon.Parts[part].Outer.Points;
            for (var i = 0; i < points.Length; i++)
            {
                if (i > 0) text.Add(","u8);
                text.Add(points[i].X).Add(","u8).Add(points[i].Y);
            }

            text.Add("]"u8);
        }

        text.Add("]"u8);
    }

    private static void WriteAttributes(Utf8Text text, DatasetAnnotation annotation)
    {
        var first = true;
        text.Add(",\"attributes\":{"u8);
        foreach (var (name, value) in annotation.Attributes)
        {
            if (!first) text.Add(","u8);
            first = false;
            text.AddJson(name).Add(":"u8);
            switch (value)
            {
                case AttributeValue.Flag flag: text.Add(flag.Value ? "true"u8 : "false"u8); break;
                case AttributeValue.Number number: text.Add(number.Value); break;
                case AttributeValue.Text words: text.AddJson(words.Value); break;
                case AttributeValue.Choices choices:
                    text.Add("["u8);
                    for (var i = 0; i < choices.Values.Length; i++) (i > 0 ? text.Add(","u8) : text).AddJson(choices.Values[i]);
                    text.Add("]"u8);
                    break;
            }
        }

        text.Add("}"u8);
    }
}
