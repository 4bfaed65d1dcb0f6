using Plumbline.Core.Annotations;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;
using Plumbline.Formats.Pictures;
using Plumbline.Formats.Reports;
using Plumbline.Formats.Text;

namespace Plumbline.Formats.LabelStudio;

/// <summary>Writes <c>tasks.json</c>, the labelling configuration <c>label_config.xml</c> that it asks for, and pictures in <c>images/</c>.</summary>
internal sealed class LabelStudioWriter(LabelStudioFormat format, DatasetReader dataset, WriteRequest request)
{
    private const int FlushBytes = 1 << 16;
    private static readonly LossKind Renamed = new("attribute-name", "attributes", "Label Studio keeps the picture and the split in fields of these names; an image's attribute of the same name is left out.");
    private readonly LossReport losses = request.Losses;
    private readonly CommonLosses common = new(format, dataset.Header, request.Losses);
    private readonly ShapeFit fit = new(format, request.Losses);
    private readonly LabelStudioConfigWriter config = new(dataset.Header);
    private readonly Utf8Text text = new();
    private long imageCount, annotationCount;

    public async Task<WriteSummary> WriteAsync(CancellationToken cancellationToken)
    {
        using (var file = request.Target.Create("tasks.json"))
        {
            var regions = new LabelStudioRegionWriter(text, dataset.Header, config, losses);
            text.Add("["u8);
            await foreach (var item in dataset.ReadItemsAsync(cancellationToken))
            {
                if (item.Size is not { } size)
                {
                    request.Issues.Error("no-size", item.Path, item.Path, "size", "the image's size is not known and its picture is not here, so shares cannot be computed; give --image-root. It is left out.");
                    continue;
                }

                text.Add(imageCount == 0 ? "\n"u8 : ",\n"u8);
                Write(item, size, regions);
                if (item.Picture is { } picture && request.Pictures != PictureMode.None && !request.Target.IsSingleFile) request.Target.Add(TreePath.Join(TreePath.Join("images", item.Split ?? ""), item.Path), picture, request.Pictures);
                if (text.Length < FlushBytes) continue;
                file.Write(text.Written);
                text.Clear();
            }

            file.Write(text.Add("\n]\n"u8).Written);
        }

        if (!request.Target.IsSingleFile) request.Target.Write("label_config.xml", config.Format());
        common.Finish();
        return new(imageCount, annotationCount);
    }

    private void Write(DatasetItem item, PictureSize size, LabelStudioRegionWriter regions)
    {
        common.Count(item);
        text.Add("{\"id\":"u8).Add(++imageCount).Add(",\"data\":{\"image\":"u8).AddJson(item.Path);
        if (item.Split is { } split) text.Add(",\"split\":"u8).AddJson(split);
        foreach (var (name, value) in item.Attributes)
        {
            if (name is "image" or "split" || (value is AttributeValue.Text words && PictureFinder.IsPicture(words.Value)))
            {
                losses.Add(Renamed, item, null, $"{Renamed.Why} ({name})");
                continue;
            }

            text.Add(","u8).AddJson(name).Add(":"u8);
            Value(value);
        }

        text.Add("},\"annotations\":[{\"id\":"u8).Add(imageCount).Add(",\"was_cancelled\":false,\"ground_truth\":false,\"result\":["u8);
        regions.Begin(item, size);
        foreach (var annotation in item.Annotations)
        {
            if (fit.Of(item, annotation) is not { } shape || !regions.Write(annotation, shape)) continue;
            annotationCount++;
            common.Count(item, annotation);
        }

        regions.WriteRelations();
        text.Add("]}],\"predictions\":[]}"u8);
    }

    private void Value(AttributeValue value)
    {
        switch (value)
        {
            case AttributeValue.Flag flag: text.Add(flag.Value ? "true"u8 : "false"u8); break;
            case AttributeValue.Number number: text.Add(number.Value); break;
            case AttributeValue.Text words: text.AddJson(words.Value); break;
            case AttributeValue.Choices choices:
                text.Add("["u8);
                for (var i = 0; i < choices.Values.Length; i++) text.Add(i == 0 ? ""u8 : ","u8).AddJson(choices.Values[i]);
                text.Add("]"u8);
                break;
        }
    }
}
