using System.Text.Encodings.Web;
using System.Text.Json;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;
using Plumbline.Formats.Pictures;
using Plumbline.Formats.Records;
using Plumbline.Formats.Reports;
using Plumbline.Formats.Text;

namespace Plumbline.Formats.Jsonl;

/// <summary>Writes <c>annotations.jsonl</c>, with pictures under <c>images/SPLIT</c> when the target is a folder or ZIP.</summary>
internal sealed class JsonlWriter(JsonlFormat format, DatasetReader dataset, WriteRequest request)
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public async Task<WriteSummary> WriteAsync(CancellationToken cancellationToken)
    {
        var common = new CommonLosses(format, dataset.Header, request.Losses);
        var record = new ItemJson([.. dataset.Header.Classes.Select(c => c.Name)]);
        var text = new Utf8Text();
        using var json = new Utf8JsonWriter(text, Compact);
        using var lines = request.Target.Create("annotations.jsonl");
        long images = 0, annotations = 0;
        await foreach (var item in dataset.ReadItemsAsync(cancellationToken))
        {
            common.Count(item);
            foreach (var annotation in item.Annotations) common.Count(item, annotation);
            record.Write(json, Without(item), null);
            json.Flush();
            json.Reset();
            text.Add("\n"u8);
            lines.Write(text.Written);
            text.Clear();
            images++;
            annotations += item.Annotations.Count;
            if (item.Picture is { } picture && request.Pictures != PictureMode.None && !request.Target.IsSingleFile)
                request.Target.Add(TreePath.Join(item.Split is null ? "images" : $"images/{item.Split}", item.Path), picture, request.Pictures);
        }

        common.Finish();
        return new(images, annotations);
    }

    // Fields of another format's records mean nothing without its name, which only a manifest can give.
    private static DatasetItem Without(DatasetItem item) => item.Other.IsEmpty && item.Annotations.All(a => a.Other.IsEmpty)
        ? item
        : item with { Other = default, Annotations = [.. item.Annotations.Select(a => a with { Other = default })] };
}
