using Plumbline.Core.Annotations;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;

namespace Plumbline.Formats.Datumaro;

/// <summary>Datumaro's JSON: one file a subset with categories and items.</summary>
public sealed class DatumaroFormat : DatasetFormat
{
    /// <inheritdoc />
    public override string Name => "datumaro";

    /// <inheritdoc />
    public override string Title => "Datumaro";

    /// <inheritdoc />
    public override FormatAbilities Abilities { get; } = new()
    {
        Shapes = [ShapeKind.Tag, ShapeKind.Point, ShapeKind.Box, ShapeKind.Ellipse, ShapeKind.Polygon, ShapeKind.Polyline, ShapeKind.Keypoints, ShapeKind.Mask],
        StoredAs = StoredShapes.As(ShapeKind.Polygon, ShapeKind.RotatedBox),
        Attributes = true,
        ImageAttributes = true,
        Ignore = true,
        Scores = true,
        Groups = true,
        Tracks = true,
        Frames = true,
        ZOrder = true,
        Skeletons = true,
        Splits = true,
        ClassList = true,
        ClassTree = true,
        ClassColors = true,
        ImageSizes = true,
    };

    /// <inheritdoc />
    public override string? Recognise(IFileTree tree) => DatumaroFiles.Of(tree) is [var file, ..] ? $"{file} is a Datumaro file" : null;

    /// <inheritdoc />
    public override ReadDetail DetailNeeded(string sourceFormat) => ReadDetail.Shapes;

    /// <inheritdoc />
    public override Task<DatasetReader> OpenAsync(DatasetSource source, ReadRequest request, CancellationToken cancellationToken = default) =>
        Task.FromResult<DatasetReader>(DatumaroReader.Open(source, request, cancellationToken));

    /// <inheritdoc />
    public override Task<WriteSummary> WriteAsync(DatasetReader dataset, WriteRequest request, CancellationToken cancellationToken = default) =>
        new DatumaroWriter(this, dataset, request).WriteAsync(cancellationToken);
}
