using System.Buffers.Text;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Core.Masks;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Json;
using Plumbline.Formats.Reports;

namespace Plumbline.Formats.Coco;

/// <summary>Turns one annotation's JSON into a <see cref="DatasetAnnotation"/>; what it cannot use becomes an issue.</summary>
/// <param name="file">For messages.</param>
/// <param name="classes">Place of each category id in the header.</param>
/// <param name="task">Whether keypoints are read.</param>
/// <param name="detail">How much is wanted.</param>
/// <param name="issues">Receives faults.</param>
internal sealed class CocoAnnotationParser(string file, IReadOnlyDictionary<string, int> classes, CocoTask task, ReadDetail detail, IssueLog issues)
{
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> classByText =
        new Dictionary<string, int>(classes, StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    // One more than the class's place, by ids up to three digits, which nearly all are; 0 for none.
    private readonly int[] classByNumber = ByNumber(classes);

    private static readonly ImmutableSortedDictionary<string, AttributeValue> NoAttributes = ImmutableSortedDictionary.Create<string, AttributeValue>(StringComparer.Ordinal);

    /// <summary>Null when the annotation is refused.</summary>
    /// <param name="json">Its bytes.</param>
    /// <param name="offset">Where they stand in the file.</param>
    /// <param name="newId">Replaces its id; null to keep it.</param>
    /// <param name="image">The image it is in.</param>
    public DatasetAnnotation? Parse(ReadOnlyMemory<byte> json, long offset, string? newId, CocoImage image)
    {
        string? id = newId;
        try
        {
            if (detail == ReadDetail.Verbatim && !JsonGrammar.IsValid(json.Span)) return Refuse("broken-annotation", null, "it is not valid JSON in UTF-8");
            var fields = Fields.Of(json.Span, task);
            id ??= fields.Id.IsEmpty ? null : Encoding.UTF8.GetString(fields.Id);
            if (fields.Category.IsEmpty) return Refuse("no-category", "category_id", "it has no category_id");
            if (ClassOf(fields.Category) is not { } classIndex) return Refuse("dangling-category", "category_id", $"there is no category with the id {Encoding.UTF8.GetString(fields.Category)}");
            var box = BoxOf(fields.Box);
            var kind = CocoSegmentation.KindOf(fields.Segmentation);
            var shape = ShapeOf(kind, fields.Segmentation, box, out var fault);
            if (fault is not null) issues.Warning("bad-segmentation", file, Name(), "segmentation", $"{fault}; its box is used.", new(Offset: offset));
            if (shape is MaskShape && image.Size is { } size && CocoSegmentation.SizeOf(fields.Segmentation) is var canvas && canvas != size)
                issues.Warning("mask-size", file, Name(), "segmentation", $"its mask is made for a picture of {canvas.Width} × {canvas.Height} pixels, and the image has {size.Width} × {size.Height}.", new(Offset: offset));
            Shape? outline = null;
            if (!fields.Keypoints.IsEmpty && CocoKeypoints.Parse(fields.Keypoints) is { } keypoints)
            {
                if (shape is not TagShape && kind is not null) outline = shape;
                kind ??= ShapeKind.Keypoints;
                shape = new KeypointsShape(keypoints);
            }

            return new DatasetAnnotation
            {
                ClassIndex = classIndex,
                Shape = shape,
                Outline = outline,
                SourceKind = fault is null && shape is not KeypointsShape && kind != shape.Kind ? kind : null,
                StatedBox = kind is null ? null : box,
                StatedArea = JsonCursor.TryNumber(fields.Area, out var area) ? area : null,
                Ignore = JsonCursor.TryNumber(fields.Crowd, out var crowd) ? crowd == 1 : fields.Crowd.SequenceEqual("true"u8),
                Score = JsonCursor.TryNumber(fields.Score, out var score) ? ReadScore.Of(score, issues, file, Name(), new(Offset: offset)) : null,
                Attributes = fields.Attributes.IsEmpty ? NoAttributes : AttributesOf(fields.Attributes),
                SourceId = id,
                HasOtherFields = fields.HasOthers,
                Other = fields.HasOthers && detail == ReadDetail.Everything ? CocoRecord.Others(json.Span, task == CocoTask.Keypoints ? KnownWithKeypoints : Known) : default,
                Raw = detail == ReadDetail.Verbatim ? json : default,
            };
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return Refuse("broken-annotation", null, e is JsonException ? "it is not valid JSON" : e.Message);
        }

        string Name() => string.IsNullOrEmpty(id) ? image.Path : $"{image.Path}#{id.Trim('"')}";

        DatasetAnnotation? Refuse(string code, string? field, string message)
        {
            issues.Error(code, file, Name(), field, $"{message.TrimEnd('.')}; it is left out.", new(Offset: offset));
            return null;
        }
    }

    private int? ClassOf(ReadOnlySpan<byte> id)
    {
        if (id.Length <= 3 && id[0] != (byte)'0' && Utf8Parser.TryParse(id, out int number, out var used) && used == id.Length && number > 0 && classByNumber[number] is > 0 and var known) return known - 1;
        Span<char> text = stackalloc char[64];
        return id.Length <= text.Length && classByText.TryGetValue(text[..Encoding.UTF8.GetChars(id, text)], out var index) ? index : null;
    }

    private static int[] ByNumber(IReadOnlyDictionary<string, int> classes)
    {
        var places = new int[1000];
        for (var number = 0; number < places.Length; number++) places[number] = classes.TryGetValue(number.ToString(CultureInfo.InvariantCulture), out var place) ? place + 1 : 0;
        return places;
    }

    private Shape ShapeOf(ShapeKind? kind, ReadOnlySpan<byte> segmentation, Box? box, out string? fault)
    {
        fault = null;
        if (kind is null) return box is { } only ? new BoxShape(only) : new TagShape();
        if (detail < ReadDetail.Shapes && box is { } given)
        {
            if (kind == ShapeKind.Polygon && !CocoSegmentation.LooksSound(segmentation)) fault = "the outline is not made of numbers";
            return new BoxShape(given);
        }

        try
        {
            if (kind == ShapeKind.Polygon)
            {
                var polygon = CocoSegmentation.Polygon(segmentation);
                return detail >= ReadDetail.Shapes ? new PolygonShape(polygon) : new BoxShape(polygon.Bounds());
            }

            var rle = CocoSegmentation.Rle(segmentation);
            return detail >= ReadDetail.Shapes ? new MaskShape(rle.ToMask()) : new BoxShape(rle.Bounds);
        }
        catch (FormatException e) when (box is not null)
        {
            fault = e.Message;
            return new BoxShape(box.Value);
        }
    }

    internal static Box? BoxOf(ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty || json.SequenceEqual("null"u8)) return null;
        if (json[0] != (byte)'[') throw new FormatException("bbox must be a list");
        Span<double> numbers = stackalloc double[4];
        var at = JsonSkip.WhiteSpace(json, 1);
        if (json[at] == (byte)']') return null;
        for (var i = 0; i < 4; i++)
        {
            if (!JsonNumber.TryRead(json, ref at, out numbers[i])) throw new FormatException("bbox must be four finite numbers");
            at = JsonSkip.WhiteSpace(json, at);
            if (json[at] != (i < 3 ? (byte)',' : (byte)']')) throw new FormatException("bbox must be four finite numbers");
            at = JsonSkip.WhiteSpace(json, at + 1);
        }

        if (numbers[2] < 0 || numbers[3] < 0) throw new FormatException("bbox has a negative side");
        return double.IsFinite(numbers[0] + numbers[2]) && double.IsFinite(numbers[1] + numbers[3])
            ? new Box(numbers[0], numbers[1], numbers[2], numbers[3])
            : throw new FormatException("bbox is larger than a number can say");
    }

    private static ImmutableSortedDictionary<string, AttributeValue> AttributesOf(ReadOnlySpan<byte> json)
    {
        var attributes = NoAttributes.ToBuilder();
        var cursor = new JsonCursor(json);
        while (cursor.Next(out var key, out var value))
        {
            AttributeValue? read = value[0] switch
            {
                (byte)'t' => new AttributeValue.Flag(true),
                (byte)'f' => new AttributeValue.Flag(false),
                (byte)'"' when JsonCursor.Text(value) is { } text => new AttributeValue.Text(text),
                (byte)'[' => JsonSerializer.Deserialize<string[]>(value) is { } options ? new AttributeValue.Choices([.. options]) : null,
                _ when JsonCursor.TryNumber(value, out var number) => new AttributeValue.Number(number),
                _ => null,
            };
            if (read is not null) attributes[Encoding.UTF8.GetString(key)] = read;
        }

        return attributes.ToImmutable();
    }

    private static readonly string[] Known = ["id", "image_id", "category_id", "bbox", "segmentation", "area", "iscrowd", "score", "attributes"];
    private static readonly string[] KnownWithKeypoints = [.. Known, "keypoints", "num_keypoints"];

    private ref struct Fields
    {
        public ReadOnlySpan<byte> Id, Category, Box, Segmentation, Area, Crowd, Score, Attributes, Keypoints;
        public bool HasOthers;

        public static Fields Of(ReadOnlySpan<byte> json, CocoTask task)
        {
            var fields = default(Fields);
            var cursor = new JsonCursor(json);
            while (cursor.Next(out var key, out var value))
            {
                if (key.SequenceEqual("id"u8)) fields.Id = value;
                else if (key.SequenceEqual("category_id"u8)) fields.Category = value;
                else if (key.SequenceEqual("bbox"u8)) fields.Box = value;
                else if (key.SequenceEqual("segmentation"u8)) fields.Segmentation = value;
                else if (key.SequenceEqual("area"u8)) fields.Area = value;
                else if (key.SequenceEqual("iscrowd"u8)) fields.Crowd = value;
                else if (key.SequenceEqual("score"u8)) fields.Score = value;
                else if (key.SequenceEqual("attributes"u8) && value[0] == (byte)'{') fields.Attributes = value;
                else if (task == CocoTask.Keypoints && key.SequenceEqual("keypoints"u8)) fields.Keypoints = value;
                else if (task == CocoTask.Keypoints && key.SequenceEqual("num_keypoints"u8)) continue;
                else if (!key.SequenceEqual("image_id"u8)) fields.HasOthers = true;
            }

            return fields;
        }
    }
}
