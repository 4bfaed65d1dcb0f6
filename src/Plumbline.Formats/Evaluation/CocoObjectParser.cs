using System.Globalization;
using System.Text;
using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Formats.Coco;
using Plumbline.Formats.Json;

namespace Plumbline.Formats.Evaluation;

/// <summary>Turns one annotation or result of a COCO file into a row.</summary>
/// <remarks>
/// As pycocotools reads them (<c>COCO.loadRes</c> of cocodataset/cocoapi at 8c9bcc3): where the first result states a box, the area of every result is that of its box, in every task; else that of its
/// mask. Deliberately different: a result without score, with a score below 0 or with a number that is not finite is refused by name.
/// </remarks>
/// <param name="needed">Shapes to keep the places of.</param>
/// <param name="results">Whether the file is a results list.</param>
/// <param name="scored">Whether every object must carry a score.</param>
/// <param name="imageIds">Numbers images.</param>
/// <param name="classIds">Numbers classes.</param>
internal sealed class CocoObjectParser(TableShapes needed, bool results, bool scored, IdTable imageIds, IdTable classIds)
{
    private bool statedBoxes = true;

    /// <summary>The row of one element.</summary>
    /// <param name="element">Its bytes.</param>
    /// <param name="offset">Where they stand in the file.</param>
    /// <param name="place">Its place in the list.</param>
    /// <exception cref="FormatException">It cannot be used.</exception>
    public TableObject Parse(ReadOnlySpan<byte> element, long offset, int place)
    {
        ReadOnlySpan<byte> image = default, category = default, stated = default, segmentation = default, points = default, area = default, score = default, crowd = default, labelled = default;
        var cursor = new JsonCursor(element);
        while (cursor.Next(out var key, out var value))
        {
            if (key.SequenceEqual("image_id"u8)) image = value;
            else if (key.SequenceEqual("category_id"u8)) category = value;
            else if (key.SequenceEqual("bbox"u8)) stated = value;
            else if (key.SequenceEqual("segmentation"u8)) segmentation = value;
            else if (key.SequenceEqual("keypoints"u8)) points = value;
            else if (key.SequenceEqual("area"u8)) area = value;
            else if (key.SequenceEqual("score"u8)) score = value;
            else if (key.SequenceEqual("iscrowd"u8)) crowd = value;
            else if (key.SequenceEqual("num_keypoints"u8)) labelled = value;
        }

        if (image.IsEmpty) throw new FormatException("it has no image_id");
        if (category.IsEmpty) throw new FormatException("it has no category_id");
        var sure = ScoreOf(score);
        var box = BoxOf(stated);
        if (results && place == 0) statedBoxes = box is not null;
        var shape = needed == TableShapes.Keypoints ? points : segmentation;
        var size = AreaOf(area, box, points, segmentation);
        box ??= needed == TableShapes.Keypoints && !points.IsEmpty ? KeypointBox(points) : Tightest(segmentation);
        var many = !results && (JsonCursor.TryNumber(crowd, out var flag) ? flag == 1 : crowd.SequenceEqual("true"u8));
        var ignore = needed == TableShapes.Keypoints && !results && IsUnlabelled(labelled, points);
        if (needed == TableShapes.Keypoints && points.IsEmpty && !many && !ignore) throw new FormatException("it has no keypoints");
        return new(imageIds.Add(image), classIds.Add(category), box.Value, size, sure, many, ignore, needed == TableShapes.Boxes ? default : PlaceOf(element, shape, offset));
    }

    // A person without a labelled point is left out, as by pycocotools; its num_keypoints says so, or the points themselves.
    private static bool IsUnlabelled(ReadOnlySpan<byte> stated, ReadOnlySpan<byte> points) =>
        JsonCursor.TryNumber(stated, out var count) ? count == 0 : !points.IsEmpty && CocoKeypointList.Parse(points).Points.All(p => p.Visibility == Visibility.Absent);

    private double ScoreOf(ReadOnlySpan<byte> json)
    {
        if (!scored) return double.NaN;
        if (json.IsEmpty) throw new FormatException("it has no score");
        if (!JsonCursor.TryNumber(json, out var score)) throw new FormatException($"its score {Encoding.UTF8.GetString(json)} is not a finite number");
        return score >= 0 ? score : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"its score {score} is below 0; scores rank detections from 0 upwards"));
    }

    private double AreaOf(ReadOnlySpan<byte> area, Box? box, ReadOnlySpan<byte> points, ReadOnlySpan<byte> segmentation)
    {
        if (results && statedBoxes && box is { } stated) return stated.Area;
        if (results && needed == TableShapes.Keypoints && !points.IsEmpty) return KeypointBox(points).Area;
        if (!results && !area.IsEmpty)
        {
            return JsonCursor.TryNumber(area, out var given) && given >= 0 ? given : throw new FormatException($"its area {Encoding.UTF8.GetString(area)} is not a finite number of at least 0");
        }

        if (CocoSegmentation.KindOf(segmentation) is null) return box is { } only ? only.Area : throw new FormatException("it has neither box nor segmentation");
        return needed == TableShapes.Masks ? double.NaN : OutlineArea(segmentation);
    }

    private static double OutlineArea(ReadOnlySpan<byte> json) =>
        CocoSegmentation.KindOf(json) == ShapeKind.Mask ? CocoSegmentation.Rle(json).Area : CocoSegmentation.Polygon(json).Area();

    private static Box Tightest(ReadOnlySpan<byte> segmentation) => CocoSegmentation.KindOf(segmentation) switch
    {
        null => throw new FormatException("it has neither box nor segmentation"),
        ShapeKind.Mask => CocoSegmentation.Rle(segmentation).Bounds,
        _ => CocoSegmentation.Polygon(segmentation).Bounds(),
    };

    // COCO.loadRes: the box around all points, unlabelled ones included.
    private static Box KeypointBox(ReadOnlySpan<byte> points) => Box.Around([.. CocoKeypointList.Parse(points).Points.Select(p => p.Position)]);

    private static ShapePlace PlaceOf(ReadOnlySpan<byte> element, ReadOnlySpan<byte> part, long offset)
    {
        if (part.IsEmpty || part.SequenceEqual("null"u8)) return default;
        element.Overlaps(part, out var start);
        return new(offset + start, part.Length);
    }

    private static Box? BoxOf(ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty || json[0] != (byte)'[') return json.IsEmpty || json.SequenceEqual("null"u8) ? null : throw new FormatException("bbox must be a list");
        Span<double> side = stackalloc double[4];
        var at = JsonSkip.WhiteSpace(json, 1);
        if (json[at] == (byte)']') return null;
        for (var i = 0; i < 4; i++)
        {
            if (!JsonNumber.TryRead(json, ref at, out side[i])) throw new FormatException("bbox must be four finite numbers");
            at = JsonSkip.WhiteSpace(json, at);
            if (json[at] != (i < 3 ? (byte)',' : (byte)']')) throw new FormatException("bbox must be four finite numbers");
            at = JsonSkip.WhiteSpace(json, at + 1);
        }

        if (side[2] < 0 || side[3] < 0) throw new FormatException("bbox has a negative side");
        return double.IsFinite(side[0] + side[2]) && double.IsFinite(side[1] + side[3]) ? new Box(side[0], side[1], side[2], side[3]) : throw new FormatException("bbox is larger than a number can say");
    }
}
