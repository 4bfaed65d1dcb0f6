using System.Text.Encodings.Web;
using System.Text.Json;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;
using Plumbline.Formats.Pictures;
using Plumbline.Formats.Records;
using Plumbline.Formats.Reports;
using Plumbline.Formats.Text;

namespace Plumbline.Formats.Plumb;

/// <summary>Writes <c>items.jsonl</c> as items come, pictures beside it, and <c>manifest.json</c> at the end, when everything is counted.</summary>
internal sealed class PlumbWriter(PlumbFormat format, DatasetReader dataset, WriteRequest request)
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
    private readonly ItemJson record = new(null);
    private readonly PathAllocator paths = new();
    private readonly SortedSet<string> splits = new(StringComparer.Ordinal);
    private bool withoutSplit;
    private long images, annotations;

    public async Task<WriteSummary> WriteAsync(CancellationToken cancellationToken)
    {
        var common = new CommonLosses(format, dataset.Header, request.Losses);
        var text = new Utf8Text();
        using var json = new Utf8JsonWriter(text, Compact);
        using (var lines = request.Target.Create(PlumbManifest.Items))
        {
            await foreach (var item in dataset.ReadItemsAsync(cancellationToken))
            {
                common.Count(item);
                foreach (var annotation in item.Annotations) common.Count(item, annotation);
                record.Write(json, item, Place(item));
                json.Flush();
                json.Reset();
                text.Add("\n"u8);
                lines.Write(text.Written);
                text.Clear();
                images++;
                annotations += item.Annotations.Count;
            }
        }

        common.Finish();
        var known = dataset.Header.Splits;
        var header = known.IsEmpty ? dataset.Header with { Splits = [.. (withoutSplit ? new string?[] { null } : []).Concat(splits)] } : dataset.Header;
        request.Target.Write(PlumbManifest.File, new PlumbManifest(header, images, annotations).ToUtf8());
        return new(images, annotations);
    }

    private string? Place(DatasetItem item)
    {
        if (item.Split is null) withoutSplit = true;
        else splits.Add(item.Split);
        if (item.Picture is not { } picture || request.Pictures == PictureMode.None) return null;
        var path = paths.Allocate(null, TreePath.Join(item.Split is null ? "images" : $"images/{item.Split}", item.Path));
        request.Target.Add(path, picture, request.Pictures);
        return path;
    }
}
