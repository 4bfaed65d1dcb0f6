using Plumbline.Core.Annotations;
using Plumbline.Formats.Coco;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;

namespace Plumbline.Formats.CocoPanoptic;

/// <summary>COCO panoptic: a JSON file of segments, and a PNG an image whose pixels are segment ids, R + 256·G + 256²·B. Every pixel belongs to one segment or none (0).</summary>
public sealed class CocoPanopticFormat : DatasetFormat
{
    /// <inheritdoc />
    public override string Name => "coco-panoptic";

    /// <inheritdoc />
    public override string Title => "COCO panoptic";

    /// <inheritdoc />
    public override FormatAbilities Abilities { get; } = new()
    {
        Shapes = [ShapeKind.Mask],
        StoredAs = StoredShapes.As(ShapeKind.Mask, ShapeKind.Box, ShapeKind.Polygon, ShapeKind.RotatedBox, ShapeKind.Ellipse),
        Ignore = true,
        Splits = true,
        ClassList = true,
        ClassTree = true,
        ClassColors = true,
        ImageSizes = true,
    };

    /// <inheritdoc />
    public override string? Recognise(IFileTree tree) =>
        CocoFiles.Choose(tree, CocoFiles.Kind.Panoptic) is { Chosen: [var first, ..] } && CocoFiles.KindsIn(tree).All(k => k.Kind is not (CocoFiles.Kind.Instances or CocoFiles.Kind.Keypoints))
            ? $"{first.Path} lists the segments of pictures" : null;

    /// <inheritdoc />
    public override ReadDetail DetailNeeded(string sourceFormat) => ReadDetail.Shapes;

    /// <inheritdoc />
    public override Task<DatasetReader> OpenAsync(DatasetSource source, ReadRequest request, CancellationToken cancellationToken = default) =>
        Task.FromResult<DatasetReader>(CocoPanopticReader.Open(source, request, cancellationToken));

    /// <inheritdoc />
    public override Task<WriteSummary> WriteAsync(DatasetReader dataset, WriteRequest request, CancellationToken cancellationToken = default) =>
        new CocoPanopticWriter(this, dataset, request).WriteAsync(cancellationToken);
}
