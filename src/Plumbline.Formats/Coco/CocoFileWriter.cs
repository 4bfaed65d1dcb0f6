using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;
using Plumbline.Formats.Text;

namespace Plumbline.Formats.Coco;

/// <summary>One COCO file that is being written.</summary>
internal sealed class CocoFileWriter : IDisposable
{
    private const int FlushBytes = 1 << 16;
    private readonly Stream stream;
    private readonly SpoolStream images = new();
    private readonly Utf8Text text = new();
    private readonly Utf8Text imageText = new();
    private readonly bool keepIds, others, colors, withAnnotations;
    private readonly CocoTask task;
    private long imageCount, annotationCount;

    public CocoFileWriter(Stream stream, string? split, CocoTask task, DatasetHeader header, bool keepIds, IReadOnlyList<string> categoryIds, bool colors = false, bool withAnnotations = true)
    {
        this.stream = stream;
        this.task = task;
        this.colors = colors;
        this.withAnnotations = withAnnotations;
        others = header.Format == CocoFormat.Family;
        this.keepIds = keepIds;
        Split = split;
        text.Add("{"u8);
        if (others)
        {
            foreach (var field in header.Fields) text.AddJson(field.Name).Add(":"u8).Add(field.Json.Span).Add(",\n"u8);
        }

        text.Add("\"categories\":["u8);
        for (var i = 0; i < header.Classes.Length; i++)
        {
            text.Add(i == 0 ? "\n"u8 : ",\n"u8);
            WriteCategory(header.Classes[i], categoryIds[i], others);
        }

        text.Add(withAnnotations ? "],\n\"annotations\":["u8 : "]"u8);
    }

    public string? Split { get; }

    /// <summary>Adds an image and gives its id back.</summary>
    public string WriteImage(DatasetItem item)
    {
        imageText.Add(imageCount++ == 0 ? "\n"u8 : ",\n"u8);
        var id = keepIds && item.SourceId is { } given ? given : FormattableString.Invariant($"{imageCount}");
        if (others && !item.Raw.IsEmpty)
        {
            CocoRecord.Copy(imageText, item.Raw.Span, ("id", id));
        }
        else
        {
            imageText.Add("{\"id\":"u8).Add(id).Add(",\"file_name\":"u8).AddJson(item.Path);
            if (item.Size is { } size) imageText.Add(",\"width\":"u8).Add((long)size.Width).Add(",\"height\":"u8).Add((long)size.Height);
            if (others) CocoRecord.AddOthers(imageText, item.Other);
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

    /// <summary>Adds a record as it is.</summary>
    public void WriteRecord(ReadOnlySpan<byte> json)
    {
        text.Add(annotationCount++ == 0 ? "\n"u8 : ",\n"u8).Add(json);
        if (text.Length > FlushBytes) Flush(text, stream);
    }

    public void Finish()
    {
        text.Add(withAnnotations ? "],\n\"images\":["u8 : ",\n\"images\":["u8);
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
        if (colors && CocoPanoptic.CocoPanopticColor.ToJson(category.Color) is { } color) text.Add(",\"color\":"u8).Add(color);
        if (task == CocoTask.Keypoints && category.Skeleton is { } skeleton) CocoKeypoints.Write(text, skeleton);
        text.Add("}"u8);
    }
}
