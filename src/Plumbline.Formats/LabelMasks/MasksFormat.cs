using System.Collections.Immutable;
using Plumbline.Core.Annotations;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;

namespace Plumbline.Formats.LabelMasks;

/// <summary>Semantic masks: a PNG an image whose pixels are places in <c>labelmap.txt</c>, or its colours.</summary>
public sealed class MasksFormat : DatasetFormat
{
    /// <summary>What a pixel is.</summary>
    public static FormatOption Pixels { get; } = new("mask-pixels", ["indexed", "rgb"], "a place in the label map with its colour in the palette, or the colour itself");

    /// <inheritdoc />
    public override string Name => "masks";

    /// <inheritdoc />
    public override string Title => "Mask PNG";

    /// <inheritdoc />
    public override ImmutableArray<FormatOption> Options { get; } = [Pixels];

    /// <inheritdoc />
    public override FormatAbilities Abilities { get; } = new()
    {
        Shapes = [ShapeKind.Mask],
        StoredAs = StoredShapes.As(ShapeKind.Mask, ShapeKind.Polygon, ShapeKind.Ellipse, ShapeKind.RotatedBox),
        Splits = true,
        ClassList = true,
        ClassColors = true,
        ImageSizes = true,
    };

    /// <inheritdoc />
    public override string? Recognise(IFileTree tree)
    {
        if (MasksLabelMap.File(tree) is not { } map || tree.Files.Any(f => TreePath.Extension(f) == ".xml")) return null;
        return MasksFiles.Of(tree) is [var file, ..] ? $"{file.Mask} is a mask, and {map} names its classes" : null;
    }

    /// <inheritdoc />
    public override ReadDetail DetailNeeded(string sourceFormat) => ReadDetail.Shapes;

    /// <inheritdoc />
    public override Task<DatasetReader> OpenAsync(DatasetSource source, ReadRequest request, CancellationToken cancellationToken = default) =>
        Task.FromResult<DatasetReader>(MasksReader.Open(source, request, cancellationToken));

    /// <inheritdoc />
    public override Task<WriteSummary> WriteAsync(DatasetReader dataset, WriteRequest request, CancellationToken cancellationToken = default) =>
        new MasksWriter(this, dataset, request).WriteAsync(cancellationToken);
}
