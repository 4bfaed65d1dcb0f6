using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;
using Plumbline.Formats.Pictures;
using Plumbline.Formats.Reports;

namespace Plumbline.Formats.Coco;

/// <summary>
/// Writes COCO instances: one file, or <c>annotations/instances_SPLIT.json</c> with pictures under <c>images/SPLIT</c>. Records read from COCO go through as they stood;
/// only ids that must change are written anew. Images wait in a spool while annotations are written, so that items stream.
/// </summary>
internal sealed class CocoWriter(CocoFormat format, CocoTask task, DatasetReader dataset, WriteRequest request)
{
    private static readonly LossKind Splits = new("split", "split", "One COCO file holds one split; all are written together.");
    private static readonly LossKind NewIds = new("new-ids", "id", "Ids of another format, or of several files that become one, are replaced by new ones.", Bookkeeping: true);
    private static readonly LossKind NoSize = new("no-size", "size", "The image's size is not known; COCO readers may refuse it.", Bookkeeping: true);
    private readonly DatasetHeader header = dataset.Header;
    private readonly CommonLosses common = new(format, dataset.Header, request.Losses);
    private readonly CocoAnnotationWriter annotations = new(task, dataset.Header, request.Losses);
    private long imageCount, annotationCount, idsGiven;
    private readonly bool merged = request.Target.IsSingleFile && dataset.Header.Splits.Length > 1;

    public async Task<WriteSummary> WriteAsync(CancellationToken cancellationToken)
    {
        var keepIds = header.HasUniqueIds && header.Format == CocoFormat.Family && !merged;
        if (merged) request.Losses.AddForAll(Splits);
        CocoFileWriter? file = null;
        try
        {
            if (header.Splits.Length > 0)
            {
                file = Open(header.Splits[0], keepIds);
            }

            await foreach (var item in dataset.ReadItemsAsync(cancellationToken))
            {
                if (file is null || (!merged && item.Split != file.Split))
                {
                    file?.Finish();
                    file?.Dispose();
                    file = Open(item.Split, keepIds);
                }

                Write(file, item);
            }

            file ??= Open(null, keepIds);
            file.Finish();
        }
        finally
        {
            file?.Dispose();
        }

        if (!keepIds) request.Losses.AddForAll(NewIds, idsGiven);
        common.Finish();
        return new(imageCount, annotationCount);
    }

    private string FileName => task == CocoTask.Instances ? "instances" : "person_keypoints";

    private CocoFileWriter Open(string? split, bool keepIds)
    {
        var path = request.Target.IsSingleFile ? "instances.json" : split is null ? $"annotations/{FileName}.json" : $"annotations/{FileName}_{split}.json";
        return new(request.Target.Create(path), split, task, header, keepIds, annotations.CategoryIds);
    }

    private void Write(CocoFileWriter file, DatasetItem item)
    {
        common.Count(item);
        if (item.SourceId is not null) idsGiven++;
        if (item.Size is null) request.Losses.Add(NoSize, item);
        var image = file.WriteImage(item);
        imageCount++;
        foreach (var annotation in item.Annotations)
        {
            if (!annotations.CanWrite(item, annotation)) continue;
            common.Count(item, annotation);
            if (annotation.SourceId is not null) idsGiven++;
            annotationCount++;
            file.WriteAnnotation(annotations, item, annotation, image);
        }

        if (item.Picture is { } picture && request.Pictures != PictureMode.None && !request.Target.IsSingleFile)
            request.Target.Add(TreePath.Join(item.Split is null ? "images" : $"images/{item.Split}", item.Path), picture, request.Pictures);
    }
}
