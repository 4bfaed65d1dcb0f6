using System.Buffers;
using System.Text.Unicode;

namespace Plumbline.Formats.Json;

/// <summary>Judges JSON by RFC 8259 without taking it apart, several times as fast as a reader of tokens: most of it is numbers.</summary>
internal static class JsonGrammar
{
    private const int MaxDepth = 64;
    private static readonly SearchValues<byte> EndsPlainText = SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(c => (byte)c), (byte)'"', (byte)'\\']);

    /// <summary>Whether the bytes are one value, in UTF-8, nested 64 deep at most, with nothing but white space around it.</summary>
    public static bool IsValid(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json)) return false;
        ulong objects = 0; // one bit per level: set for an object
        var depth = 0;
        var at = JsonSkip.WhiteSpace(json, 0);
        while (at < json.Length)
        {
            var first = json[at];
            if (first is (byte)'[' or (byte)'{')
            {
                if (++depth > MaxDepth) return false;
                objects = (objects << 1) | (first == (byte)'{' ? 1u : 0u);
                at = JsonSkip.WhiteSpace(json, at + 1);
                var isEmpty = at < json.Length && json[at] == first + 2; // both closing brackets are two after their opening ones
                if (!isEmpty && first == (byte)'{' && !Name(json, ref at)) return false;
                if (!isEmpty) continue;
            }
            else if (!Scalar(json, ref at))
            {
                return false;
            }

            if (!Following(json, ref at, ref objects, ref depth, out var another)) return false;
            if (!another) return true;
        }

        return false;
    }

    // What comes after a value: closing brackets, then a comma and the place of the next value, or the end of the document.
    private static bool Following(ReadOnlySpan<byte> json, ref int at, ref ulong objects, ref int depth, out bool another)
    {
        another = false;
        while (true)
        {
            at = JsonSkip.WhiteSpace(json, at);
            if (depth == 0) return at == json.Length;
            if (at == json.Length) return false;
            var inObject = (objects & 1) == 1;
            if (json[at] == (byte)',')
            {
                at = JsonSkip.WhiteSpace(json, at + 1);
                return another = !inObject || Name(json, ref at);
            }

            if (json[at++] != (inObject ? (byte)'}' : (byte)']')) return false;
            objects >>= 1;
            depth--;
        }
    }

    // A field's name with its colon; leaves off at the value.
    private static bool Name(ReadOnlySpan<byte> json, ref int at)
    {
        if (at == json.Length || json[at] != (byte)'"' || !String(json, ref at)) return false;
        at = JsonSkip.WhiteSpace(json, at);
        if (at == json.Length || json[at] != (byte)':') return false;
        at = JsonSkip.WhiteSpace(json, at + 1);
        return true;
    }

    private static bool Scalar(ReadOnlySpan<byte> json, ref int at) => json[at] switch
    {
        (byte)'"' => String(json, ref at),
        (byte)'t' => Word(json, ref at, "true"u8),
        (byte)'f' => Word(json, ref at, "false"u8),
        (byte)'n' => Word(json, ref at, "null"u8),
        _ => Number(json, ref at),
    };

    private static bool Word(ReadOnlySpan<byte> json, ref int at, ReadOnlySpan<byte> word)
    {
        if (!json[at..].StartsWith(word)) return false;
        at += word.Length;
        return true;
    }

    private static bool Number(ReadOnlySpan<byte> json, ref int at)
    {
        var i = at;
        if (json[i] == (byte)'-') i++;
        var whole = i;
        if (!Digits(json, ref i) || (json[whole] == (byte)'0' && i > whole + 1)) return false;
        if (i < json.Length && json[i] == (byte)'.')
        {
            i++;
            if (!Digits(json, ref i)) return false;
        }

        if (i < json.Length && json[i] is (byte)'e' or (byte)'E')
        {
            i++;
            if (i < json.Length && json[i] is (byte)'+' or (byte)'-') i++;
            if (!Digits(json, ref i)) return false;
        }

        at = i;
        return true;
    }

    private static bool Digits(ReadOnlySpan<byte> json, ref int at)
    {
        var start = at;
        while ((uint)at < (uint)json.Length && (uint)(json[at] - '0') <= 9) at++;
        return at > start;
    }

    private static bool String(ReadOnlySpan<byte> json, ref int at)
    {
        for (at++; ;)
        {
            var step = json[at..].IndexOfAny(EndsPlainText);
            if (step < 0) return false;
            at += step;
            if (json[at] == (byte)'"')
            {
                at++;
                return true;
            }

            if (json[at] != (byte)'\\' || at + 1 == json.Length) return false;
            if (json[at + 1] == (byte)'u')
            {
                if (at + 6 > json.Length || !IsHex(json.Slice(at + 2, 4))) return false;
                at += 6;
            }
            else if ("\"\\/bfnrt"u8.IndexOf(json[at + 1]) >= 0)
            {
                at += 2;
            }
            else
            {
                return false;
            }
        }
    }

    private static bool IsHex(ReadOnlySpan<byte> digits)
    {
        foreach (var digit in digits)
        {
            if (!char.IsAsciiHexDigit((char)digit)) return false;
        }

        return true;
    }
}
