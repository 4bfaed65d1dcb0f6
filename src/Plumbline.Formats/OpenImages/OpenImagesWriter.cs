using System.Globalization;
using System.Text.Json;
using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Core.Masks;
using Plumbline.Formats.Csv;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;
using Plumbline.Formats.Pictures;
using Plumbline.Formats.Reports;
using Plumbline.Formats.Text;

namespace Plumbline.Formats.OpenImages;

/// <summary>Writes the tables of each subset in <c>annotations/</c>, masks in <c>masks/SUBSET/</c> and pictures in <c>images/SUBSET/</c>; images without a split are <c>train</c>.</summary>
internal sealed class OpenImagesWriter(OpenImagesFormat format, DatasetReader dataset, WriteRequest request) : IDisposable
{
    private const string DefaultSubset = "train";
    private const int Digits = 12;
    private static readonly string[] FlagNames = ["occluded", "truncated", "", "depiction", "inside"];
    private static readonly LossKind NoSplit = new("split", "split", "Open Images wants a subset; images without a split are written as train.", Bookkeeping: true);
    private static readonly LossKind Attributes = new("attributes", "attributes", "Open Images has occluded, truncated, depiction and inside of boxes and masks only, as yes, no or unknown.");
    private static readonly LossKind Score = new("score", "score", "A confidence of 1 is what people's labels have, and 0 what is not there; this score is not kept.");
    private static readonly LossKind Ignored = new("ignore-flag", "ignore", "Classes of whole images cannot be marked as a group.");
    private static readonly LossKind ClassName = new("class-name", "class", "Classes of one name would be one in Open Images.");
    private readonly LossReport losses = request.Losses;
    private readonly CommonLosses common = new(format, dataset.Header, request.Losses);
    private readonly ShapeFit fit = new(format, request.Losses);
    private readonly ReportedPaths paths = new(request.Losses);
    private readonly string[] labels = [.. dataset.Header.Classes.Select(c => LabelOf(dataset.Header, c))];
    private readonly Table images = new(), boxes = new(), tags = new(), masks = new();
    private long imageCount, annotationCount, withoutSplit;

    public async Task<WriteSummary> WriteAsync(CancellationToken cancellationToken)
    {
        string? open = null;
        await foreach (var item in dataset.ReadItemsAsync(cancellationToken))
        {
            var subset = item.Split ?? DefaultSubset;
            if (open is not null && subset != open) Flush(open);
            open = subset;
            Write(item, subset);
        }

        Flush(open ?? DefaultSubset);
        images.CopyTo(request.Target, "annotations/image_ids_and_rotation.csv", "ImageID,Subset\n"u8);
        WriteClasses();
        losses.AddForAll(NoSplit, withoutSplit);
        losses.AddForAll(ClassName, labels.Length - labels.Distinct(StringComparer.Ordinal).Count());
        common.Finish();
        return new(imageCount, annotationCount);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var table in (Table[])[images, boxes, tags, masks]) table.Dispose();
    }

    // The label's own name where the dataset comes from Open Images, else the class's.
    private static string LabelOf(DatasetHeader header, DatasetClass item)
    {
        if (header.Format != "openimages" || item.SourceId is not { Length: > 2 } id || id[0] != '"') return item.Name;
        using var json = JsonDocument.Parse(id);
        return json.RootElement.GetString() ?? item.Name;
    }

    private void Flush(string subset)
    {
        boxes.CopyTo(request.Target, $"annotations/{subset}-annotations-bbox.csv", "ImageID,Source,LabelName,Confidence,XMin,XMax,YMin,YMax,IsOccluded,IsTruncated,IsGroupOf,IsDepiction,IsInside\n"u8);
        if (tags.Any) tags.CopyTo(request.Target, $"annotations/{subset}-annotations-human-imagelabels.csv", "ImageID,Source,LabelName,Confidence\n"u8);
        if (masks.Any) masks.CopyTo(request.Target, $"annotations/{subset}-annotations-object-segmentation.csv", "MaskPath,ImageID,LabelName,BoxID,BoxXMin,BoxXMax,BoxYMin,BoxYMax,PredictedIoU,Clicks\n"u8);
    }

    private void Write(DatasetItem item, string subset)
    {
        if (item.Size is not { } size)
        {
            request.Issues.Error("no-size", item.Path, item.Path, "size", "the image's size is not known and its picture is not here, so shares cannot be computed; give --image-root. It is left out.");
            return;
        }

        common.Count(item);
        imageCount++;
        if (item.Split is null) withoutSplit++;
        var path = paths.Of(item, subset);
        var id = TreePath.Stem(path);
        images.Text.AddCsv(id).Add(","u8).AddCsv(subset).Add("\n"u8);
        var place = 0;
        foreach (var annotation in item.Annotations)
        {
            if (fit.Of(item, annotation) is not { } shape) continue;
            annotationCount++;
            common.Count(item, annotation);
            var lost = annotation.Attributes.Where(a => shape is TagShape || Array.IndexOf(FlagNames, a.Key) < 0 || a.Value is not AttributeValue.Flag).Select(a => a.Key).ToList();
            if (lost.Count > 0) losses.Add(Attributes, item, annotation, $"{Attributes.Why} ({string.Join(", ", lost)})");
            if (annotation.Score is 1 || (annotation.Score is 0 && shape is TagShape)) losses.Add(Score, item, annotation);
            if (shape is TagShape)
            {
                if (annotation.Ignore) losses.Add(Ignored, item, annotation);
                tags.Text.AddCsv(id).Add(",verification,"u8).AddCsv(labels[annotation.ClassIndex]).Add(","u8).Add(annotation.Score is > 0 and var given ? given : 1).Add("\n"u8);
                continue;
            }

            WriteBox(id, annotation, annotation.StatedBox is { } stated && shape is MaskShape ? stated : ShapeGeometry.Bounds(shape)!.Value, size); // boxes and masks with pixels have bounds
            if (shape is MaskShape mask) WriteMask(id, subset, annotation, mask.Mask, size, ++place);
        }

        foreach (var table in (Table[])[images, boxes, tags, masks]) table.Spool();
        if (item.Picture is { } picture && request.Pictures != PictureMode.None) request.Target.Add($"images/{subset}/{path}", picture, request.Pictures);
    }

    private void WriteBox(string id, DatasetAnnotation annotation, Box box, PictureSize size)
    {
        boxes.Text.AddCsv(id).Add(",xclick,"u8).AddCsv(labels[annotation.ClassIndex]).Add(","u8).Add(annotation.Score ?? 1);
        Corners(boxes.Text, box, size);
        for (var i = 0; i < FlagNames.Length; i++)
        {
            var value = i == 2 ? annotation.Ignore ? 1 : 0 : annotation.Attributes.TryGetValue(FlagNames[i], out var flag) && flag is AttributeValue.Flag { Value: var yes } ? yes ? 1 : 0 : -1;
            boxes.Text.Add(","u8).Add((long)value);
        }

        boxes.Text.Add("\n"u8);
    }

    private void WriteMask(string id, string subset, DatasetAnnotation annotation, Mask mask, PictureSize size, int place)
    {
        var box = annotation.StatedBox ?? mask.Bounds;
        var name = string.Create(CultureInfo.InvariantCulture, $"{id}_{place}.png");
        masks.Text.AddCsv(name).Add(","u8).AddCsv(id).Add(","u8).AddCsv(labels[annotation.ClassIndex]).Add(","u8).Add((long)place);
        Corners(masks.Text, box, size);
        masks.Text.Add(",,\n"u8);
        var samples = mask.WithBox(0, 0, size.Width, size.Height).ToBitmap();
        for (var i = 0; i < samples.Length; i++) samples[i] = (byte)(samples[i] * 255);
        using var stream = request.Target.Create($"masks/{subset}/{name}");
        PngWriter.Write(stream, new PngImage(size.Width, size.Height, PngColor.Grey, 8, samples, []));
    }

    private static void Corners(Utf8Text text, Box box, PictureSize size) =>
        text.Add(","u8).Add(Share(box.X, size.Width)).Add(","u8).Add(Share(box.Right, size.Width)).Add(","u8).Add(Share(box.Y, size.Height)).Add(","u8).Add(Share(box.Bottom, size.Height));

    private static double Share(double pixels, int side) => Math.Round(pixels / side, Digits);

    private void WriteClasses()
    {
        var text = new Utf8Text().Add("LabelName,DisplayName\n"u8);
        for (var i = 0; i < labels.Length; i++) text.AddCsv(labels[i]).Add(","u8).AddCsv(dataset.Header.Classes[i].Name).Add("\n"u8);
        request.Target.Write("annotations/class-descriptions.csv", text.Written);
        if (dataset.Header.Classes.All(c => string.IsNullOrEmpty(c.Parent))) return;
        text.Clear();
        request.Target.Write("annotations/bbox_labels_hierarchy.json", new OpenImagesTree(dataset.Header, labels, losses).Format());
    }
}
