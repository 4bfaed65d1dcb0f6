using System.Collections.Immutable;
using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Core.Masks;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;
using Plumbline.Formats.Pictures;
using Plumbline.Formats.Reports;
using Plumbline.Formats.Text;

namespace Plumbline.Formats.Yolo;

/// <summary>Writes Ultralytics' layout: <c>data.yaml</c>, <c>images/SPLIT</c>, <c>labels/SPLIT</c>; an empty label file for an image without objects.</summary>
internal sealed class YoloWriter(YoloFormat format, YoloTask task, DatasetReader dataset, WriteRequest request)
{
    private const string DefaultSplit = "train";
    private static readonly LossKind Crowd = new("ignored-left-out", "annotation", "YOLO cannot mark an object as crowd or difficult; it is left out (--crowd keep writes it).");
    private static readonly LossKind Outside = new("outside-left-out", "shape", "The object lies outside the image; it is left out.");
    private static readonly LossKind Clipped = new("clipped", "shape", "The object reached over the image's border; YOLO allows shares from 0 to 1 only, so it is cut there.");
    private static readonly LossKind Parts = new("parts", "shape", "YOLO has one ring an object; parts are joined by zero-width bridges.");
    private static readonly LossKind Holes = new("holes", "shape", "YOLO has one ring an object; holes are joined to the outside by zero-width bridges.");
    private static readonly LossKind NoPoints = new("shape-left-out", "shape", "YOLO pose wants points for every object, and neither a class nor an object before this one says how many; it is left out.");
    private static readonly LossKind Unlabelled = new("shape", "shape", "None of the keypoints is labelled; the row has absent points, which reads back as a box.");
    private static readonly LossKind PointCount = new("points", "shape", "YOLO pose has the same number of points for every object; the points beyond it are left out.");
    private static readonly LossKind NoSplit = new("split", "split", "YOLO wants a split; images without one are written as train.", Bookkeeping: true);

    private readonly LossReport losses = request.Losses;
    private readonly CommonLosses common = new(format, dataset.Header, request.Losses);
    private readonly bool keepIgnored = request.Options[YoloFormat.Crowd] == "keep";
    private readonly ReportedPaths paths = new(request.Losses);
    private readonly SortedSet<string> splits = new(StringComparer.Ordinal);
    private readonly Utf8Text text = new();
    private long imageCount, annotationCount;
    private readonly Dictionary<ShapeKind, LossKind> reduced = [];
    private readonly Dictionary<ShapeKind, LossKind> leftOut = [];
    private YoloPoints? points = task == YoloTask.Pose ? YoloPoints.Of(dataset.Header) : null;

    public async Task<WriteSummary> WriteAsync(CancellationToken cancellationToken)
    {
        long withoutSplit = 0;
        await foreach (var item in dataset.ReadItemsAsync(cancellationToken))
        {
            if (item.Split is null) withoutSplit++;
            Write(item);
        }

        losses.AddForAll(NoSplit, withoutSplit);
        common.Finish();
        foreach (var split in dataset.Header.Splits) splits.Add(split ?? DefaultSplit);
        request.Target.Write("data.yaml", YoloDataFile.Format(dataset.Header, task, splits, points));
        return new(imageCount, annotationCount);
    }

    private void Write(DatasetItem item)
    {
        if (item.Size is not { } size)
        {
            request.Issues.Error("no-size", item.Path, item.Path, "size", "the image's size is not known and its picture is not here, so shares cannot be computed; give --image-root. It is left out.");
            return;
        }

        common.Count(item);
        imageCount++;
        var split = item.Split ?? DefaultSplit;
        splits.Add(split);
        var path = paths.Of(item, split);
        text.Clear();
        foreach (var annotation in item.Annotations) Write(item, annotation, size);
        request.Target.Write($"labels/{split}/{TreePath.Stem(path)}.txt", text.Written);
        if (item.Picture is { } picture && request.Pictures != PictureMode.None) request.Target.Add($"images/{split}/{path}", picture, request.Pictures);
    }

    private void Write(DatasetItem item, DatasetAnnotation annotation, PictureSize size)
    {
        if (annotation.Ignore && !keepIgnored)
        {
            losses.Add(Crowd, item, annotation);
            return;
        }

        var written = task switch
        {
            YoloTask.Detect => WriteBox(item, annotation, size),
            YoloTask.Segment => WriteRing(item, annotation, size),
            YoloTask.Pose => WritePose(item, annotation, size),
            _ => WriteOriented(item, annotation, size),
        };
        if (!written) return;
        annotationCount++;
        common.Count(item, annotation);
    }

    private bool WriteBox(DatasetItem item, DatasetAnnotation annotation, PictureSize size)
    {
        var box = annotation.StatedBox ?? (format.Abilities.StoredAs.Of(annotation.Shape.Kind) is not null || annotation.Shape is BoxShape ? ShapeGeometry.Bounds(annotation.Shape) : null);
        if (box is not { } given) return LeaveOut(item, annotation);
        var kind = annotation.SourceKind ?? annotation.Shape.Kind;
        double left = Math.Clamp(given.X, 0, size.Width), top = Math.Clamp(given.Y, 0, size.Height), right = Math.Clamp(given.Right, 0, size.Width), bottom = Math.Clamp(given.Bottom, 0, size.Height);
        if (right <= left || bottom <= top)
        {
            losses.Add(Outside, item, annotation, given.Area == 0 ? "The object has no area; Ultralytics refuses such a row, so it is left out." : null);
            return false;
        }

        double width = given.Width, height = given.Height;
        if (left != given.X || top != given.Y || right != given.Right || bottom != given.Bottom)
        {
            losses.Add(Clipped, item, annotation);
            (width, height) = (right - left, bottom - top);
        }

        if (kind != ShapeKind.Box && (task == YoloTask.Detect || kind != ShapeKind.Keypoints)) losses.Add(Reduced(kind), item, annotation);
        text.Add((long)annotation.ClassIndex);
        Share(left + (width / 2), size.Width);
        Share(top + (height / 2), size.Height);
        Share(width, size.Width);
        Share(height, size.Height);
        if (task == YoloTask.Detect) text.Add("\n"u8);
        return true;
    }

    // Every row has as many points as kpt_shape says, which the classes' skeleton decides, or the first keypoints of all.
    private bool WritePose(DatasetItem item, DatasetAnnotation annotation, PictureSize size)
    {
        var given = (annotation.Shape as KeypointsShape)?.Keypoints.Points ?? [];
        if (given.Length > 0) points ??= new(given.Length, 3, [], []);
        if (points is null && given.Length == 0)
        {
            losses.Add(NoPoints, item, annotation);
            return false;
        }

        if (!WriteBox(item, annotation, size)) return false;
        if (given.Length > 0 && given.All(p => p.Visibility == Visibility.Absent)) losses.Add(Unlabelled, item, annotation);
        if (given.Length > points!.Count) losses.Add(PointCount, item, annotation); // set above where it was not
        for (var i = 0; i < points.Count; i++)
        {
            var point = i < given.Length && given[i].Visibility != Visibility.Absent ? given[i] : default;
            double x = Math.Clamp(point.Position.X, 0, size.Width), y = Math.Clamp(point.Position.Y, 0, size.Height);
            if (x != point.Position.X || y != point.Position.Y) losses.Add(Clipped, item, annotation);
            Share(x, size.Width);
            Share(y, size.Height);
            text.Add(" "u8).Add((long)(int)point.Visibility);
        }

        text.Add("\n"u8);
        return true;
    }

    // A row read from such a file goes through as it stood, but for its class.
    private bool WriteOriented(DatasetItem item, DatasetAnnotation annotation, PictureSize size)
    {
        if (!annotation.Raw.IsEmpty && dataset.Header.Format == format.Name && annotation.Score is null)
        {
            var row = annotation.Raw.Span.Trim(" \t\r"u8);
            text.Add((long)annotation.ClassIndex).Add(row[row.IndexOfAny((byte)' ', (byte)'\t')..]).Add("\n"u8);
            return true;
        }

        RotatedBox? box = annotation.Shape switch
        {
            RotatedBoxShape rotated => rotated.Box,
            BoxShape upright => new RotatedBox(upright.Box.Center.X, upright.Box.Center.Y, upright.Box.Width, upright.Box.Height, 0),
            MaskShape mask => ContourTracer.Trace(mask.Mask) is { } traced ? RotatedBox.SmallestAround([.. traced.Rings().SelectMany(r => r.Points)]) : null,
            var shape => Outlines.Of(shape) is { } outline ? RotatedBox.SmallestAround([.. outline.Rings().SelectMany(r => r.Points)]) : null,
        };
        if (box is not { } given) return LeaveOut(item, annotation);
        if (given.Area == 0)
        {
            losses.Add(Outside, item, annotation, "The object has no area; it is left out.");
            return false;
        }

        if (annotation.Shape is not RotatedBoxShape) losses.Add(Reduced(annotation.Shape.Kind), item, annotation);
        text.Add((long)annotation.ClassIndex);
        foreach (var corner in given.Corners()) text.Add(" "u8).Add(corner.X / size.Width).Add(" "u8).Add(corner.Y / size.Height); // in full: centre and angle are made from them
        text.Add("\n"u8);
        return true;
    }

    private bool WriteRing(DatasetItem item, DatasetAnnotation annotation, PictureSize size)
    {
        if (ShapeFit.PolygonOf(annotation.Shape) is not { } polygon) return LeaveOut(item, annotation);
        if (annotation.Shape is not PolygonShape) losses.Add(Reduced(annotation.Shape.Kind), item, annotation);
        if (polygon.Parts.Length > 1) losses.Add(Parts, item, annotation);
        if (polygon.Parts.Any(p => p.Holes.Length > 0)) losses.Add(Holes, item, annotation);
        var ring = Clip(RingBridge.Join(polygon), size, out var moved);
        if (moved) losses.Add(Clipped, item, annotation);
        var bounds = Box.Around(ring.AsSpan());
        if (bounds.Area == 0)
        {
            losses.Add(Outside, item, annotation);
            return false;
        }

        text.Add((long)annotation.ClassIndex);
        foreach (var point in ring.AsSpan())
        {
            Share(point.X, size.Width);
            Share(point.Y, size.Height);
        }

        text.Add("\n"u8);
        return true;
    }

    // Decimals enough that the share times the side is within a ten-millionth of the pixel: readers snap to a millionth.
    private void Share(double pixels, int side) => text.Add(" "u8).Add(pixels / side, side < 1_000 ? 10 : side < 10_000 ? 11 : side < 100_000 ? 12 : 15);

    // Vertices outside are moved to the border, as Ultralytics' own converter does; the area inside stays.
    private static ImmutableArray<Point2> Clip(ImmutableArray<Point2> ring, PictureSize size, out bool moved)
    {
        moved = false;
        foreach (var point in ring.AsSpan()) moved |= point.X < 0 || point.Y < 0 || point.X > size.Width || point.Y > size.Height;
        return moved ? [.. ring.Select(p => new Point2(Math.Clamp(p.X, 0, size.Width), Math.Clamp(p.Y, 0, size.Height)))] : ring;
    }

    private bool LeaveOut(DatasetItem item, DatasetAnnotation annotation)
    {
        var kind = annotation.Shape.Kind;
        if (!leftOut.TryGetValue(kind, out var loss)) leftOut[kind] = loss = new LossKind("shape-left-out", "shape", $"{format.Title} has no {Words.Of(kind)}; it is left out.");
        losses.Add(loss, item, annotation);
        return false;
    }

    private LossKind Reduced(ShapeKind kind)
    {
        if (!reduced.TryGetValue(kind, out var loss))
            reduced[kind] = loss = new LossKind("shape", "shape", $"{format.Title} has no {Words.Of(kind)}; it is written as a {Words.Of(format.Abilities.StoredAs.Of(kind) ?? ShapeKind.Box, singular: true)}.");
        return loss;
    }
}
