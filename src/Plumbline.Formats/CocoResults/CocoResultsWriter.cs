using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Core.Masks;
using Plumbline.Formats.Coco;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;
using Plumbline.Formats.Pictures;
using Plumbline.Formats.Reports;
using Plumbline.Formats.Text;

namespace Plumbline.Formats.CocoResults;

/// <summary>Writes <c>results_SPLIT.json</c>, and beside it <c>image_info_SPLIT.json</c> with the images and categories that its numbers mean; a single file is the list alone.</summary>
internal sealed class CocoResultsWriter(CocoResultsFormat format, DatasetReader dataset, WriteRequest request)
{
    private const int FlushBytes = 1 << 16;
    private static readonly LossKind NoScore = new("score-added", "score", "Results have a score each; what has none is written with 1.");
    private static readonly LossKind NoNames = new("path", "path", "One file of results has numbers for images; convert into a folder to keep their names.");
    private static readonly LossKind NoSize = new("shape", "shape", "A mask needs the image's size, which is not known; the box is written.");
    private static readonly LossKind NewIds = new("new-ids", "id", "Ids of another format, or of several files that become one, are replaced by new ones.", Bookkeeping: true);
    private readonly LossReport losses = request.Losses;
    private readonly CommonLosses common = new(format, dataset.Header, request.Losses);
    private readonly string[] categoryIds = CocoAnnotationWriter.CategoryIdsOf(dataset.Header);
    private readonly bool single = request.Target.IsSingleFile;
    private readonly bool keepIds = dataset.Header is { HasUniqueIds: true, Format: CocoFormat.Family, Splits.Length: <= 1 };
    private readonly Utf8Text text = new();
    private long images, annotations, withoutScore, imagesOfFile, idsGiven;
    private bool firstOfFile;

    public async Task<WriteSummary> WriteAsync(CancellationToken cancellationToken)
    {
        OpenFiles? open = null;
        try
        {
            if (dataset.Header.Splits.Length > 0) open = Open(dataset.Header.Splits[0]);
            await foreach (var item in dataset.ReadItemsAsync(cancellationToken))
            {
                if (open is null || (!single && item.Split != open.Split))
                {
                    Close(open);
                    open = Open(item.Split);
                }

                Write(open, item);
            }

            Close(open ?? Open(null));
        }
        finally
        {
            open?.Dispose();
        }

        losses.AddForAll(NoScore, withoutScore);
        if (single) losses.AddForAll(NoNames, images);
        if (!keepIds) losses.AddForAll(NewIds, idsGiven);
        common.Finish();
        return new(images, annotations);
    }

    private sealed record OpenFiles(Stream List, CocoFileWriter? Images, string? Split) : IDisposable
    {
        public void Dispose()
        {
            List.Dispose();
            Images?.Dispose();
        }
    }

    private OpenFiles Open(string? split)
    {
        text.Clear();
        text.Add("["u8);
        (imagesOfFile, firstOfFile) = (single ? imagesOfFile : 0, true);
        var suffix = split is null ? "" : $"_{split}";
        if (single) return new(request.Target.Create("results.json"), null, split);
        var names = new CocoFileWriter(request.Target.Create($"annotations/image_info{suffix}.json"), split, CocoTask.Keypoints, dataset.Header with { Fields = [] }, keepIds, categoryIds, withAnnotations: false);
        return new(request.Target.Create($"annotations/results{suffix}.json"), names, split);
    }

    private void Close(OpenFiles? open)
    {
        if (open is null) return;
        open.List.Write(text.Add("\n]\n"u8).Written);
        text.Clear();
        open.Images?.Finish();
        open.Dispose();
    }

    private void Write(OpenFiles open, DatasetItem item)
    {
        common.Count(item);
        images++;
        imagesOfFile++;
        if (item.SourceId is not null) idsGiven++;
        var imageId = keepIds && item.SourceId is { } given ? given : FormattableString.Invariant($"{imagesOfFile}");
        open.Images?.WriteImage(item);
        foreach (var annotation in item.Annotations) Write(item, annotation, imageId);
        if (text.Length > FlushBytes)
        {
            open.List.Write(text.Written);
            text.Clear();
        }

        if (item.Picture is { } picture && request.Pictures != PictureMode.None && !single) request.Target.Add(TreePath.Join(item.Split is null ? "images" : $"images/{item.Split}", item.Path), picture, request.Pictures);
    }

    private void Write(DatasetItem item, DatasetAnnotation annotation, string imageId)
    {
        if (annotation.Shape is not (BoxShape or MaskShape or KeypointsShape) && Outlines.Of(annotation.Shape) is null)
        {
            losses.Add(new LossKind("shape-left-out", "shape", annotation.Shape is RotatedBoxShape or EllipseShape ? "It has no area; it is left out." : $"COCO results have no {Words.Of(annotation.Shape.Kind)}; it is left out."), item, annotation);
            return;
        }

        common.Count(item, annotation);
        annotations++;
        if (annotation.Score is null) withoutScore++;
        text.Add(firstOfFile ? "\n"u8 : ",\n"u8).Add("{\"image_id\":"u8).Add(imageId).Add(",\"category_id\":"u8).Add(categoryIds[annotation.ClassIndex]);
        firstOfFile = false;
        var rle = Rle(item, annotation);
        if (rle is not null) text.Add(",\"segmentation\":{\"size\":["u8).Add((long)rle.Height).Add(","u8).Add((long)rle.Width).Add("],\"counts\":"u8).AddJson(CocoRleText.Format(rle)).Add("}"u8);
        var around = annotation.StatedBox ?? (rle is null ? ShapeGeometry.Bounds(annotation.Shape) : rle.Bounds);
        if (around is { } box)
            text.Add(",\"bbox\":["u8).Add(box.X).Add(","u8).Add(box.Y).Add(","u8).Add(box.Width).Add(","u8).Add(box.Height).Add("]"u8);
        if (annotation.Shape is KeypointsShape keypoints) CocoKeypoints.Write(text, keypoints.Keypoints);
        text.Add(",\"score\":"u8).Add(annotation.Score ?? 1).Add("}"u8);
    }

    private CocoRle? Rle(DatasetItem item, DatasetAnnotation annotation)
    {
        if (annotation.Shape is BoxShape or KeypointsShape) return null;
        if (item.Size is not { } size)
        {
            losses.Add(NoSize, item, annotation);
            return null;
        }

        if (annotation.Shape is MaskShape { Mask: var mask })
        {
            if (mask.X < 0 || mask.Y < 0 || mask.X + mask.Width > size.Width || mask.Y + mask.Height > size.Height) losses.Add(new LossKind("clipped", "shape", "The mask reaches over the image's border, where COCO has no pixels; it is cut there."), item, annotation);
            return CocoRle.FromMask(mask, size.Width, size.Height);
        }

        losses.Add(new LossKind("shape", "shape", $"Results hold areas as run lengths of whole pixels; {Words.Of(annotation.Shape.Kind)} become masks."), item, annotation);
        return Rasterizer.Rasterize(Outlines.Of(annotation.Shape)!, size.Width, size.Height); // the caller let only outlines through
    }
}
