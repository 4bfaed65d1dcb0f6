using System.Globalization;
using System.Text;
using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Core.Masks;
using Plumbline.Formats.Coco;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Json;

namespace Plumbline.Formats.CocoPanoptic;

/// <summary>One entry of <c>segments_info</c>.</summary>
/// <param name="classes">Place of each category id in the header.</param>
/// <param name="masks">The pixels of each segment id; null where the picture is not read.</param>
internal sealed class CocoSegmentInfo(IReadOnlyDictionary<string, int> classes, Dictionary<int, Mask>? masks)
{
    /// <exception cref="FormatException">It has no id or category, or neither pixels nor a box.</exception>
    public DatasetAnnotation Parse(ReadOnlySpan<byte> json)
    {
        double? id = null, area = null;
        Box? box = null;
        string? category = null;
        bool ignore = false, others = false;
        var cursor = new JsonCursor(json);
        while (cursor.Next(out var key, out var value))
        {
            if (key.SequenceEqual("id"u8)) id = JsonCursor.TryNumber(value, out var number) ? number : null;
            else if (key.SequenceEqual("category_id"u8)) category = Encoding.UTF8.GetString(value);
            else if (key.SequenceEqual("area"u8)) area = JsonCursor.TryNumber(value, out var number) ? number : null;
            else if (key.SequenceEqual("bbox"u8)) box = CocoAnnotationParser.BoxOf(value);
            else if (key.SequenceEqual("iscrowd"u8)) ignore = value.SequenceEqual("1"u8) || value.SequenceEqual("true"u8);
            else others = true;
        }

        if (id is not (>= 1 and < 1 << 24) || Math.Floor(id.Value) != id) throw new FormatException("its id is not a whole number from 1 to 16,777,215");
        if (category is null || !classes.TryGetValue(category, out var classIndex)) throw new FormatException($"there is no category with the id {category ?? "(none)"}");
        var segment = (int)id.Value;
        if (masks is not null && !masks.ContainsKey(segment)) throw new FormatException($"no pixel of the picture has the segment {segment}");
        if (masks is null && box is null) throw new FormatException("it has no bbox, and the picture of its segments is not read");
        return new DatasetAnnotation
        {
            ClassIndex = classIndex,
            Shape = masks is null ? new BoxShape(box!.Value) : new MaskShape(masks[segment]), // one of the two is there
            SourceKind = masks is null ? ShapeKind.Mask : null,
            StatedBox = box,
            StatedArea = area,
            Ignore = ignore,
            SourceId = segment.ToString(CultureInfo.InvariantCulture),
            HasOtherFields = others,
        };
    }
}
