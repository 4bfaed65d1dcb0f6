using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Plumbline.Core.Geometry;

namespace Plumbline.Formats.LabelStudio;

/// <summary>Reads one task of an export, full or JSON_MIN, in one pass over its bytes.</summary>
internal static class LabelStudioTaskJson
{
    /// <summary>Reads a task.</summary>
    /// <param name="json">The task's object.</param>
    /// <param name="withShapes">False to skip points and brushes: for a pass that looks for names only.</param>
    /// <exception cref="JsonException">Not valid JSON.</exception>
    public static LabelStudioTask Read(ReadOnlySpan<byte> json, bool withShapes)
    {
        var task = new LabelStudioTask();
        var reader = new Utf8JsonReader(json);
        reader.Read();
        Expect(ref reader, JsonTokenType.StartObject);
        LabelStudioResultSet? min = null;
        while (Next(ref reader, out var key))
        {
            switch (key)
            {
                case "id": task.Id = Raw(ref reader, json); break;
                case "annotations" or "completions": Sets(ref reader, json, task, false, withShapes); break;
                case "predictions": Sets(ref reader, json, task, true, withShapes); break;
                case "data" when reader.TokenType == JsonTokenType.StartObject: Data(ref reader, task); break;
                case "file_upload" or "drafts" or "meta" or "created_at" or "updated_at" or "inner_id" or "annotator" or "annotation_id" or "lead_time" or "project" or "agreement" or "comment_authors":
                    reader.Skip();
                    break;
                default: Min(ref reader, key, task, ref min, withShapes); break;
            }
        }

        if (min is not null) task.Sets.Add(min);
        return task;
    }

    // JSON_MIN has the data's fields and each control's values side by side.
    private static void Min(ref Utf8JsonReader reader, string key, LabelStudioTask task, ref LabelStudioResultSet? set, bool withShapes)
    {
        if (reader.TokenType == JsonTokenType.StartArray && IsListOfObjects(reader))
        {
            set ??= new();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (reader.TokenType != JsonTokenType.StartObject)
                {
                    reader.Skip();
                    continue;
                }

                var result = new LabelStudioResult { FromName = key };
                Value(ref reader, result, withShapes);
                if (result.Type.Length > 0) set.Results.Add(result);
            }
        }
        else if (reader.TokenType == JsonTokenType.StartObject)
        {
            var result = new LabelStudioResult { FromName = key };
            Value(ref reader, result, withShapes);
            if (result.Choices is not null) (set ??= new()).Results.Add(result);
        }
        else if (key is "choice" or "choices" && reader.TokenType == JsonTokenType.String)
        {
            (set ??= new()).Results.Add(new LabelStudioResult { FromName = key, Type = "choices", Choices = [reader.GetString() ?? ""] });
        }
        else
        {
            DataField(ref reader, key, task);
        }
    }

    private static bool IsListOfObjects(Utf8JsonReader copy) => copy.Read() && copy.TokenType == JsonTokenType.StartObject;

    private static void Sets(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, LabelStudioTask task, bool predictions, bool withShapes)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                reader.Skip();
                continue;
            }

            var set = new LabelStudioResultSet { IsPrediction = predictions };
            while (Next(ref reader, out var key))
            {
                switch (key)
                {
                    case "result" when reader.TokenType == JsonTokenType.StartArray:
                        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                        {
                            if (reader.TokenType == JsonTokenType.StartObject) set.Results.Add(Result(ref reader, withShapes));
                            else reader.Skip();
                        }

                        break;
                    case "was_cancelled": set.IsCancelled = reader.TokenType == JsonTokenType.True; break;
                    case "score": set.Score = Number(ref reader); break;
                    case "completed_by": set.By = By(ref reader); break;
                    case "model_version" when reader.TokenType == JsonTokenType.String: set.By = reader.GetString(); break;
                    case "updated_at" when reader.TokenType == JsonTokenType.String: set.At = DateTimeOffset.TryParse(reader.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null; break;
                    default: reader.Skip(); break;
                }
            }

            task.Sets.Add(set);
        }
    }

    private static string? By(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number) return Encoding.UTF8.GetString(reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan);
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }

        string? by = null;
        while (Next(ref reader, out var key))
        {
            if (key == "email" && reader.TokenType == JsonTokenType.String) by = reader.GetString();
            else reader.Skip();
        }

        return by;
    }

    private static LabelStudioResult Result(ref Utf8JsonReader reader, bool withShapes)
    {
        var result = new LabelStudioResult();
        string? type = null;
        while (Next(ref reader, out var key))
        {
            switch (key)
            {
                case "id": result.Id = Text(ref reader); break;
                case "type": type = Text(ref reader); break;
                case "from_name": result.FromName = Text(ref reader); break;
                case "parentID": result.ParentId = Text(ref reader); break;
                case "origin": result.Origin = Text(ref reader); break;
                case "from_id": result.FromId = Text(ref reader); break;
                case "to_id": result.ToId = Text(ref reader); break;
                case "direction": result.Direction = Text(ref reader); break;
                case "labels": result.Labels = Strings(ref reader); break;
                case "score": result.Score = Number(ref reader); break;
                case "original_width": result.Width = Side(ref reader); break;
                case "original_height": result.Height = Side(ref reader); break;
                case "value" when reader.TokenType == JsonTokenType.StartObject: Value(ref reader, result, withShapes); break;
                default: reader.Skip(); break;
            }
        }

        if (type is not null) result.Type = type.ToLowerInvariant();
        return result;
    }

    private static void Value(ref Utf8JsonReader reader, LabelStudioResult result, bool withShapes)
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

    private static void Data(ref Utf8JsonReader reader, LabelStudioTask task)
    {
        while (Next(ref reader, out var key)) DataField(ref reader, key, task);
    }

    private static void DataField(ref Utf8JsonReader reader, string key, LabelStudioTask task)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String: task.Data.Add((key, reader.GetString() ?? "")); break;
            case JsonTokenType.True or JsonTokenType.False: task.Data.Add((key, reader.TokenType == JsonTokenType.True)); break;
            case JsonTokenType.Number when Number(ref reader) is { } number: task.Data.Add((key, number)); break;
            case JsonTokenType.StartArray when IsListOfStrings(reader): task.Data.Add((key, Strings(ref reader)!)); break; // a list of strings is no null
            default: reader.Skip(); break;
        }
    }

    private static bool IsListOfStrings(Utf8JsonReader copy)
    {
        while (copy.Read() && copy.TokenType == JsonTokenType.String)
        {
        }

        return copy.TokenType == JsonTokenType.EndArray;
    }

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

    private static List<string>? Strings(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String) return [reader.GetString() ?? ""];
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return null;
        }

        var list = new List<string>(1);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.String) list.Add(reader.GetString() ?? "");
            else reader.Skip();
        }

        return list;
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

    private static string? Text(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.String) return reader.GetString();
        if (reader.TokenType is JsonTokenType.Number) return Encoding.UTF8.GetString(reader.ValueSpan);
        reader.Skip();
        return null;
    }

    private static double? Number(ref Utf8JsonReader reader, LabelStudioResult? result = null)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var number) && double.IsFinite(number)) return number;
        if (result is not null && reader.TokenType != JsonTokenType.Null) result.Fault ??= "a coordinate is not a finite number";
        reader.Skip();
        return null;
    }

    private static int? Side(ref Utf8JsonReader reader) => Number(ref reader) is { } side && side >= 1 && side <= int.MaxValue && Math.Floor(side) == side ? (int)side : null;

    private static string Raw(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return Encoding.UTF8.GetString(json[start..(int)reader.BytesConsumed]);
    }

    private static bool Next(ref Utf8JsonReader reader, out string key)
    {
        key = "";
        reader.Read();
        if (reader.TokenType == JsonTokenType.EndObject) return false;
        key = Known(ref reader);
        reader.Read();
        return true;
    }

    // Names that come up thousands of times are not made anew each time.
    private static string Known(ref Utf8JsonReader reader)
    {
        foreach (var name in Names)
        {
            if (reader.ValueTextEquals(name.Utf8)) return name.Text;
        }

        return reader.GetString() ?? "";
    }

    private static readonly (byte[] Utf8, string Text)[] Names =
        [.. new[] { "id", "type", "value", "x", "y", "width", "height", "rotation", "points", "from_name", "to_name", "original_width", "original_height", "image_rotation", "origin", "score", "rectanglelabels", "polygonlabels", "closed" }.Select(n => (Encoding.UTF8.GetBytes(n), n))];

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (reader.TokenType != type) throw new JsonException("a task must be an object");
    }
}
