using Plumbline.Core.Annotations;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;

namespace Plumbline.Formats.Cityscapes;

/// <summary>Cityscapes: polygons with the PNG maps made from them; maps alone on reading.</summary>
public sealed class CityscapesFormat : DatasetFormat
{
    /// <inheritdoc />
    public override string Name => "cityscapes";

    /// <inheritdoc />
    public override string Title => "Cityscapes";

    /// <inheritdoc />
    public override FormatAbilities Abilities { get; } = new()
    {
        Shapes = [ShapeKind.Polygon],
        StoredAs = StoredShapes.As(ShapeKind.Polygon, ShapeKind.Mask, ShapeKind.RotatedBox, ShapeKind.Ellipse),
        Ignore = true,
        Splits = true,
        ImageSizes = true,
    };

    /// <inheritdoc />
    public override string? Recognise(IFileTree tree) => CityscapesFiles.Of(tree) is [var entry, ..] ? $"{entry.Polygons ?? entry.Map} is called as Cityscapes' are" : null;

    /// <inheritdoc />
    public override ReadDetail DetailNeeded(string sourceFormat) => ReadDetail.Shapes;

    /// <inheritdoc />
    public override Task<DatasetReader> OpenAsync(DatasetSource source, ReadRequest request, CancellationToken cancellationToken = default) =>
        Task.FromResult<DatasetReader>(CityscapesReader.Open(source, request, cancellationToken));

    /// <inheritdoc />
    public override Task<WriteSummary> WriteAsync(DatasetReader dataset, WriteRequest request, CancellationToken cancellationToken = default) =>
        new CityscapesWriter(this, dataset, request).WriteAsync(cancellationToken);
}
