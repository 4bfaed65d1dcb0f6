using System.Collections.Immutable;
using Plumbline.Core.Annotations;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;
using Plumbline.Formats.Reports;

namespace Plumbline.Formats.Coco;

/// <summary>COCO instances: boxes, polygons of several parts, run-length masks, crowds.</summary>
public sealed class CocoFormat : DatasetFormat
{
    /// <inheritdoc />
    public override string Name => "coco";

    /// <inheritdoc />
    public override string Title => "COCO instances";

    /// <inheritdoc />
    public override FormatAbilities Abilities { get; } = new()
    {
        Shapes = [ShapeKind.Box, ShapeKind.Polygon, ShapeKind.Mask],
        StoredAs = ImmutableSortedDictionary.CreateRange<ShapeKind, ShapeKind>([new(ShapeKind.RotatedBox, ShapeKind.Polygon), new(ShapeKind.Ellipse, ShapeKind.Polygon)]),
        Parts = true,
        Attributes = true,
        Ignore = true,
        Scores = true,
        Ids = true,
        StatedAreas = true,
        StatedBoxes = true,
        Splits = true,
        ClassList = true,
        ClassTree = true,
        ImageSizes = true,
    };

    /// <inheritdoc />
    public override string? Recognise(IFileTree tree)
    {
        var (chosen, _) = CocoFiles.Choose(tree);
        return chosen.Count == 0 ? null : $"{chosen[0].Path} has COCO's images and annotations";
    }

    /// <inheritdoc />
    public override ReadDetail DetailNeeded(string sourceFormat) => sourceFormat == Name ? ReadDetail.Verbatim : ReadDetail.Shapes;

    /// <inheritdoc />
    public override Task<DatasetReader> OpenAsync(DatasetSource source, ReadRequest request, CancellationToken cancellationToken = default)
    {
        var (chosen, leftOut) = CocoFiles.Choose(source.Tree);
        if (chosen.Count == 0 && CocoFiles.OnlyJson(source.Tree) is { } only) chosen = [only];
        if (chosen.Count == 0) throw new DatasetFormatException(source.Tree.Name, "there is no JSON file with COCO's \"images\" and \"annotations\" here.");
        foreach (var other in leftOut) request.Issues.Warning("file-not-read", other, null, null, "it is COCO JSON of another kind than instances and is not read.");
        return Task.FromResult<DatasetReader>(CocoReader.Open(source, chosen, request, cancellationToken));
    }

    /// <inheritdoc />
    public override Task<WriteSummary> WriteAsync(DatasetReader dataset, WriteRequest request, CancellationToken cancellationToken = default) =>
        new CocoWriter(this, dataset, request).WriteAsync(cancellationToken);
}
