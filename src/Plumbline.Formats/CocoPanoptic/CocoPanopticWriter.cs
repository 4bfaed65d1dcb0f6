using System.Globalization;
using Plumbline.Core.Annotations;
using Plumbline.Core.Masks;
using Plumbline.Formats.Coco;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;
using Plumbline.Formats.Pictures;
using Plumbline.Formats.Reports;
using Plumbline.Formats.Text;

namespace Plumbline.Formats.CocoPanoptic;

/// <summary>
/// Writes <c>annotations/panoptic_SPLIT.json</c>, its PNGs in <c>annotations/panoptic_SPLIT/</c>, pictures in <c>images/SPLIT/</c>. Objects are painted in drawing order, so of two that
/// overlap the nearer one keeps the pixels. Segments keep COCO's numbers, others are numbered from 1 in each image.
/// </summary>
internal sealed class CocoPanopticWriter(CocoPanopticFormat format, DatasetReader dataset, WriteRequest request)
{
    private static readonly LossKind Hidden = new("hidden-left-out", "annotation", "Other objects cover all of it or it has no pixel inside the image, and panoptic pixels belong to one segment; it is left out.");
    private static readonly LossKind Overlap = new("overlap", "shape", "Nearer objects cover part of it or it reaches over the border; panoptic pixels belong to one segment.");
    private static readonly LossKind NewIds = new("new-ids", "id", "Segments and images get new numbers.", Bookkeeping: true);
    private readonly LossReport losses = request.Losses;
    private readonly CommonLosses common = new(format, dataset.Header, request.Losses);
    private readonly string[] categoryIds = CocoAnnotationWriter.CategoryIdsOf(dataset.Header);
    private readonly PathAllocator paths = new();
    private readonly Utf8Text text = new();
    private long images, segments;

    public async Task<WriteSummary> WriteAsync(CancellationToken cancellationToken)
    {
        CocoFileWriter? file = null;
        try
        {
            if (dataset.Header.Splits.Length > 0) file = Open(dataset.Header.Splits[0]);
            await foreach (var item in dataset.ReadItemsAsync(cancellationToken))
            {
                if (file is null || item.Split != file.Split)
                {
                    file?.Finish();
                    file?.Dispose();
                    file = Open(item.Split);
                }

                Write(file, item);
            }

            file ??= Open(null);
            file.Finish();
        }
        finally
        {
            file?.Dispose();
        }

        losses.AddForAll(NewIds, images == 0 ? 0 : 1);
        common.Finish();
        return new(images, segments);
    }

    private CocoFileWriter Open(string? split) =>
        new(request.Target.Create($"annotations/{NameOf(split)}.json"), split, CocoTask.Instances, dataset.Header, keepIds: false, categoryIds, colors: true);

    private static string NameOf(string? split) => split is null ? "panoptic" : $"panoptic_{split}";

    private void Write(CocoFileWriter file, DatasetItem item)
    {
        if (item.Size is not { } size || SegmentMap.Empty(size) is not { } map)
        {
            request.Issues.Error("no-size", item.Path, item.Path, "size", "the image's size is not known or over 64 megapixels, so no segments can be painted; give --image-root. It is left out.");
            return;
        }

        common.Count(item);
        images++;
        var image = file.WriteImage(item);
        var painted = Paint(item, size, map);
        var measured = map.Measure();
        var name = $"{TreePath.Stem(paths.Allocate(item.Split, item.Path))}.png";
        text.Clear();
        text.Add("{\"image_id\":"u8).Add(image).Add(",\"file_name\":"u8).AddJson(name).Add(",\"segments_info\":["u8);
        var first = true;
        foreach (var (annotation, id, mask) in painted)
        {
            if (!measured.TryGetValue(id, out var found))
            {
                losses.Add(Hidden, item, annotation);
                continue;
            }

            common.Count(item, annotation);
            segments++;
            if (annotation.Shape is not MaskShape) losses.Add(new LossKind("shape", "shape", $"COCO panoptic has no {Words.Of(annotation.Shape.Kind)}; it is written as a mask."), item, annotation);
            if (found.Area < mask.Area) losses.Add(Overlap, item, annotation);
            if (!first) text.Add(","u8);
            first = false;
            text.Add("{\"id\":"u8).Add((long)id).Add(",\"category_id\":"u8).Add(categoryIds[annotation.ClassIndex]).Add(",\"area\":"u8).Add(found.Area).Add(",\"bbox\":["u8);
            text.Add(found.Bounds.X).Add(","u8).Add(found.Bounds.Y).Add(","u8).Add(found.Bounds.Width).Add(","u8).Add(found.Bounds.Height);
            text.Add("],\"iscrowd\":"u8).Add(annotation.Ignore ? 1L : 0L).Add("}"u8);
        }

        file.WriteRecord(text.Add("]}"u8).Written);
        using (var png = request.Target.Create($"annotations/{NameOf(item.Split)}/{name}")) PngWriter.Write(png, map.ToPng());
        if (item.Picture is { } picture && request.Pictures != PictureMode.None) request.Target.Add(TreePath.Join(item.Split is null ? "images" : $"images/{item.Split}", item.Path), picture, request.Pictures);
    }

    private List<(DatasetAnnotation Annotation, int Id, Mask Mask)> Paint(DatasetItem item, PictureSize size, SegmentMap map)
    {
        var painted = new List<(DatasetAnnotation Annotation, int Id, Mask Mask)>();
        var taken = new HashSet<int>();
        foreach (var annotation in item.Annotations)
        {
            if (AsMask(annotation.Shape, size) is { } mask) painted.Add((annotation, IdOf(annotation, taken), mask));
            else losses.Add(new LossKind("shape-left-out", "shape", $"COCO panoptic has no {Words.Of(annotation.SourceKind ?? annotation.Shape.Kind)}; it is left out."), item, annotation);
        }

        foreach (var (_, id, mask) in painted.OrderBy(p => p.Annotation.Z)) map.Paint(mask, id);
        return painted;
    }

    // COCO's own number where it can stay, else the next free one.
    private int IdOf(DatasetAnnotation annotation, HashSet<int> taken)
    {
        if (dataset.Header.Format == CocoFormat.Family && int.TryParse(annotation.SourceId, NumberStyles.None, CultureInfo.InvariantCulture, out var given) && given is > 0 and < 1 << 24 && taken.Add(given)) return given;
        var id = taken.Count + 1;
        while (!taken.Add(id)) id++;
        return id;
    }

    private static Mask? AsMask(Shape shape, PictureSize size) => shape switch
    {
        MaskShape mask => mask.Mask,
        BoxShape box => Rasterizer.Rasterize(box.Box, size.Width, size.Height).ToMask(),
        _ => Outlines.Of(shape) is { } outline ? Rasterizer.Rasterize(outline, size.Width, size.Height).ToMask() : null,
    };
}
