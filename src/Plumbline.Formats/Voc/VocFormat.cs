using System.Collections.Immutable;
using Plumbline.Core.Annotations;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;

namespace Plumbline.Formats.Voc;

/// <summary>Pascal VOC: one XML an image with boxes, parts, <c>difficult</c>, <c>truncated</c>, <c>occluded</c>, <c>pose</c> and attributes.</summary>
public sealed class VocFormat : DatasetFormat
{
    /// <summary>How corners are counted.</summary>
    public static FormatOption Pixels { get; } = new("voc-pixels", ["continuous", "devkit"], "corners as continuous coordinates from 0, as labelImg, CVAT and Roboflow write them, or as the devkit's inclusive pixels from 1");

    /// <summary>Whether areas are written as segmentation pictures too.</summary>
    public static FormatOption Masks { get; } = new("voc-masks", ["none", "write"], "areas as boxes alone, or with SegmentationClass and SegmentationObject pictures as well (they are always read)");

    /// <inheritdoc />
    public override string Name => "voc";

    /// <inheritdoc />
    public override string Title => "Pascal VOC";

    /// <inheritdoc />
    public override ImmutableArray<FormatOption> Options { get; } = [Pixels, Masks];

    /// <inheritdoc />
    public override FormatAbilities Abilities { get; } = new()
    {
        Shapes = [ShapeKind.Box],
        StoredAs = StoredShapes.As(ShapeKind.Box, ShapeKind.Polygon, ShapeKind.Mask, ShapeKind.RotatedBox, ShapeKind.Ellipse),
        Attributes = true,
        Ignore = true,
        Groups = true,
        Splits = true,
        ClassList = true,
        ClassColors = true,
        ImageSizes = true,
    };

    /// <inheritdoc />
    public override string? Recognise(IFileTree tree)
    {
        foreach (var file in VocFiles.Candidates(tree).Take(20))
        {
            if (VocXml.LooksLike(tree, file)) return $"{file} is a VOC annotation";
        }

        return null;
    }

    /// <inheritdoc />
    public override ReadDetail DetailNeeded(string sourceFormat) => ReadDetail.Boxes;

    /// <inheritdoc />
    public override ReadDetail DetailNeeded(string sourceFormat, FormatOptions options) => options[Masks] == "write" ? ReadDetail.Shapes : ReadDetail.Boxes;

    /// <inheritdoc />
    public override Task<DatasetReader> OpenAsync(DatasetSource source, ReadRequest request, CancellationToken cancellationToken = default) =>
        Task.FromResult<DatasetReader>(VocReader.Open(source, request, cancellationToken));

    /// <inheritdoc />
    public override Task<WriteSummary> WriteAsync(DatasetReader dataset, WriteRequest request, CancellationToken cancellationToken = default) =>
        new VocWriter(this, dataset, request).WriteAsync(cancellationToken);
}
