using System.Collections.Immutable;
using Plumbline.Core.Geometry;
using Plumbline.Formats.Json;

namespace Plumbline.Formats.Evaluation;

/// <summary>COCO's <c>keypoints</c>: x, y, visibility for each point.</summary>
internal static class CocoKeypointList
{
    /// <exception cref="FormatException">Not a list of triples of numbers.</exception>
    public static Keypoints Parse(ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty || json[0] != (byte)'[') throw new FormatException("keypoints must be a list");
        var points = ImmutableArray.CreateBuilder<Keypoint>(17);
        Span<double> triple = stackalloc double[3];
        var (at, count) = (JsonSkip.WhiteSpace(json, 1), 0);
        while (json[at] != (byte)']')
        {
            if (count > 0)
            {
                if (json[at] != (byte)',') throw new FormatException("a comma is missing between keypoints");
                at = JsonSkip.WhiteSpace(json, at + 1);
            }

            if (!JsonNumber.TryRead(json, ref at, out triple[count % 3])) throw new FormatException("a keypoint is not a finite number");
            if (++count % 3 == 0) points.Add(new(new(triple[0], triple[1]), triple[2] <= 0 ? Visibility.Absent : triple[2] < 2 ? Visibility.Occluded : Visibility.Visible));
            at = JsonSkip.WhiteSpace(json, at);
        }

        return count > 0 && count % 3 == 0 ? new(points.DrainToImmutable()) : throw new FormatException($"keypoints have {count} numbers; they come in threes");
    }
}
