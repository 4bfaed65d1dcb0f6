using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Core.Masks;
using Plumbline.Formats.Collections;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Reports;

namespace Plumbline.Formats.Evaluation;

/// <summary>Turns a dataset of any format into an <see cref="ObjectTable"/>, its shapes held in memory.</summary>
public static class DatasetTable
{
    /// <summary>Reads all items.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="name">What people call it.</param>
    /// <param name="needed">Which shapes matter.</param>
    /// <param name="metadata">Whether to keep what image records say.</param>
    /// <param name="predictions">Whether every object must carry a score.</param>
    /// <param name="issues">Receives objects that cannot be used.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<ObjectTable> ReadAsync(DatasetReader dataset, string name, TableShapes needed, bool metadata, bool predictions, IssueLog issues, CancellationToken cancellationToken)
    {
        var images = new List<TableImage>();
        var rows = new ChunkedList<TableObject>();
        var shapes = new List<Shape>();
        var crowds = dataset.Header.Format.StartsWith("coco", StringComparison.Ordinal);
        await foreach (var item in dataset.ReadItemsAsync(cancellationToken))
        {
            foreach (var annotation in item.Annotations)
            {
                if (predictions && annotation.Score is null) issues.Error("no-score", name, item.NameOf(annotation), "score", "a prediction needs a score.");
                if (Unfit(annotation.Shape, needed) is { } why)
                {
                    issues.Warning("not-comparable", name, item.NameOf(annotation), null, $"{why}; it is left out.");
                    continue;
                }

                var box = annotation.StatedBox ?? ShapeGeometry.Bounds(annotation.Shape) ?? default;
                rows.Add(new(
                    images.Count, annotation.ClassIndex, box, AreaOf(annotation, box), annotation.Score ?? double.NaN,
                    annotation.Ignore && crowds, annotation.Ignore && !crowds, new(shapes.Count, 1)));
                shapes.Add(annotation.Shape);
            }

            images.Add(new(item.Path, item.SourceId, item.Size, metadata && !item.Raw.IsEmpty && item.Raw.Span[0] == (byte)'{' ? ImageMetadata.Of(item.Raw.Span) : null));
        }

        return new(name, images, [.. dataset.Header.Classes.Select(c => new TableClass(c.Name, c.SourceId))], rows, new HeldShapes(shapes));
    }

    private static string? Unfit(Shape shape, TableShapes needed)
    {
        if (needed == TableShapes.Keypoints) return shape is KeypointsShape ? null : $"{Words.Of(shape.Kind)} cannot be compared with keypoints";
        return shape.Kind is ShapeKind.Box or ShapeKind.RotatedBox or ShapeKind.Ellipse or ShapeKind.Polygon or ShapeKind.Mask ? null : $"{Words.Of(shape.Kind)} cover no area to compare";
    }

    // As COCO's files state it: the area of the outline where there is one, else of the box.
    private static double AreaOf(DatasetAnnotation annotation, Box box) =>
        annotation.StatedArea ?? (annotation.Shape is KeypointsShape ? box.Area : ShapeGeometry.Area(annotation.Shape));

    private sealed class HeldShapes(List<Shape> shapes) : ShapeStore
    {
        public override ShapeBatch Fetch(IReadOnlyList<TableObject> objects) => new Batch(shapes, objects);
    }

    private sealed class Batch(List<Shape> shapes, IReadOnlyList<TableObject> objects) : ShapeBatch
    {
        public override bool? HasRunLengths(int i) => this[i] is MaskShape;

        public override CocoRle Mask(int i, int width, int height) => this[i] switch
        {
            BoxShape box => Rasterizer.Rasterize(box.Box, width, height),
            RotatedBoxShape box => Rasterizer.Rasterize(box.Box, width, height),
            EllipseShape ellipse => Rasterizer.Rasterize(ellipse.Ellipse, width, height),
            PolygonShape polygon => Rasterizer.Rasterize(polygon.Polygon, width, height),
            MaskShape mask => CocoRle.FromMask(mask.Mask, width, height),
            var other => throw new FormatException($"{Words.Of(other.Kind)} cover no area"),
        };

        public override Keypoints Keypoints(int i) => this[i] is KeypointsShape points ? points.Keypoints : throw new FormatException("it has no keypoints");

        private Shape this[int i] => shapes[(int)objects[i].Place.Offset];
    }
}
