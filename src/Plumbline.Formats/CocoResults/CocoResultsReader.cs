using System.Runtime.CompilerServices;
using Plumbline.Formats.Coco;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;
using Plumbline.Formats.Reports;

namespace Plumbline.Formats.CocoResults;

/// <summary>Reads lists of detections image by image. Without a COCO file that names images and categories, their numbers are their names.</summary>
internal sealed class CocoResultsReader : DatasetReader
{
    private readonly CocoOpenFiles files;
    private readonly DatasetSource source;
    private readonly ReadDetail detail;
    private readonly IssueLog issues;

    private CocoResultsReader(CocoOpenFiles files, DatasetSource source, ReadRequest request)
    {
        this.files = files;
        this.source = source;
        detail = request.Detail;
        issues = request.Issues;
        Header = new DatasetHeader { Format = "coco-results", Classes = files.Classes, Splits = files.Splits };
    }

    public override DatasetHeader Header { get; }

    public override long? ItemCount => files.ImageCount;

    public static CocoResultsReader Open(DatasetSource source, ReadRequest request, CancellationToken cancellationToken)
    {
        var chosen = CocoFiles.Choose(source.Tree, CocoFiles.Kind.Results).Chosen;
        if (chosen.Count == 0 && CocoFiles.OnlyJson(source.Tree) is { } only) chosen = [only];
        if (chosen.Count == 0) throw new DatasetFormatException(source.Tree.Name, "there is no JSON file here that is a list of detections with image_id, category_id and bbox, segmentation or keypoints.");
        var named = CocoFiles.KindsIn(source.Tree).Where(k => k.Kind is CocoFiles.Kind.Images or CocoFiles.Kind.Instances or CocoFiles.Kind.Keypoints).Select(k => k.Path).ToList();
        return new(CocoOpenFiles.Open(source, chosen, (file, stream) => Index(source, request, file, stream, named, cancellationToken), cancellationToken), source, request);
    }

    public override async IAsyncEnumerable<DatasetItem> ReadItemsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask; // files are local: an await for each image would cost more than the read
        foreach (var file in files.Files)
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
        files.Dispose();
        return base.DisposeAsync();
    }

    // The option first; then the file of the same split; then the only one there is.
    private static CocoIndex Index(DatasetSource source, ReadRequest request, CocoFiles.Choice choice, Stream stream, List<string> named, CancellationToken cancellationToken)
    {
        if (request.Options.PathOf(CocoResultsFormat.ResultsOf) is { } given)
        {
            using var opened = File.OpenRead(given);
            return CocoFirstPass.RunResults(stream, choice.Path, opened, given, request.Issues, cancellationToken);
        }

        var beside = named.Find(n => CocoFiles.SplitOf(n) == choice.Split) ?? (named.Count == 1 ? named[0] : null);
        if (beside is null)
        {
            request.Issues.Warning("no-images-file", choice.Path, null, null, "there is no COCO file that names images and categories; their numbers are used (--results-of FILE names one).");
            return CocoFirstPass.RunResults(stream, choice.Path, null, "", request.Issues, cancellationToken);
        }

        using var truth = source.Tree.OpenRead(beside);
        return CocoFirstPass.RunResults(stream, choice.Path, truth, beside, request.Issues, cancellationToken);
    }

    private DatasetItem ReadItem(CocoOpenFiles.Entry file, CocoAnnotationParser parser, int place)
    {
        var image = file.Index.Images[place];
        var annotations = new List<DatasetAnnotation>();
        foreach (var record in file.Index.Annotations[place])
        {
            if (parser.Parse(file.Read(record.Offset, new byte[record.Length]), record.Offset, null, image) is { } annotation) annotations.Add(annotation);
        }

        return new DatasetItem
        {
            Path = file.Index.PathOf(place),
            Split = file.Choice.Split,
            Size = image.Size,
            Picture = source.Pictures.Find(image.Path, file.PictureFolders),
            SourceId = image.Id,
            Annotations = annotations,
        };
    }
}
