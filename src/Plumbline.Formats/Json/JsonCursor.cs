using System.Text;
using System.Text.Json;

namespace Plumbline.Formats.Json;

/// <summary>Walks the members of one JSON object that lies whole in memory, giving each value as the bytes it was written with.</summary>
internal ref struct JsonCursor
{
    private readonly ReadOnlySpan<byte> json;
    private int at;
    private bool first = true;

    /// <exception cref="FormatException">Not an object.</exception>
    public JsonCursor(ReadOnlySpan<byte> json)
    {
        this.json = json;
        at = JsonSkip.WhiteSpace(json, 0);
        if (at >= json.Length || json[at] != (byte)'{') throw new FormatException("an object was expected");
        at++;
    }

    /// <summary>Moves to the next member.</summary>
    /// <param name="key">Its name without quotes, escapes as they stand.</param>
    /// <param name="value">Its value, white space around it cut off.</param>
    /// <exception cref="FormatException">The object is broken.</exception>
    public bool Next(out ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value)
    {
        key = value = default;
        at = JsonSkip.WhiteSpace(json, at);
        if (at < json.Length && json[at] == (byte)'}') return false;
        if (!first) Expect((byte)',');
        first = false;
        if (at >= json.Length || json[at] != (byte)'"') throw new FormatException("a field name was expected");
        var end = JsonSkip.String(json, at);
        if (end == JsonSkip.Incomplete) throw new FormatException("a field name does not end");
        key = json[(at + 1)..(end - 1)];
        at = JsonSkip.WhiteSpace(json, end);
        Expect((byte)':');
        end = JsonSkip.Value(json, at, final: true);
        if (end == JsonSkip.Incomplete) throw new FormatException("a value does not end");
        value = json[at..end];
        at = end;
        return true;
    }

    /// <summary>Reads a finite number.</summary>
    public static bool TryNumber(ReadOnlySpan<byte> value, out double number)
    {
        var at = 0;
        return JsonNumber.TryRead(value, ref at, out number) && at == value.Length;
    }

    /// <summary>Reads a string; null when the value is not one or is not valid UTF-8.</summary>
    public static string? Text(ReadOnlySpan<byte> value)
    {
        if (value.Length < 2 || value[0] != (byte)'"') return null;
        if (value.IndexOf((byte)'\\') < 0 && Ascii.IsValid(value)) return Encoding.ASCII.GetString(value[1..^1]);
        try
        {
            var reader = new Utf8JsonReader(value);
            reader.Read();
            return reader.GetString();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private void Expect(byte mark)
    {
        if (at >= json.Length || json[at] != mark) throw new FormatException($"'{(char)mark}' is missing");
        at = JsonSkip.WhiteSpace(json, at + 1);
    }
}
