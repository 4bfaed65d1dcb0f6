using System.Runtime.CompilerServices;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;
using Plumbline.Formats.Records;
using Plumbline.Formats.Reports;

namespace Plumbline.Formats.Plumb;

/// <summary>Reads <c>items.jsonl</c> line by line; only paths and places of lines are held.</summary>
internal sealed class PlumbReader : DatasetReader
{
    private readonly PlumbManifest manifest;
    private readonly JsonLines lines;
    private readonly ItemJsonReader record;
    private readonly IssueLog issues;

    private PlumbReader(PlumbManifest manifest, JsonLines lines, ItemJsonReader record, IssueLog issues)
    {
        this.manifest = manifest;
        this.lines = lines;
        this.record = record;
        this.issues = issues;
    }

    public override DatasetHeader Header => manifest.Header;

    public override long? ItemCount => lines.Entries.Count;

    public static PlumbReader Open(DatasetSource source, ReadRequest request, CancellationToken cancellationToken)
    {
        var manifest = PlumbManifest.Read(source.Tree);
        if (!source.Tree.Exists(PlumbManifest.Items)) throw new DatasetFormatException(source.Tree.Name, $"there is no {PlumbManifest.Items} beside {PlumbManifest.File}.");
        var lines = new JsonLines();
        try
        {
            lines.Add(SpoolStream.Seekable(source.Tree.OpenRead(PlumbManifest.Items), cancellationToken), PlumbManifest.Items, null, request.Issues, null, cancellationToken);
            lines.Sort(request.Issues, _ => PlumbManifest.Items);
        }
        catch
        {
            lines.Dispose();
            throw;
        }

        if (lines.Entries.Count != manifest.Images)
            request.Issues.Error("count-mismatch", PlumbManifest.Items, null, "images", $"the manifest counts {manifest.Images} images, {lines.Entries.Count} are here: the dataset is not whole.");
        return new(manifest, lines, new(PlumbManifest.Items, manifest.Header.Classes.Length, null, source, request.Issues), request.Issues);
    }

    public override async IAsyncEnumerable<DatasetItem> ReadItemsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask; // lines are local: an await for each would cost more than the read
        long annotations = 0;
        foreach (var entry in lines.Entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (record.Read(lines.Read(entry), entry) is not { } item) continue;
            annotations += item.Annotations.Count;
            yield return item;
        }

        if (annotations != manifest.Annotations)
            issues.Warning("count-mismatch", PlumbManifest.Items, null, "annotations", $"the manifest counts {manifest.Annotations} annotations, {annotations} were read.");
    }

    public override ValueTask DisposeAsync()
    {
        lines.Dispose();
        return base.DisposeAsync();
    }
}
