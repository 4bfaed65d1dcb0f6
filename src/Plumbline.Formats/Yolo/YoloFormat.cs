using System.Collections.Immutable;
using Plumbline.Core.Annotations;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;

namespace Plumbline.Formats.Yolo;

/// <summary>Which of YOLO's label files.</summary>
public enum YoloTask
{
    /// <summary><c>class cx cy width height</c>.</summary>
    Detect,

    /// <summary><c>class x1 y1 x2 y2 …</c>, one ring.</summary>
    Segment,

    /// <summary><c>class cx cy width height x1 y1 v1 x2 y2 v2 …</c>, a skeleton with its box.</summary>
    Pose,

    /// <summary><c>class x1 y1 x2 y2 x3 y3 x4 y4</c>, the corners of a turned box.</summary>
    Oriented,
}

/// <summary>YOLO in the layout of Ultralytics; darknet's and Label Studio's layouts are read too. Numbers are shares of the image's sides.</summary>
public sealed class YoloFormat(YoloTask task) : DatasetFormat
{
    /// <summary>What becomes of crowds and other ignored objects.</summary>
    public static FormatOption Crowd { get; } = new("crowd", ["leave-out", "keep"], "ignored objects (crowd, difficult): leave them out, or write them like any other");

    /// <inheritdoc />
    public override string Name => task switch { YoloTask.Detect => "yolo", YoloTask.Segment => "yolo-seg", YoloTask.Pose => "yolo-pose", _ => "yolo-obb" };

    /// <inheritdoc />
    public override string Title => task switch { YoloTask.Detect => "YOLO detection", YoloTask.Segment => "YOLO segmentation", YoloTask.Pose => "YOLO pose", _ => "YOLO oriented boxes" };

    /// <inheritdoc />
    public override ImmutableArray<FormatOption> Options { get; } = [Crowd];

    /// <inheritdoc />
    public override FormatAbilities Abilities { get; } = new()
    {
        Shapes = task switch { YoloTask.Detect => [ShapeKind.Box], YoloTask.Segment => [ShapeKind.Polygon], YoloTask.Pose => [ShapeKind.Keypoints, ShapeKind.Box], _ => [ShapeKind.RotatedBox] },
        StoredAs = task switch
        {
            YoloTask.Detect => StoredShapes.As(ShapeKind.Box, ShapeKind.Polygon, ShapeKind.Mask, ShapeKind.RotatedBox, ShapeKind.Ellipse, ShapeKind.Keypoints),
            YoloTask.Segment => StoredShapes.As(ShapeKind.Polygon, ShapeKind.Box, ShapeKind.Mask, ShapeKind.RotatedBox, ShapeKind.Ellipse),
            YoloTask.Pose => StoredShapes.As(ShapeKind.Box, ShapeKind.Polygon, ShapeKind.Mask, ShapeKind.RotatedBox, ShapeKind.Ellipse),
            _ => StoredShapes.As(ShapeKind.RotatedBox, ShapeKind.Box, ShapeKind.Polygon, ShapeKind.Mask, ShapeKind.Ellipse),
        },
        StatedBoxes = task == YoloTask.Pose,
        Splits = true,
        ClassList = true,
    };

    /// <inheritdoc />
    public override string? Recognise(IFileTree tree) => YoloRecognition.TaskOf(tree) is var (found, why) && found == task ? why : null;

    /// <inheritdoc />
    public override ReadDetail DetailNeeded(string sourceFormat) => task == YoloTask.Detect ? ReadDetail.Boxes : ReadDetail.Shapes;

    /// <inheritdoc />
    public override Task<DatasetReader> OpenAsync(DatasetSource source, ReadRequest request, CancellationToken cancellationToken = default) =>
        Task.FromResult<DatasetReader>(YoloReader.Open(Name, task, source, request));

    /// <inheritdoc />
    public override Task<WriteSummary> WriteAsync(DatasetReader dataset, WriteRequest request, CancellationToken cancellationToken = default) =>
        new YoloWriter(this, task, dataset, request).WriteAsync(cancellationToken);
}
