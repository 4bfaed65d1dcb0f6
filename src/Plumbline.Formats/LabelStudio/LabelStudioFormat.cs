using System.Collections.Immutable;
using Plumbline.Core.Annotations;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;

namespace Plumbline.Formats.LabelStudio;

/// <summary>Label Studio's JSON export (full, and JSON_MIN on reading): boxes, rotated boxes, ellipses, polygons, brushes, keypoints, choices as tags, relations.</summary>
public sealed class LabelStudioFormat : DatasetFormat
{
    /// <summary>Which results of a task are read.</summary>
    public static FormatOption Results { get; } = new("results", ["annotations", "predictions", "all"], "what people drew, what models predicted, or both");

    /// <inheritdoc />
    public override string Name => "labelstudio";

    /// <inheritdoc />
    public override string Title => "Label Studio";

    /// <inheritdoc />
    public override string? FileExtension => ".json";

    /// <inheritdoc />
    public override ImmutableArray<FormatOption> Options { get; } = [Results];

    /// <inheritdoc />
    public override FormatAbilities Abilities { get; } = new()
    {
        Shapes = [ShapeKind.Tag, ShapeKind.Point, ShapeKind.Box, ShapeKind.RotatedBox, ShapeKind.Ellipse, ShapeKind.Polygon, ShapeKind.Polyline, ShapeKind.Keypoints, ShapeKind.Mask],
        Attributes = true,
        ImageAttributes = true,
        Outlines = true,
        Relations = true,
        Scores = true,
        Splits = true,
        ClassList = true,
        ClassColors = true,
        ImageSizes = false,
    };

    /// <inheritdoc />
    public override string? Recognise(IFileTree tree) => LabelStudioFiles.Of(tree) is [var file, ..] ? $"{file} is a Label Studio export" : null;

    /// <inheritdoc />
    public override ReadDetail DetailNeeded(string sourceFormat) => ReadDetail.Shapes;

    /// <inheritdoc />
    public override Task<DatasetReader> OpenAsync(DatasetSource source, ReadRequest request, CancellationToken cancellationToken = default) =>
        Task.FromResult<DatasetReader>(LabelStudioReader.Open(source, request, cancellationToken));

    /// <inheritdoc />
    public override Task<WriteSummary> WriteAsync(DatasetReader dataset, WriteRequest request, CancellationToken cancellationToken = default) =>
        new LabelStudioWriter(this, dataset, request).WriteAsync(cancellationToken);
}
