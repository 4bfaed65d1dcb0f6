using System.Runtime.CompilerServices;
using Plumbline.Formats.Coco;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;
using Plumbline.Formats.Reports;

namespace Plumbline.Formats.CocoResults;

/// <summary>Reads lists of detections image by image. Without a COCO file that names images and categories, their numbers are their names.</summary>
internal sealed class CocoResultsReader : DatasetReader
{
    private readonly List<OpenFile> files;
    private readonly DatasetSource source;
    private readonly ReadDetail detail;
    private readonly IssueLog issues;

    private CocoResultsReader(List<OpenFile> files, DatasetHeader header, DatasetSource source, ReadRequest request)
    {
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

    public static CocoResultsReader Open(DatasetSource source, ReadRequest request, CancellationToken cancellationToken)
    {
        var chosen = CocoFiles.Choose(source.Tree, CocoFiles.Kind.Results).Chosen;
        if (chosen.Count == 0 && CocoFiles.OnlyJson(source.Tree) is { } only) chosen = [only];
        if (chosen.Count == 0) throw new DatasetFormatException(source.Tree.Name, "there is no JSON file here that is a list of detections with image_id, category_id and bbox, segmentation or keypoints.");
        var named = CocoFiles.KindsIn(source.Tree).Where(k => k.Kind is CocoFiles.Kind.Images or CocoFiles.Kind.Instances or CocoFiles.Kind.Keypoints).Select(k => k.Path).ToList();
        var files = new List<OpenFile>();
        try
        {
            var classes = new CocoClassUnion();
            foreach (var choice in chosen)
            {
                var stream = SpoolStream.Seekable(source.Tree.OpenRead(choice.Path), cancellationToken);
                try
                {
                    var index = Index(source, request, choice, stream, named, cancellationToken);
                    files.Add(new(choice, stream, index, classes.Add(index.Categories)));
                }
                catch
                {
                    stream.Dispose();
                    throw;
                }
            }

            return new(files, new DatasetHeader { Format = "coco-results", Classes = classes.ToImmutable(), Splits = [.. files.Select(f => f.Choice.Split)] }, source, request);
        }
        catch
        {
            foreach (var file in files) file.Stream.Dispose();
            throw;
        }
    }

    public override async IAsyncEnumerable<DatasetItem> ReadItemsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask; // files are local: an await for each image would cost more than the read
        foreach (var file in files)
        {
            var parser = new CocoAnnotationParser(file.Choice.Path, file.Classes, CocoTask.Keypoints, detail == ReadDetail.Verbatim ? ReadDetail.Shapes : detail, issues);
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

    // The option first; then the file of the same split; then the only one there is.
    private static CocoIndex Index(DatasetSource source, ReadRequest request, CocoFiles.Choice choice, Stream stream, List<string> named, CancellationToken cancellationToken)
    {
        if (request.Options.PathOf(CocoResultsFormat.ResultsOf) is { } given)
        {
            using var opened = File.OpenRead(given);
            return CocoIndex.BuildResults(stream, choice.Path, opened, given, request.Issues, cancellationToken);
        }

        var beside = named.Find(n => CocoFiles.SplitOf(n) == choice.Split) ?? (named.Count == 1 ? named[0] : null);
        if (beside is null)
        {
            request.Issues.Warning("no-images-file", choice.Path, null, null, "there is no COCO file that names images and categories; their numbers are used (--results-of FILE names one).");
            return CocoIndex.BuildResults(stream, choice.Path, null, "", request.Issues, cancellationToken);
        }

        using var truth = source.Tree.OpenRead(beside);
        return CocoIndex.BuildResults(stream, choice.Path, truth, beside, request.Issues, cancellationToken);
    }

    private DatasetItem ReadItem(OpenFile file, CocoAnnotationParser parser, int place)
    {
        var image = file.Index.Images[place];
        var annotations = new List<DatasetAnnotation>();
        foreach (var record in file.Index.Annotations[place])
        {
            var json = new byte[record.Length];
            file.Stream.Position = record.Offset;
            file.Stream.ReadExactly(json);
            if (parser.Parse(json, record.Offset, null, image) is { } annotation) annotations.Add(annotation);
        }

        return new DatasetItem
        {
            Path = image.Path,
            Split = file.Choice.Split,
            Size = image.Size,
            Picture = source.Pictures.Find(image.Path, file.PictureFolders),
            SourceId = image.Id,
            Annotations = annotations,
        };
    }
}
