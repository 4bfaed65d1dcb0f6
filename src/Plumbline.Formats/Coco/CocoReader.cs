using System.Buffers;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;
using Plumbline.Formats.Pictures;
using Plumbline.Formats.Reports;

namespace Plumbline.Formats.Coco;

/// <summary>Reads one or several COCO files, image by image: an index first (<see cref="CocoIndex"/>), then each image's annotations from where they stand.</summary>
internal sealed class CocoReader : DatasetReader
{
    // Annotations of one image that lie closer together than this are fetched by one read.
    private const int Gap = 4096;
    private const int MaxRun = 16 << 20;
    private static readonly string[] ImageFields = ["id", "file_name", "width", "height"];
    private readonly List<OpenFile> files;
    private readonly DatasetSource source;
    private readonly CocoTask task;
    private readonly ReadDetail detail;
    private readonly IssueLog issues;

    private CocoReader(List<OpenFile> files, DatasetHeader header, CocoTask task, DatasetSource source, ReadRequest request)
    {
        this.task = task;
        this.files = files;
        this.source = source;
        detail = request.Detail;
        issues = request.Issues;
        Header = header;
    }

    public override DatasetHeader Header { get; }

    public override long? ItemCount => files.Sum(f => (long)f.Index.Images.Count);

    private sealed record OpenFile(CocoFiles.Choice Choice, Stream Stream, CocoIndex Index, IReadOnlyDictionary<string, int> Classes)
    {
        public string[] PictureFolders { get; } = CocoFiles.PictureFolders(Choice);
    }

    public static CocoReader Open(DatasetSource source, IReadOnlyList<CocoFiles.Choice> choices, CocoTask task, ReadRequest request, CancellationToken cancellationToken)
    {
        var files = new List<OpenFile>();
        try
        {
            var classes = new CocoClassUnion();
            foreach (var choice in choices)
            {
                var stream = SpoolStream.Seekable(source.Tree.OpenRead(choice.Path), cancellationToken);
                try
                {
                    var index = CocoIndex.Build(stream, choice.Path, task, request.Issues, cancellationToken);
                    files.Add(new(choice, stream, index, classes.Add(index.Categories)));
                }
                catch
                {
                    stream.Dispose();
                    throw;
                }
            }

            var header = new DatasetHeader
            {
                Format = CocoFormat.Family,
                Classes = classes.ToImmutable(),
                Fields = [.. files.SelectMany(f => f.Index.Fields).DistinctBy(f => f.Name)],
                Splits = [.. files.Select(f => f.Choice.Split)],
                HasUniqueIds = true,
            };
            return new CocoReader(files, header, task, source, request);
        }
        catch
        {
            foreach (var file in files) file.Stream.Dispose();
            throw;
        }
    }

    public override async IAsyncEnumerable<DatasetItem> ReadItemsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask; // reading is synchronous: label files are local, and an await per image would cost more than the read
        foreach (var file in files)
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
        foreach (var file in files) file.Stream.Dispose();
        return base.DisposeAsync();
    }

    private DatasetItem ReadItem(OpenFile file, CocoAnnotationParser parser, int place)
    {
        var image = file.Index.Images[place];
        var picture = source.Pictures.Find(image.Path, file.PictureFolders);
        return new DatasetItem
        {
            Path = image.Path,
            Split = file.Choice.Split,
            Size = image.Size ?? PictureSize.Of(picture),
            SourceId = image.Id,
            Picture = picture,
            Annotations = ReadAnnotations(file, parser, file.Index.Annotations[place], image),
            Raw = detail == ReadDetail.Verbatim ? Read(file.Stream, image.Offset, new byte[image.Length]) : default,
            Other = detail == ReadDetail.Everything ? CocoRecord.Others(Read(file.Stream, image.Offset, new byte[image.Length]).Span, ImageFields) : default,
        };
    }

    private List<DatasetAnnotation> ReadAnnotations(OpenFile file, CocoAnnotationParser parser, ReadOnlySpan<CocoIndex.Place> places, CocoImage image)
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
            var run = Read(file.Stream, start, buffer.AsMemory(0, length));
            for (; i < next; i++)
            {
                var json = run.Slice((int)(places[i].Offset - start), places[i].Length);
                if (parser.Parse(json, places[i].Offset, file.Index.NewIds.GetValueOrDefault(places[i].Offset), image) is { } annotation) annotations.Add(annotation);
            }

            if (detail != ReadDetail.Verbatim) ArrayPool<byte>.Shared.Return(buffer);
        }

        return annotations;
    }

    private static Memory<byte> Read(Stream stream, long offset, Memory<byte> buffer)
    {
        if (stream is FileStream file)
        {
            for (var done = 0; done < buffer.Length;)
            {
                var count = RandomAccess.Read(file.SafeFileHandle, buffer.Span[done..], offset + done);
                if (count == 0) throw new EndOfStreamException("The file became shorter while it was read.");
                done += count;
            }
        }
        else
        {
            stream.Position = offset;
            stream.ReadExactly(buffer.Span);
        }

        return buffer;
    }
}
