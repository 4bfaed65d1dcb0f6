using Plumbline.Core.Annotations;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;
using Plumbline.Formats.Pictures;
using Plumbline.Formats.Reports;
using Plumbline.Formats.Text;

namespace Plumbline.Formats.Coco;

/// <summary>
/// Writes COCO instances: one file, or <c>annotations/instances_SPLIT.json</c> with pictures under <c>images/SPLIT</c>. Records read from COCO go through as they stood;
/// only ids that must change are written anew. Images wait in a spool while annotations are written, so that items stream.
/// </summary>
internal sealed class CocoWriter(CocoFormat format, DatasetReader dataset, WriteRequest request)
{
    private static readonly LossKind Splits = new("split", "split", "One COCO file holds one split; all are written together.");
    private static readonly LossKind NoSize = new("no-size", "size", "The image's size is not known; COCO readers may refuse it.", Bookkeeping: true);
    private readonly DatasetHeader header = dataset.Header;
    private readonly CommonLosses common = new(format, dataset.Header, request.Losses);
    private readonly CocoAnnotationWriter annotations = new(dataset.Header, request.Losses);
    private long imageCount, annotationCount;
    private readonly bool merged = request.Target.IsSingleFile && dataset.Header.Splits.Length > 1;

    public async Task<WriteSummary> WriteAsync(CancellationToken cancellationToken)
    {
        var keepIds = header.HasUniqueIds && header.Format == format.Name && !merged;
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

        common.Finish();
        return new(imageCount, annotationCount);
    }

    private CocoFileWriter Open(string? split, bool keepIds)
    {
        var path = request.Target.IsSingleFile ? "instances.json" : split is null ? "annotations/instances.json" : $"annotations/instances_{split}.json";
        return new(request.Target.Create(path), split, header, keepIds, annotations.CategoryIds);
    }

    private void Write(CocoFileWriter file, DatasetItem item)
    {
        common.Count(item);
        if (item.Size is null) request.Losses.Add(NoSize, item);
        var image = file.WriteImage(item);
        imageCount++;
        foreach (var annotation in item.Annotations)
        {
            if (!annotations.CanWrite(item, annotation)) continue;
            common.Count(item, annotation);
            annotationCount++;
            file.WriteAnnotation(annotations, item, annotation, image);
        }

        if (item.Picture is { } picture && request.Pictures != PictureMode.None && !request.Target.IsSingleFile)
            request.Target.Add(TreePath.Join(item.Split is null ? "images" : $"images/{item.Split}", item.Path), picture, request.Pictures);
    }
}

/// <summary>One COCO file that is being written.</summary>
internal sealed class CocoFileWriter : IDisposable
{
    private const int FlushBytes = 1 << 16;
    private readonly Stream stream;
    private readonly SpoolStream images = new();
    private readonly Utf8Text text = new();
    private readonly Utf8Text imageText = new();
    private readonly bool keepIds;
    private long imageCount, annotationCount;

    public CocoFileWriter(Stream stream, string? split, DatasetHeader header, bool keepIds, IReadOnlyList<string> categoryIds)
    {
        this.stream = stream;
        this.keepIds = keepIds;
        Split = split;
        text.Add("{"u8);
        if (header.Format == "coco")
        {
            foreach (var field in header.Fields) text.AddJson(field.Name).Add(":"u8).Add(field.Json.Span).Add(",\n"u8);
        }

        text.Add("\"categories\":["u8);
        for (var i = 0; i < header.Classes.Length; i++)
        {
            text.Add(i == 0 ? "\n"u8 : ",\n"u8);
            WriteCategory(header.Classes[i], categoryIds[i], header.Format == "coco");
        }

        text.Add("],\n\"annotations\":["u8);
    }

    public string? Split { get; }

    /// <summary>Adds an image and gives its id back.</summary>
    public string WriteImage(DatasetItem item)
    {
        imageText.Add(imageCount++ == 0 ? "\n"u8 : ",\n"u8);
        var id = keepIds && item.SourceId is { } given ? given : FormattableString.Invariant($"{imageCount}");
        if (!item.Raw.IsEmpty)
        {
            CocoRecord.Copy(imageText, item.Raw.Span, ("id", id));
        }
        else
        {
            imageText.Add("{\"id\":"u8).Add(id).Add(",\"file_name\":"u8).AddJson(item.Path);
            if (item.Size is { } size) imageText.Add(",\"width\":"u8).Add((long)size.Width).Add(",\"height\":"u8).Add((long)size.Height);
            imageText.Add("}"u8);
        }

        if (imageText.Length > FlushBytes) Flush(imageText, images);
        return id;
    }

    public void WriteAnnotation(CocoAnnotationWriter writer, DatasetItem item, DatasetAnnotation annotation, string imageId)
    {
        text.Add(annotationCount++ == 0 ? "\n"u8 : ",\n"u8);
        var id = keepIds && annotation.SourceId is { } given ? given : FormattableString.Invariant($"{annotationCount}");
        writer.Write(text, item, annotation, id, imageId);
        if (text.Length > FlushBytes) Flush(text, stream);
    }

    public void Finish()
    {
        text.Add("],\n\"images\":["u8);
        Flush(text, stream);
        Flush(imageText, images);
        images.Position = 0;
        images.CopyTo(stream, FlushBytes);
        stream.Write("]}\n"u8);
    }

    public void Dispose()
    {
        images.Dispose();
        stream.Dispose();
    }

    private static void Flush(Utf8Text text, Stream target)
    {
        target.Write(text.Written);
        text.Clear();
    }

    private void WriteCategory(DatasetClass category, string id, bool verbatim)
    {
        if (verbatim && !category.Raw.IsEmpty)
        {
            CocoRecord.Copy(text, category.Raw.Span, ("id", id));
            return;
        }

        text.Add("{\"id\":"u8).Add(id).Add(",\"name\":"u8).AddJson(category.Name);
        if (category.Parent is { } parent) text.Add(",\"supercategory\":"u8).AddJson(parent);
        text.Add("}"u8);
    }
}
