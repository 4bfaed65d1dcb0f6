using System.Collections.Immutable;
using System.Globalization;
using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Pictures;

namespace Plumbline.Formats.Yolo;

/// <summary>Turns the numbers of a row into an annotation, by task. A row of five or six numbers is a box whatever the task, as some tools mix them.</summary>
internal sealed class YoloShapes(YoloTask task, YoloPoints? points)
{
    private const double Snap = 1e6;
    private const double Farthest = 1e9;
    private const string BadBox = "a side is negative or a number beyond all pictures";
    private const string TooFar = "a corner lies beyond all pictures";

    /// <summary>Null, with the reason, when the numbers are not those of the task.</summary>
    public DatasetAnnotation? Read(YoloRow row, int classIndex, PictureSize size, ReadOnlyMemory<byte> text, out string fault)
    {
        fault = "";
        if (row.Count is 5 or 6) return BoxOf(row, size) is { } box ? new() { ClassIndex = classIndex, Shape = new BoxShape(box), Score = ScoreAt(row, 5) } : Refused(BadBox, out fault);
        return task switch
        {
            YoloTask.Pose => Pose(row, classIndex, size, out fault),
            YoloTask.Oriented => Oriented(row, classIndex, size, text, out fault),
            _ => Ring(row, classIndex, size, out fault),
        };
    }

    private static DatasetAnnotation? Ring(YoloRow row, int classIndex, PictureSize size, out string fault)
    {
        if (row.Count < 7 || row.Count % 2 == 0) return Refused(string.Create(CultureInfo.InvariantCulture, $"{row.Count} numbers are neither a box (5) nor a ring (7, 9, 11 …)"), out fault);
        fault = "";
        var ring = ImmutableArray.CreateBuilder<Point2>(row.Count / 2);
        if (!IsNear(row, size, 1, row.Count)) return Refused(TooFar, out fault);
        for (var i = 1; i < row.Count; i += 2) ring.Add(new(Snapped(row[i] * size.Width), Snapped(row[i + 1] * size.Height)));
        return new() { ClassIndex = classIndex, Shape = new PolygonShape(Polygon.FromRing(ring.DrainToImmutable())) };
    }

    // The row goes along as it stands: corners made anew from centre and angle would differ in their last digits on every trip.
    private static DatasetAnnotation? Oriented(YoloRow row, int classIndex, PictureSize size, ReadOnlyMemory<byte> text, out string fault)
    {
        if (row.Count is not (9 or 10)) return Refused(string.Create(CultureInfo.InvariantCulture, $"{row.Count} numbers are neither a box (5) nor four corners (9)"), out fault);
        fault = "";
        Span<Point2> corners = stackalloc Point2[4];
        if (!IsNear(row, size, 1, 9)) return Refused(TooFar, out fault);
        for (var i = 0; i < 4; i++) corners[i] = new(row[1 + (2 * i)] * size.Width, row[2 + (2 * i)] * size.Height);
        return new() { ClassIndex = classIndex, Shape = new RotatedBoxShape(RotatedBox.FromCorners(corners)), Score = ScoreAt(row, 9), Raw = text };
    }

    private DatasetAnnotation? Pose(YoloRow row, int classIndex, PictureSize size, out string fault)
    {
        var numbers = points?.Numbers ?? ((row.Count - 5) % 3 == 0 ? 3 : 2);
        var count = (row.Count - 5) / numbers;
        if (row.Count < 7 || (row.Count - 5) % numbers > 1 || count < 1 || (points is not null && count != points.Count))
            return Refused(string.Create(CultureInfo.InvariantCulture, $"{row.Count} numbers are not a box and {points?.Count.ToString(CultureInfo.InvariantCulture) ?? "some"} points of {numbers} numbers"), out fault);
        if (BoxOf(row, size) is not { } box) return Refused(BadBox, out fault);
        var keypoints = ImmutableArray.CreateBuilder<Keypoint>(count);
        for (var i = 0; i < count; i++)
        {
            var at = 5 + (i * numbers);
            var visibility = numbers == 2 ? (row[at] == 0 && row[at + 1] == 0 ? 0 : 2) : row[at + 2];
            if (visibility is not (0 or 1 or 2)) return Refused(string.Create(CultureInfo.InvariantCulture, $"point {i + 1} has the visibility {visibility}; it must be 0, 1 or 2"), out fault);
            if (!(Math.Abs(row[at] * size.Width) < Farthest && Math.Abs(row[at + 1] * size.Height) < Farthest)) return Refused(TooFar, out fault);
            keypoints.Add(new(new(Snapped(row[at] * size.Width), Snapped(row[at + 1] * size.Height)), (Visibility)(int)visibility));
        }

        fault = "";
        var score = ScoreAt(row, 5 + (count * numbers));
        return keypoints.All(p => p.Visibility == Visibility.Absent)
            ? new() { ClassIndex = classIndex, Shape = new BoxShape(box), Score = score }
            : new() { ClassIndex = classIndex, Shape = new KeypointsShape(new Keypoints(keypoints.MoveToImmutable())), StatedBox = box, Score = score };
    }

    private static DatasetAnnotation? Refused(string why, out string fault)
    {
        fault = why;
        return null;
    }

    private static double? ScoreAt(YoloRow row, int place) => row.Count > place ? row[place] : null;

    private static Box? BoxOf(YoloRow row, PictureSize size)
    {
        double width = row[3] * size.Width, height = row[4] * size.Height;
        if (!(width is >= 0 and < Farthest && height is >= 0 and < Farthest && Math.Abs(row[1] * size.Width) < Farthest && Math.Abs(row[2] * size.Height) < Farthest)) return null;
        return new Box(Snapped((row[1] * size.Width) - (width / 2)), Snapped((row[2] * size.Height) - (height / 2)), Snapped(width), Snapped(height));
    }

    private static bool IsNear(YoloRow row, PictureSize size, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            if (!(Math.Abs(row[i] * ((i - from) % 2 == 0 ? size.Width : size.Height)) < Farthest)) return false;
        }

        return true;
    }

    private static double Snapped(double pixels) => Math.Round(pixels * Snap) / Snap;
}
