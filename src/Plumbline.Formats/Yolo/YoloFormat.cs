using System.Collections.Immutable;
using Plumbline.Core.Annotations;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;

namespace Plumbline.Formats.Yolo;

/// <summary>Which of YOLO's label files: boxes or outlines.</summary>
public enum YoloTask
{
    /// <summary><c>class cx cy width height</c>.</summary>
    Detect,

    /// <summary><c>class x1 y1 x2 y2 …</c>, one ring.</summary>
    Segment,
}

/// <summary>YOLO in the layout of Ultralytics; darknet's and Label Studio's layouts are read too. Numbers are shares of the image's sides.</summary>
public sealed class YoloFormat(YoloTask task) : DatasetFormat
{
    /// <summary>What becomes of crowds and other ignored objects.</summary>
    public static FormatOption Crowd { get; } = new("crowd", ["leave-out", "keep"], "ignored objects (crowd, difficult): leave them out, or write them like any other");

    /// <inheritdoc />
    public override string Name => task == YoloTask.Detect ? "yolo" : "yolo-seg";

    /// <inheritdoc />
    public override string Title => task == YoloTask.Detect ? "YOLO detection" : "YOLO segmentation";

    /// <inheritdoc />
    public override ImmutableArray<FormatOption> Options { get; } = [Crowd];

    /// <inheritdoc />
    public override FormatAbilities Abilities { get; } = new()
    {
        Shapes = task == YoloTask.Detect ? [ShapeKind.Box] : [ShapeKind.Polygon],
        StoredAs = task == YoloTask.Detect
            ? ImmutableSortedDictionary.CreateRange<ShapeKind, ShapeKind>(
                [new(ShapeKind.Polygon, ShapeKind.Box), new(ShapeKind.Mask, ShapeKind.Box), new(ShapeKind.RotatedBox, ShapeKind.Box), new(ShapeKind.Ellipse, ShapeKind.Box)])
            : ImmutableSortedDictionary.CreateRange<ShapeKind, ShapeKind>(
                [new(ShapeKind.Box, ShapeKind.Polygon), new(ShapeKind.Mask, ShapeKind.Polygon), new(ShapeKind.RotatedBox, ShapeKind.Polygon), new(ShapeKind.Ellipse, ShapeKind.Polygon)]),
        Splits = true,
        ClassList = true,
    };

    /// <inheritdoc />
    public override string? Recognise(IFileTree tree) => YoloRecognition.TaskOf(tree) is var (found, why) && found == task ? why : null;

    /// <inheritdoc />
    public override ReadDetail DetailNeeded(string sourceFormat) => task == YoloTask.Detect ? ReadDetail.Boxes : ReadDetail.Shapes;

    /// <inheritdoc />
    public override Task<DatasetReader> OpenAsync(DatasetSource source, ReadRequest request, CancellationToken cancellationToken = default) =>
        Task.FromResult<DatasetReader>(YoloReader.Open(Name, source, request));

    /// <inheritdoc />
    public override Task<WriteSummary> WriteAsync(DatasetReader dataset, WriteRequest request, CancellationToken cancellationToken = default) =>
        new YoloWriter(this, task, dataset, request).WriteAsync(cancellationToken);
}
