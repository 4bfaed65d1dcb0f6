using Plumbline.Core.Annotations;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;
using Plumbline.Formats.Pictures;
using Plumbline.Formats.Reports;
using Plumbline.Formats.Text;

namespace Plumbline.Formats.Kitti;

/// <summary>Writes <c>SPLIT/label_2/</c> and pictures in <c>SPLIT/image_2/</c>; images without a split are <c>training</c>.</summary>
internal sealed class KittiWriter(KittiFormat format, DatasetReader dataset, WriteRequest request)
{
    private static readonly LossKind Attributes = new("attributes", "attributes", "KITTI has numbers for truncated, occluded, alpha and the box in 3D only.");
    private static readonly LossKind Ignored = new("ignore-flag", "ignore", "KITTI marks regions to ignore by the type DontCare only; this one keeps its class and is written like any other.");
    private static readonly LossKind Type = new("class-name", "class", "A type is one word in KITTI, and no number; white space becomes an underscore, and a number gets one.");
    private readonly LossReport losses = request.Losses;
    private readonly CommonLosses common = new(format, dataset.Header, request.Losses);
    private readonly ShapeFit fit = new(format, request.Losses);
    private readonly ReportedPaths paths = new(request.Losses);
    private readonly Utf8Text text = new();
    private readonly string[] types = [.. dataset.Header.Classes.Select(c => KittiRow.TypeOf(c.Name))];
    private long imageCount, annotationCount;

    public async Task<WriteSummary> WriteAsync(CancellationToken cancellationToken)
    {
        await foreach (var item in dataset.ReadItemsAsync(cancellationToken)) Write(item);
        for (var i = 0; i < types.Length; i++)
        {
            if (types[i] != dataset.Header.Classes[i].Name) losses.AddForAll(Type);
        }

        common.Finish();
        return new(imageCount, annotationCount);
    }

    private void Write(DatasetItem item)
    {
        common.Count(item);
        imageCount++;
        var split = item.Split ?? KittiFiles.Training;
        var path = paths.Of(item, split);
        text.Clear();
        foreach (var annotation in item.Annotations)
        {
            if (fit.Of(item, annotation) is not BoxShape { Box: var box }) continue;
            annotationCount++;
            var numbers = KittiRow.NumbersOf(annotation, box, out var lost);
            common.Count(item, annotation);
            if (lost.Count > 0) losses.Add(Attributes, item, annotation, $"{Attributes.Why} ({string.Join(", ", lost)})");
            var type = types[annotation.ClassIndex];
            if (annotation.Ignore && type != KittiRow.DontCare) losses.Add(Ignored, item, annotation);
            text.Add(type);
            foreach (var number in numbers) text.Add(" "u8).Add(number);
            text.Add("\n"u8);
        }

        request.Target.Write($"{split}/label_2/{TreePath.Stem(path)}.txt", text.Written);
        if (item.Picture is { } picture && request.Pictures != PictureMode.None) request.Target.Add($"{split}/image_2/{path}", picture, request.Pictures);
    }
}
