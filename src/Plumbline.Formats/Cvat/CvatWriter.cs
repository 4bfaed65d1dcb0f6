using Plumbline.Core.Annotations;
using Plumbline.Core.Ontologies;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;
using Plumbline.Formats.Pictures;
using Plumbline.Formats.Reports;
using Plumbline.Formats.Text;

namespace Plumbline.Formats.Cvat;

/// <summary>Writes <c>annotations.xml</c> and pictures in <c>images/</c>, by subset where there are splits. The images wait in a spool, since the labels before them list the attributes found in them.</summary>
internal sealed class CvatWriter(CvatFormat format, DatasetReader dataset, WriteRequest request)
{
    private const int FlushBytes = 1 << 16;
    private static readonly LossKind NoSize = new("no-size", "size", "The image's size is not known; it is written as 0.", Bookkeeping: true);
    private readonly LossReport losses = request.Losses;
    private readonly CommonLosses common = new(format, dataset.Header, request.Losses);
    private readonly ShapeFit fit = new(format, request.Losses);
    private readonly GroupNumbers groups = new(format, request.Losses);
    private readonly CvatAttributes attributes = new(dataset.Header, request.Losses);
    private readonly Utf8Text text = new();
    private readonly CvatShapeWriter shapes = new(dataset.Header, request.Losses);
    private long imageCount, annotationCount;

    public async Task<WriteSummary> WriteAsync(CancellationToken cancellationToken)
    {
        using var body = new SpoolStream();
        var splits = new SortedSet<string>(StringComparer.Ordinal);
        await foreach (var item in dataset.ReadItemsAsync(cancellationToken))
        {
            if (item.Split is { } split) splits.Add(split);
            Write(item);
            if (text.Length >= FlushBytes) Flush(body);
        }

        Flush(body);
        using (var file = request.Target.Create("annotations.xml"))
        {
            file.Write(CvatMetaWriter.Format(dataset.Header, attributes, splits, imageCount));
            body.Position = 0;
            body.CopyTo(file, 1 << 16);
            file.Write("</annotations>\n"u8);
        }

        losses.AddForAll(new("mirrored-keypoints", "class", "CVAT tells which keypoints trade places by left and right in their names alone.", Bookkeeping: true), dataset.Header.Classes.Count(c => c.Skeleton is { } s && !s.Mirrored.SequenceEqual(MirroredPoints.Of(s with { Mirrored = [] }))));
        common.Finish();
        return new(imageCount, annotationCount);
    }

    private void Flush(SpoolStream body)
    {
        body.Write(text.Written);
        text.Clear();
    }

    private void Write(DatasetItem item)
    {
        common.Count(item);
        if (item.Size is null) losses.Add(NoSize, item);
        text.Add("  <image id=\""u8).Add(imageCount++).Add("\" name=\""u8).AddXml(item.Path);
        if (item.Split is { } split) text.Add("\" subset=\""u8).AddXml(split);
        text.Add("\" width=\""u8).Add((long)(item.Size?.Width ?? 0)).Add("\" height=\""u8).Add((long)(item.Size?.Height ?? 0)).Add("\">\n"u8);
        var numbers = groups.Of(item);
        foreach (var annotation in item.Annotations) Write(item, annotation, numbers);
        text.Add("  </image>\n"u8);
        if (item.Picture is { } picture && request.Pictures != PictureMode.None && !request.Target.IsSingleFile) request.Target.Add(TreePath.Join(TreePath.Join("images", item.Split ?? ""), item.Path), picture, request.Pictures);
    }

    private void Write(DatasetItem item, DatasetAnnotation annotation, IReadOnlyDictionary<string, int> numbers)
    {
        if (fit.Of(item, annotation) is not { } shape) return;
        annotationCount++;
        common.Count(item, annotation);
        var element = shapes.Begin(text, item, annotation, shape);
        text.Add("\" source=\""u8).Add(annotation.Provenance?.Origin switch { Origin.Model => "auto"u8, Origin.Assisted => "semi-auto"u8, Origin.Imported => "file"u8, _ => "manual"u8 });
        if (shape is not TagShape) text.Add("\" occluded=\""u8).Add(CvatAttributes.IsOccluded(annotation) ? "1"u8 : "0"u8);
        if (shape is not TagShape || annotation.Z != 0) text.Add("\" z_order=\""u8).Add((long)annotation.Z);
        if (annotation.GroupId is { } group) text.Add("\" group_id=\""u8).Add((long)numbers[group]);
        text.Add("\">\n"u8);
        shapes.Points(text, annotation, shape);
        attributes.Write(text, item, annotation, shape is not TagShape);
        text.Add("    </"u8).Add(element).Add(">\n"u8);
    }
}
