using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using static Plumbline.Formats.LabelStudio.LabelStudioTokens;

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
                LabelStudioResultJson.ReadValue(ref reader, result, withShapes);
                if (result.Type.Length > 0) set.Results.Add(result);
            }
        }
        else if (reader.TokenType == JsonTokenType.StartObject)
        {
            var result = new LabelStudioResult { FromName = key };
            LabelStudioResultJson.ReadValue(ref reader, result, withShapes);
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
                            if (reader.TokenType == JsonTokenType.StartObject) set.Results.Add(LabelStudioResultJson.Read(ref reader, withShapes));
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

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (reader.TokenType != type) throw new JsonException("a task must be an object");
    }
}
