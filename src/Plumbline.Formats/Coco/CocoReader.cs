using System.Buffers;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Plumbline.Formats.Collections;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Pictures;
using Plumbline.Formats.Reports;

namespace Plumbline.Formats.Coco;

/// <summary>Reads one or several COCO files, image by image: an index first (<see cref="CocoFirstPass"/>), then each image's annotations from where they stand.</summary>
internal sealed class CocoReader : DatasetReader
{
    // Annotations of one image that lie closer together than this are fetched by one read.
    private const int Gap = 4096;
    private const int MaxRun = 16 << 20;
    private static readonly string[] ImageFields = ["id", "file_name", "width", "height"];
    private readonly CocoOpenFiles files;
    private readonly DatasetSource source;
    private readonly CocoTask task;
    private readonly ReadDetail detail;
    private readonly IssueLog issues;

    private CocoReader(CocoOpenFiles files, CocoTask task, DatasetSource source, ReadRequest request)
    {
        this.task = task;
        this.files = files;
        this.source = source;
        detail = request.Detail;
        issues = request.Issues;
        Header = new DatasetHeader { Format = CocoFormat.Family, Classes = files.Classes, Fields = files.Fields, Splits = files.Splits, HasUniqueIds = true };
    }

    public override DatasetHeader Header { get; }

    public override long? ItemCount => files.ImageCount;

    public static CocoReader Open(DatasetSource source, IReadOnlyList<CocoFiles.Choice> choices, CocoTask task, ReadRequest request, CancellationToken cancellationToken) =>
        new(CocoOpenFiles.Open(source, choices, (file, stream) => CocoFirstPass.Run(stream, file.Path, task, request.Issues, cancellationToken), cancellationToken), task, source, request);

    public override async IAsyncEnumerable<DatasetItem> ReadItemsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask; // reading is synchronous: label files are local, and an await per image would cost more than the read
        foreach (var file in files.Files)
        {
            var parser = new CocoAnnotationParser(file.Choice.Path, file.Classes, task, detail, issues);
            for (var i = 0; i < file.Index.Images.Count; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return ReadItem(file, parser, i);
            }
        }
    }

    public override ValueTask DisposeAsync()
    {
        files.Dispose();
        return base.DisposeAsync();
    }

    private DatasetItem ReadItem(CocoOpenFiles.Entry file, CocoAnnotationParser parser, int place)
    {
        var image = file.Index.Images[place];
        var picture = source.Pictures.Find(image.Path, file.PictureFolders);
        return new DatasetItem
        {
            Path = detail == ReadDetail.Verbatim ? image.Path : file.Index.PathOf(place), // a record that passes through keeps its file_name
            Split = file.Choice.Split,
            Size = image.Size ?? PictureSize.Of(picture),
            SourceId = image.Id,
            Picture = picture,
            Annotations = ReadAnnotations(file, parser, file.Index.Annotations[place], image),
            Raw = detail == ReadDetail.Verbatim ? file.Read(image.Offset, new byte[image.Length]) : default,
            Other = detail == ReadDetail.Everything ? CocoRecord.Others(file.Read(image.Offset, new byte[image.Length]).Span, ImageFields) : default,
        };
    }

    private List<DatasetAnnotation> ReadAnnotations(CocoOpenFiles.Entry file, CocoAnnotationParser parser, Grouped<CocoIndex.Place>.Group places, CocoImage image)
    {
        var annotations = new List<DatasetAnnotation>(places.Length);
        for (var i = 0; i < places.Length;)
        {
            var start = places[i].Offset;
            var stop = start + places[i].Length;
            var next = i + 1;
            while (next < places.Length && places[next].Offset - stop < Gap && places[next].Offset + places[next].Length - start < MaxRun) stop = places[next].Offset + places[next++].Length;
            var length = (int)(stop - start);
            // Verbatim annotations keep their slice of this buffer; others are done with it at once.
            var buffer = detail == ReadDetail.Verbatim ? new byte[length] : ArrayPool<byte>.Shared.Rent(length);
            var run = file.Read(start, buffer.AsMemory(0, length));
            for (; i < next; i++)
            {
                var json = run.Slice((int)(places[i].Offset - start), places[i].Length);
                if (parser.Parse(json, places[i].Offset, file.Index.NewIds.GetValueOrDefault(places[i].Offset), image) is { } annotation) annotations.Add(annotation);
            }

            if (detail != ReadDetail.Verbatim) ArrayPool<byte>.Shared.Return(buffer);
        }

        return annotations;
    }
}
