using System.Text;
using System.Text.Json;

namespace Plumbline.Formats.LabelStudio;

/// <summary>The small things that tasks and results are made of: names, texts, numbers. What is of another type is skipped.</summary>
internal static class LabelStudioTokens
{
    /// <summary>Moves to the value of the next field; false at the end of the object.</summary>
    public static bool Next(ref Utf8JsonReader reader, out string key)
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

    /// <summary>A text, or a number as it is written; null for anything else.</summary>
    public static string? TextOrNumber(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.String) return reader.GetString();
        if (reader.TokenType is JsonTokenType.Number) return Encoding.UTF8.GetString(reader.ValueSpan);
        reader.Skip();
        return null;
    }

    /// <summary>A finite number; null for anything else, which is a fault of the result where one is given, unless it is null.</summary>
    public static double? Number(ref Utf8JsonReader reader, LabelStudioResult? result = null)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var number) && double.IsFinite(number)) return number;
        if (result is not null && reader.TokenType != JsonTokenType.Null) result.Fault ??= "a coordinate is not a finite number";
        reader.Skip();
        return null;
    }

    /// <summary>A whole number of pixels from 1; null for anything else.</summary>
    public static int? Side(ref Utf8JsonReader reader) => Number(ref reader) is { } side && side >= 1 && side <= int.MaxValue && Math.Floor(side) == side ? (int)side : null;

    /// <summary>The texts of a list; one text alone is a list of one; null for anything else.</summary>
    public static List<string>? Strings(ref Utf8JsonReader reader)
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

    /// <summary>Any value as it is written.</summary>
    public static string Raw(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return Encoding.UTF8.GetString(json[start..(int)reader.BytesConsumed]);
    }
}
