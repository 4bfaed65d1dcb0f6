using Plumbline.Core.Annotations;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;

namespace Plumbline.Formats.OpenImages;

/// <summary>Open Images: tables of boxes, classes of images and masks, class descriptions and the tree of classes.</summary>
public sealed class OpenImagesFormat : DatasetFormat
{
    /// <inheritdoc />
    public override string Name => "openimages";

    /// <inheritdoc />
    public override string Title => "Open Images";

    /// <inheritdoc />
    public override FormatAbilities Abilities { get; } = new()
    {
        Shapes = [ShapeKind.Box, ShapeKind.Tag, ShapeKind.Mask],
        StoredAs = StoredShapes.As(ShapeKind.Mask, ShapeKind.Polygon, ShapeKind.RotatedBox, ShapeKind.Ellipse),
        Attributes = true,
        Ignore = true,
        Scores = true,
        Splits = true,
        ClassList = true,
        ClassTree = true,
    };

    /// <inheritdoc />
    public override string? Recognise(IFileTree tree) => OpenImagesFiles.Of(tree).Tables is [var table, ..] ? $"{table.Path} has Open Images' columns" : null;

    /// <inheritdoc />
    public override ReadDetail DetailNeeded(string sourceFormat) => ReadDetail.Shapes;

    /// <inheritdoc />
    public override Task<DatasetReader> OpenAsync(DatasetSource source, ReadRequest request, CancellationToken cancellationToken = default) =>
        Task.FromResult<DatasetReader>(OpenImagesReader.Open(source, request, cancellationToken));

    /// <inheritdoc />
    public override async Task<WriteSummary> WriteAsync(DatasetReader dataset, WriteRequest request, CancellationToken cancellationToken = default)
    {
        using var writer = new OpenImagesWriter(this, dataset, request);
        return await writer.WriteAsync(cancellationToken);
    }
}
