using Plumbline.Core.Annotations;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;

namespace Plumbline.Formats.SageMaker;

/// <summary>SageMaker's augmented manifest: a line of JSON an image, with boxes and classes of whole images by Ground Truth's fields.</summary>
public sealed class SageMakerFormat : DatasetFormat
{
    /// <inheritdoc />
    public override string Name => "sagemaker";

    /// <inheritdoc />
    public override string Title => "SageMaker manifest";

    /// <inheritdoc />
    public override FormatAbilities Abilities { get; } = new()
    {
        Shapes = [ShapeKind.Box, ShapeKind.Tag],
        StoredAs = StoredShapes.As(ShapeKind.Box, ShapeKind.Polygon, ShapeKind.Mask, ShapeKind.RotatedBox, ShapeKind.Ellipse),
        Scores = true,
        Splits = true,
        ImageSizes = true,
    };

    /// <inheritdoc />
    public override string? Recognise(IFileTree tree) => SageMakerFiles.Of(tree) is [var file, ..] ? $"{file.Path} is an augmented manifest" : null;

    /// <inheritdoc />
    public override ReadDetail DetailNeeded(string sourceFormat) => ReadDetail.Boxes;

    /// <inheritdoc />
    public override Task<DatasetReader> OpenAsync(DatasetSource source, ReadRequest request, CancellationToken cancellationToken = default) =>
        Task.FromResult<DatasetReader>(SageMakerReader.Open(source, request, cancellationToken));

    /// <inheritdoc />
    public override Task<WriteSummary> WriteAsync(DatasetReader dataset, WriteRequest request, CancellationToken cancellationToken = default) =>
        new SageMakerWriter(this, dataset, request).WriteAsync(cancellationToken);
}
