using Plumbline.Core.Annotations;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;
using Plumbline.Formats.Pictures;
using Plumbline.Formats.Reports;
using Plumbline.Formats.Text;

namespace Plumbline.Formats.SageMaker;

/// <summary>Writes <c>SPLIT.manifest</c> with boxes in <c>boxes</c> and classes of whole images in <c>classes</c>, and pictures in <c>images/</c>; images without a split go to <c>output.manifest</c>.</summary>
internal sealed class SageMakerWriter(SageMakerFormat format, DatasetReader dataset, WriteRequest request)
{
    private const int FlushBytes = 1 << 16;
    private static readonly LossKind Mixed = new("score", "score", "In one image, the manifest has scores for all objects or none; this object has none and is written with 1.");
    private static readonly LossKind OtherSplit = new("split", "split", "Manifests of this name are read as images without a split.");
    private readonly LossReport losses = request.Losses;
    private readonly CommonLosses common = new(format, dataset.Header, request.Losses);
    private readonly ShapeFit fit = new(format, request.Losses);
    private readonly Utf8Text text = new();
    private long imageCount, annotationCount;

    public async Task<WriteSummary> WriteAsync(CancellationToken cancellationToken)
    {
        Stream? file = null;
        string? open = null;
        try
        {
            await foreach (var item in dataset.ReadItemsAsync(cancellationToken))
            {
                var name = item.Split ?? SageMakerFiles.Default;
                if (file is null || name != open)
                {
                    Close(file);
                    file = request.Target.Create($"{open = name}.manifest");
                }

                Write(item);
                if (text.Length < FlushBytes) continue;
                file.Write(text.Written);
                text.Clear();
            }

            Close(file ?? request.Target.Create($"{SageMakerFiles.Default}.manifest"));
            file = null;
        }
        finally
        {
            file?.Dispose();
        }

        common.Finish();
        return new(imageCount, annotationCount);
    }

    private void Close(Stream? file)
    {
        if (file is null) return;
        file.Write(text.Written);
        file.Dispose();
        text.Clear();
    }

    private void Write(DatasetItem item)
    {
        common.Count(item);
        imageCount++;
        if (item.Split is { } split && SageMakerFiles.SplitOf(split + ".manifest") != split) losses.Add(OtherSplit, item);
        var boxes = new List<(DatasetAnnotation Annotation, BoxShape Box)>();
        var tags = new List<DatasetAnnotation>();
        foreach (var annotation in item.Annotations)
        {
            switch (fit.Of(item, annotation))
            {
                case BoxShape box: boxes.Add((annotation, box)); break;
                case TagShape when tags.Any(t => t.ClassIndex == annotation.ClassIndex):
                    losses.Add(new LossKind("tag-left-out", "annotation", "The image has this class already; it is left out."), item, annotation);
                    continue;
                case TagShape: tags.Add(annotation); break;
                default: continue;
            }

            annotationCount++;
            common.Count(item, annotation);
        }

        text.Add("{\"source-ref\":"u8).AddJson(item.Path);
        WriteBoxes(item, boxes);
        WriteTags(item, tags);
        text.Add("}\n"u8);
        if (item.Picture is { } picture && request.Pictures != PictureMode.None && !request.Target.IsSingleFile) request.Target.Add(TreePath.Join(TreePath.Join("images", item.Split ?? ""), item.Path), picture, request.Pictures);
    }

    private void WriteBoxes(DatasetItem item, List<(DatasetAnnotation Annotation, BoxShape Box)> boxes)
    {
        text.Add(",\"boxes\":{\"image_size\":["u8);
        if (item.Size is { } size) text.Add("{\"width\":"u8).Add((long)size.Width).Add(",\"height\":"u8).Add((long)size.Height).Add(",\"depth\":3}"u8);
        text.Add("],\"annotations\":["u8);
        for (var i = 0; i < boxes.Count; i++)
        {
            var box = boxes[i].Box.Box;
            text.Add(i == 0 ? "{\"class_id\":"u8 : ",{\"class_id\":"u8).Add((long)boxes[i].Annotation.ClassIndex).Add(",\"left\":"u8).Add(box.X).Add(",\"top\":"u8).Add(box.Y);
            text.Add(",\"width\":"u8).Add(box.Width).Add(",\"height\":"u8).Add(box.Height).Add("}"u8);
        }

        text.Add("]},\"boxes-metadata\":{\"objects\":["u8);
        var annotations = boxes.Select(b => b.Annotation).ToList();
        var isHuman = annotations.All(a => a.Score is null);
        for (var i = 0; i < annotations.Count; i++) text.Add(i == 0 ? "{\"confidence\":"u8 : ",{\"confidence\":"u8).Add(ScoreOf(item, annotations[i], isHuman)).Add("}"u8);
        text.Add("],"u8);
        Metadata(annotations, isHuman, "groundtruth/object-detection", "boxes");
    }

    private void WriteTags(DatasetItem item, List<DatasetAnnotation> tags)
    {
        if (tags.Count == 0) return;
        var isHuman = tags.All(a => a.Score is null);
        text.Add(",\"classes\":["u8);
        for (var i = 0; i < tags.Count; i++) text.Add(i == 0 ? ""u8 : ","u8).Add((long)tags[i].ClassIndex);
        text.Add("],\"classes-metadata\":{\"confidence-map\":{"u8);
        for (var i = 0; i < tags.Count; i++) text.Add(i == 0 ? "\""u8 : ",\""u8).Add((long)tags[i].ClassIndex).Add("\":"u8).Add(ScoreOf(item, tags[i], isHuman));
        text.Add("},"u8);
        Metadata(tags, isHuman, "groundtruth/image-classification-multilabel", "classes");
    }

    private double ScoreOf(DatasetItem item, DatasetAnnotation annotation, bool isHuman)
    {
        if (!isHuman && annotation.Score is null) losses.Add(Mixed, item, annotation);
        return annotation.Score ?? 1;
    }

    private void Metadata(List<DatasetAnnotation> annotations, bool isHuman, string type, string job)
    {
        text.Add("\"class-map\":{"u8);
        var first = true;
        foreach (var place in annotations.Select(a => a.ClassIndex).Distinct().Order())
        {
            text.Add(first ? "\""u8 : ",\""u8).Add((long)place).Add("\":"u8).AddJson(dataset.Header.Classes[place].Name);
            first = false;
        }

        text.Add("},\"human-annotated\":\""u8).Add(isHuman ? "yes"u8 : "no"u8).Add("\",\"type\":\""u8).Add(type).Add("\",\"job-name\":\""u8).Add(job).Add("\"}"u8);
    }
}
