using System.Runtime.CompilerServices;
using System.Text;
using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Core.Masks;
using Plumbline.Formats.Coco;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;
using Plumbline.Formats.Json;
using Plumbline.Formats.Pictures;
using Plumbline.Formats.Reports;

namespace Plumbline.Formats.CocoPanoptic;

/// <summary>Reads panoptic files image by image: the segments of its record, and their pixels from its PNG. Without the PNG a segment is its box.</summary>
internal sealed class CocoPanopticReader : DatasetReader
{
    private readonly CocoOpenFiles files;
    private readonly DatasetSource source;
    private readonly ReadDetail detail;
    private readonly IssueLog issues;

    private CocoPanopticReader(CocoOpenFiles files, DatasetSource source, ReadRequest request)
    {
        this.files = files;
        this.source = source;
        detail = request.Detail;
        issues = request.Issues;
        Header = new DatasetHeader
        {
            Format = CocoFormat.Family,
            Classes = [.. files.Classes.Select(c => c with { Color = CocoPanopticColor.Of(c.Raw.Span) })],
            Fields = files.Fields,
            Splits = files.Splits,
        };
    }

    public override DatasetHeader Header { get; }

    public override long? ItemCount => files.ImageCount;

    public static CocoPanopticReader Open(DatasetSource source, ReadRequest request, CancellationToken cancellationToken)
    {
        var (chosen, leftOut) = CocoFiles.Choose(source.Tree, CocoFiles.Kind.Panoptic);
        if (chosen.Count == 0 && CocoFiles.OnlyJson(source.Tree) is { } only) chosen = [only];
        if (chosen.Count == 0) throw new DatasetFormatException(source.Tree.Name, "there is no JSON file here whose annotations have \"segments_info\".");
        foreach (var other in leftOut.Except(chosen.Select(c => c.Path))) request.Issues.Warning("file-not-read", other, null, null, "it is COCO JSON of another kind and is not read.");
        return new(CocoOpenFiles.Open(source, chosen, (file, stream) => CocoFirstPass.Run(stream, file.Path, CocoTask.Instances, request.Issues, cancellationToken, withIds: false), cancellationToken), source, request);
    }

    public override async IAsyncEnumerable<DatasetItem> ReadItemsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask; // files are local: an await for each image would cost more than the read
        foreach (var file in files.Files)
        {
            for (var i = 0; i < file.Index.Images.Count; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return ReadItem(file, i);
            }
        }
    }

    public override ValueTask DisposeAsync()
    {
        files.Dispose();
        return base.DisposeAsync();
    }

    private DatasetItem ReadItem(CocoOpenFiles.Entry file, int place)
    {
        var image = file.Index.Images[place];
        var annotations = new List<DatasetAnnotation>();
        foreach (var record in file.Index.Annotations[place])
        {
            var json = file.Read(record.Offset, new byte[record.Length]);
            try
            {
                ReadRecord(file, image, json.Span, record.Offset, annotations);
            }
            catch (FormatException e)
            {
                issues.Error("broken-annotation", file.Choice.Path, image.Path, null, $"{e.Message}; its segments are left out.", new(Offset: record.Offset));
            }
        }

        return new DatasetItem
        {
            Path = file.Index.PathOf(place),
            Split = file.Choice.Split,
            Size = image.Size,
            SourceId = image.Id,
            Picture = source.Pictures.Find(image.Path, file.PictureFolders),
            Annotations = annotations,
        };
    }

    private void ReadRecord(CocoOpenFiles.Entry file, CocoImage image, ReadOnlySpan<byte> json, long offset, List<DatasetAnnotation> annotations)
    {
        string? name = null;
        ReadOnlySpan<byte> segments = default;
        var cursor = new JsonCursor(json);
        while (cursor.Next(out var key, out var value))
        {
            if (key.SequenceEqual("file_name"u8)) name = JsonCursor.Text(value);
            else if (key.SequenceEqual("segments_info"u8)) segments = value;
        }

        if (segments.IsEmpty || segments[0] != (byte)'[') throw new FormatException("it has no list \"segments_info\"");
        var masks = detail >= ReadDetail.Shapes ? Masks(file, image, name, offset) : null;
        var parser = new CocoSegmentInfo(file.Classes, masks);
        var at = JsonSkip.WhiteSpace(segments, 1);
        for (var place = 1; segments[at] != (byte)']'; place++)
        {
            var end = JsonSkip.Value(segments, at, final: true);
            if (end == JsonSkip.Incomplete) throw new FormatException("a segment does not end");
            try
            {
                annotations.Add(parser.Parse(segments[at..end]));
            }
            catch (FormatException e)
            {
                issues.Error("broken-segment", file.Choice.Path, $"{image.Path}, segment {place}", null, $"{e.Message}; it is left out.", new(Offset: offset));
            }

            at = JsonSkip.WhiteSpace(segments, end);
            if (segments[at] == (byte)',') at = JsonSkip.WhiteSpace(segments, at + 1);
        }
    }

    // panoptic_val2017.json has its PNGs in panoptic_val2017/.
    private static string[] MaskFolders(string file)
    {
        string stem = TreePath.Stem(file), folder = TreePath.Folder(file);
        return [stem, TreePath.FileName(stem), folder, TreePath.Join(folder, "panoptic"), TreePath.Join(TreePath.Folder(folder), "panoptic")];
    }

    private Dictionary<int, Mask>? Masks(CocoOpenFiles.Entry file, CocoImage image, string? name, long offset)
    {
        if (name is null || !TreePath.TryNormalise(name, out var path) || source.Pictures.Find(path, MaskFolders(file.Choice.Path)) is not { } picture)
        {
            issues.Warning("no-segment-picture", file.Choice.Path, image.Path, "file_name", $"the picture of its segments, '{name}', is not here; their boxes are used.", new(Offset: offset));
            return null;
        }

        try
        {
            using var stream = picture.OpenRead();
            var map = SegmentMap.Read(stream);
            if (image.Size is { } size && !map.Fits(size)) throw new InvalidDataException($"it is not {size.Width} × {size.Height} pixels as the image is.");
            return map.Masks();
        }
        catch (InvalidDataException e)
        {
            issues.Error("bad-segment-picture", path, image.Path, null, $"{e.Message} Boxes are used.");
            return null;
        }
    }
}
