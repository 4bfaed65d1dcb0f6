using System.Buffers;
using System.Text;
using Plumbline.Formats.Text;

namespace Plumbline.Formats.Csv;

/// <summary>One row of CSV (RFC 4180).</summary>
internal static class CsvFields
{
    private static readonly SearchValues<char> Special = SearchValues.Create("\",\r\n");

    /// <summary>Parts a row into its fields.</summary>
    /// <param name="row">Without its line end.</param>
    /// <param name="mark">What stands between fields.</param>
    /// <exception cref="FormatException">A quote does not close or something stands behind it, or the text is not UTF-8.</exception>
    public static List<string> Split(ReadOnlySpan<byte> row, char mark)
    {
        if (row.EndsWith("\r"u8)) row = row[..^1];
        string text;
        try
        {
            text = Utf8.GetString(row);
        }
        catch (DecoderFallbackException)
        {
            throw new FormatException("the text is not UTF-8");
        }

        var fields = new List<string>();
        var at = 0;
        while (true)
        {
            fields.Add(at < text.Length && text[at] == '"' ? Quoted(text, ref at) : Plain(text, mark, ref at));
            if (at >= text.Length) return fields;
            if (text[at] != mark) throw new FormatException($"'{mark}' is missing behind a quoted field");
            at++;
        }
    }

    /// <summary>Adds one field, quoted where it must be.</summary>
    public static Utf8Text AddCsv(this Utf8Text text, string field)
    {
        if (field.AsSpan().IndexOfAny(Special) < 0 && !field.StartsWith(' ') && !field.EndsWith(' ')) return text.Add(field);
        return text.Add("\""u8).Add(field.Replace("\"", "\"\"", StringComparison.Ordinal)).Add("\""u8);
    }

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static string Plain(string text, char mark, ref int at)
    {
        var stop = text.IndexOf(mark, at);
        if (stop < 0) stop = text.Length;
        var field = text[at..stop];
        at = stop;
        return field;
    }

    private static string Quoted(string text, ref int at)
    {
        var field = new StringBuilder();
        for (at++; ; at++)
        {
            var stop = text.IndexOf('"', at);
            if (stop < 0) throw new FormatException("a quote does not close");
            field.Append(text, at, stop - at);
            at = stop + 1;
            if (at >= text.Length || text[at] != '"') return field.ToString();
            field.Append('"');
        }
    }
}
