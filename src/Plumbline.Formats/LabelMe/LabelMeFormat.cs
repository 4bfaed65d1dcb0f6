using Plumbline.Core.Annotations;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;

namespace Plumbline.Formats.LabelMe;

/// <summary>LabelMe: one JSON an image; the old MIT tool's XML on reading.</summary>
public sealed class LabelMeFormat : DatasetFormat
{
    /// <inheritdoc />
    public override string Name => "labelme";

    /// <inheritdoc />
    public override string Title => "LabelMe";

    /// <inheritdoc />
    public override FormatAbilities Abilities { get; } = new()
    {
        Shapes = [ShapeKind.Point, ShapeKind.Box, ShapeKind.Ellipse, ShapeKind.Polygon, ShapeKind.Polyline, ShapeKind.Mask],
        StoredAs = StoredShapes.As(ShapeKind.Polygon, ShapeKind.RotatedBox),
        Parts = true,
        Attributes = true,
        ImageAttributes = true,
        Ignore = true,
        Scores = true,
        Groups = true,
        Splits = true,
        ClassList = true,
        ImageSizes = true,
    };

    /// <inheritdoc />
    public override string? Recognise(IFileTree tree) => LabelMeFiles.Of(tree) is [var file, ..] ? $"{file} is a LabelMe annotation" : null;

    /// <inheritdoc />
    public override ReadDetail DetailNeeded(string sourceFormat) => ReadDetail.Shapes;

    /// <inheritdoc />
    public override Task<DatasetReader> OpenAsync(DatasetSource source, ReadRequest request, CancellationToken cancellationToken = default) =>
        Task.FromResult<DatasetReader>(LabelMeReader.Open(source, request, cancellationToken));

    /// <inheritdoc />
    public override Task<WriteSummary> WriteAsync(DatasetReader dataset, WriteRequest request, CancellationToken cancellationToken = default) =>
        new LabelMeWriter(this, dataset, request).WriteAsync(cancellationToken);
}
