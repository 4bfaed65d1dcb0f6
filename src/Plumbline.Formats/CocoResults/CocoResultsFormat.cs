using System.Collections.Immutable;
using Plumbline.Core.Annotations;
using Plumbline.Formats.Coco;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;

namespace Plumbline.Formats.CocoResults;

/// <summary>COCO results: a list of scored detections, as pycocotools' <c>loadRes</c> takes them. Images and categories are numbers there; their names come from a COCO file.</summary>
public sealed class CocoResultsFormat : DatasetFormat
{
    /// <summary>The COCO file that results speak of.</summary>
    public static FormatOption ResultsOf { get; } = FormatOption.File("results-of", "the COCO file whose images and categories the results speak of");

    /// <inheritdoc />
    public override string Name => "coco-results";

    /// <inheritdoc />
    public override string Title => "COCO results";

    /// <inheritdoc />
    public override string? FileExtension => ".json";

    /// <inheritdoc />
    public override ImmutableArray<FormatOption> Options { get; } = [ResultsOf];

    /// <inheritdoc />
    public override FormatAbilities Abilities { get; } = new()
    {
        Shapes = [ShapeKind.Box, ShapeKind.Mask, ShapeKind.Keypoints],
        StoredAs = StoredShapes.As(ShapeKind.Mask, ShapeKind.Polygon, ShapeKind.RotatedBox, ShapeKind.Ellipse),
        Scores = true,
        StatedBoxes = true,
        Splits = true,
        ClassList = true,
        ClassTree = true,
        ImageSizes = true,
    };

    /// <inheritdoc />
    public override string? Recognise(IFileTree tree)
    {
        var kinds = CocoFiles.KindsIn(tree);
        // Beside its truth a list of detections is no dataset of its own.
        return kinds.All(k => k.Kind is CocoFiles.Kind.Results or CocoFiles.Kind.Images) && kinds.FirstOrDefault(k => k.Kind == CocoFiles.Kind.Results).Path is { } first ? $"{first} is a list of COCO detections" : null;
    }

    /// <inheritdoc />
    public override ReadDetail DetailNeeded(string sourceFormat) => ReadDetail.Shapes;

    /// <inheritdoc />
    public override Task<DatasetReader> OpenAsync(DatasetSource source, ReadRequest request, CancellationToken cancellationToken = default) =>
        Task.FromResult<DatasetReader>(CocoResultsReader.Open(source, request, cancellationToken));

    /// <inheritdoc />
    public override Task<WriteSummary> WriteAsync(DatasetReader dataset, WriteRequest request, CancellationToken cancellationToken = default) =>
        new CocoResultsWriter(this, dataset, request).WriteAsync(cancellationToken);
}
