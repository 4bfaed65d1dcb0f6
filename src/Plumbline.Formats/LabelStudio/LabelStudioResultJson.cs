using System.Text.Json;
using Plumbline.Core.Geometry;
using static Plumbline.Formats.LabelStudio.LabelStudioTokens;

namespace Plumbline.Formats.LabelStudio;

/// <summary>Reads one result: a region, or a value of one.</summary>
internal static class LabelStudioResultJson
{
    /// <summary>Reads a result.</summary>
    public static LabelStudioResult Read(ref Utf8JsonReader reader, bool withShapes)
    {
        var result = new LabelStudioResult();
        string? type = null;
        while (Next(ref reader, out var key))
        {
            switch (key)
            {
                case "id": result.Id = TextOrNumber(ref reader); break;
                case "type": type = TextOrNumber(ref reader); break;
                case "from_name": result.FromName = TextOrNumber(ref reader); break;
                case "parentID": result.ParentId = TextOrNumber(ref reader); break;
                case "origin": result.Origin = TextOrNumber(ref reader); break;
                case "from_id": result.FromId = TextOrNumber(ref reader); break;
                case "to_id": result.ToId = TextOrNumber(ref reader); break;
                case "direction": result.Direction = TextOrNumber(ref reader); break;
                case "labels": result.Labels = Strings(ref reader); break;
                case "score": result.Score = Number(ref reader); break;
                case "original_width": result.Width = Side(ref reader); break;
                case "original_height": result.Height = Side(ref reader); break;
                case "value" when reader.TokenType == JsonTokenType.StartObject: ReadValue(ref reader, result, withShapes); break;
                default: reader.Skip(); break;
            }
        }

        if (type is not null) result.Type = type.ToLowerInvariant();
        return result;
    }

    /// <summary>Reads a result's value; its type follows from the fields where none is given.</summary>
    public static void ReadValue(ref Utf8JsonReader reader, LabelStudioResult result, bool withShapes)
    {
        while (Next(ref reader, out var key))
        {
            switch (key)
            {
                case "x": result.X = Number(ref reader, result); break;
                case "y": result.Y = Number(ref reader, result); break;
                case "width": result.ValueWidth = Number(ref reader, result); break;
                case "height": result.ValueHeight = Number(ref reader, result); break;
                case "radiusX": result.RadiusX = Number(ref reader, result); break;
                case "radiusY": result.RadiusY = Number(ref reader, result); break;
                case "rotation": result.Rotation = Number(ref reader, result) ?? 0; break;
                case "number" or "rating": result.Number = Number(ref reader, result); break;
                case "original_width": result.Width = Side(ref reader); break;
                case "original_height": result.Height = Side(ref reader); break;
                case "id" when reader.TokenType == JsonTokenType.String: result.Id ??= reader.GetString(); break;
                case "closed": result.Closed = reader.TokenType != JsonTokenType.False; break;
                case "points": result.Points = Points(ref reader, result, withShapes); break;
                case "rle": result.Rle = Bytes(ref reader, result, withShapes); break;
                case "choices": result.Choices = Strings(ref reader); break;
                case "taxonomy": result.Choices = Paths(ref reader); break;
                case "text": result.Text = Strings(ref reader); break;
                case "labels" or "rectanglelabels" or "ellipselabels" or "polygonlabels" or "keypointlabels" or "brushlabels": result.Labels = Strings(ref reader); break;
                default: reader.Skip(); continue;
            }

            if (result.Type.Length == 0 || result.Type is "rectangle" or "ellipse" or "polygon" or "keypoint" or "brush") result.Type = TypeOf(key, result.Type);
        }
    }

    private static string TypeOf(string key, string type) => key is "choices" or "taxonomy" or "labels" or "rectanglelabels" or "ellipselabels" or "polygonlabels" or "keypointlabels" or "brushlabels" or "number" or "rating" ? key : key == "text" ? "textarea" : type;

    private static List<Point2>? Points(ref Utf8JsonReader reader, LabelStudioResult result, bool withShapes)
    {
        var points = new List<Point2>();
        if (!withShapes || reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return points;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartArray)
            {
                reader.Skip();
                result.Fault ??= "a point must be a list [x, y]";
                continue;
            }

            Span<double> xy = [0, 0];
            var count = 0;
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (Number(ref reader, result) is { } number && count < 2) xy[count] = number;
                count++;
            }

            if (count != 2) result.Fault ??= "a point must be a list [x, y]";
            points.Add(new(xy[0], xy[1]));
        }

        return points;
    }

    private static byte[]? Bytes(ref Utf8JsonReader reader, LabelStudioResult result, bool withShapes)
    {
        if (!withShapes || reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return [];
        }

        var bytes = new List<byte>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.Number && reader.TryGetByte(out var value)) bytes.Add(value);
            else
            {
                reader.Skip();
                result.Fault ??= "rle must be a list of bytes (0 to 255)";
            }
        }

        return [.. bytes];
    }

    // [["animal", "cat"], …]: one path an option.
    private static List<string>? Paths(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return null;
        }

        var list = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (Strings(ref reader) is { Count: > 0 } path) list.Add(string.Join('/', path));
        }

        return list;
    }
}
