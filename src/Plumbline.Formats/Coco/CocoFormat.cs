using Plumbline.Core.Annotations;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;
using Plumbline.Formats.Reports;

namespace Plumbline.Formats.Coco;

/// <summary>What an annotation of a COCO file is about.</summary>
public enum CocoTask
{
    /// <summary>Boxes and outlines.</summary>
    Instances,

    /// <summary>The same with keypoints; records without them stay boxes and outlines.</summary>
    Keypoints,
}

/// <summary>COCO instances (boxes, polygons of several parts, run-length masks, crowds) and COCO keypoints.</summary>
public sealed class CocoFormat(CocoTask task = CocoTask.Instances) : DatasetFormat
{
    /// <summary>Whose records pass between COCO's formats as they stand.</summary>
    internal const string Family = "coco";

    /// <inheritdoc />
    public override string Name => task == CocoTask.Instances ? "coco" : "coco-keypoints";

    /// <inheritdoc />
    public override string Title => task == CocoTask.Instances ? "COCO instances" : "COCO keypoints";

    /// <inheritdoc />
    public override string Dialect => Family;

    /// <inheritdoc />
    public override string? FileExtension => ".json";

    /// <inheritdoc />
    public override FormatAbilities Abilities { get; } = new()
    {
        Shapes = task == CocoTask.Instances ? [ShapeKind.Box, ShapeKind.Polygon, ShapeKind.Mask] : [ShapeKind.Keypoints, ShapeKind.Box, ShapeKind.Polygon, ShapeKind.Mask],
        StoredAs = StoredShapes.As(ShapeKind.Polygon, ShapeKind.RotatedBox, ShapeKind.Ellipse).And(ShapeKind.Box, task == CocoTask.Instances ? [ShapeKind.Keypoints] : []),
        Skeletons = task == CocoTask.Keypoints,
        Outlines = task == CocoTask.Keypoints,
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
        var kinds = CocoFiles.KindsIn(tree);
        var instances = kinds.FirstOrDefault(k => k.Kind == CocoFiles.Kind.Instances).Path;
        if (task == CocoTask.Instances && instances is not null) return $"{instances} has COCO's images and annotations";
        if (task == CocoTask.Keypoints && instances is null && kinds.FirstOrDefault(k => k.Kind == CocoFiles.Kind.Keypoints).Path is { } keypoints) return $"{keypoints} has COCO's images and annotations with keypoints";
        return task == CocoTask.Instances && kinds is [(var images, CocoFiles.Kind.Images), ..] && kinds.All(k => k.Kind == CocoFiles.Kind.Images) ? $"{images} has COCO's images and categories" : null;
    }

    /// <inheritdoc />
    public override ReadDetail DetailNeeded(string sourceFormat) => sourceFormat is "coco" or "coco-keypoints" ? ReadDetail.Verbatim : ReadDetail.Shapes;

    /// <inheritdoc />
    public override Task<DatasetReader> OpenAsync(DatasetSource source, ReadRequest request, CancellationToken cancellationToken = default)
    {
        var (chosen, leftOut) = task == CocoTask.Keypoints ? CocoFiles.Choose(source.Tree, CocoFiles.Kind.Keypoints) : CocoFiles.Choose(source.Tree);
        if (chosen.Count == 0 && task == CocoTask.Keypoints) (chosen, leftOut) = CocoFiles.Choose(source.Tree);
        if (chosen.Count == 0 && CocoFiles.OnlyJson(source.Tree) is { } only) chosen = [only];
        if (chosen.Count == 0) throw new DatasetFormatException(source.Tree.Name, "there is no JSON file with COCO's \"images\" and \"annotations\" here.");
        foreach (var other in leftOut.Except(chosen.Select(c => c.Path))) request.Issues.Warning("file-not-read", other, null, null, "it is COCO JSON of another kind and is not read.");
        return Task.FromResult<DatasetReader>(CocoReader.Open(source, chosen, task, request, cancellationToken));
    }

    /// <inheritdoc />
    public override Task<WriteSummary> WriteAsync(DatasetReader dataset, WriteRequest request, CancellationToken cancellationToken = default) =>
        new CocoWriter(this, task, dataset, request).WriteAsync(cancellationToken);
}
