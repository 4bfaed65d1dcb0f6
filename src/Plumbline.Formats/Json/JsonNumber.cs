using System.Buffers.Text;

namespace Plumbline.Formats.Json;

/// <summary>Reads JSON numbers. Those of at most 15 digits without an exponent, which is nearly all, take one multiplication a digit and one division.</summary>
internal static class JsonNumber
{
    private const int ExactDigits = 15;
    private static ReadOnlySpan<double> PowersOfTen => [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    /// <summary>Reads the number that starts at <paramref name="at"/> and moves there behind it; false when there is none or it is not finite.</summary>
    public static bool TryRead(ReadOnlySpan<byte> json, ref int at, out double number)
    {
        // Both the digits as a whole number and the power of ten are exact doubles, so that their quotient is the double nearest to the decimal.
        var i = at;
        var negative = i < json.Length && json[i] == (byte)'-';
        if (negative) i++;
        var start = i;
        long digits = 0;
        while (i < json.Length && (uint)(json[i] - '0') <= 9) digits = (digits * 10) + (json[i++] - '0');
        var (whole, decimals) = (i - start, 0);
        if (whole > 0 && i < json.Length && json[i] == (byte)'.')
        {
            var point = ++i;
            while (i < json.Length && (uint)(json[i] - '0') <= 9) digits = (digits * 10) + (json[i++] - '0');
            decimals = i - point;
            if (decimals == 0) whole = 0;
        }

        if (whole == 0 || whole + decimals > ExactDigits || (i < json.Length && json[i] is (byte)'e' or (byte)'E')) return TryReadAny(json, ref at, out number);
        number = digits / PowersOfTen[decimals];
        if (negative) number = -number;
        at = i;
        return true;
    }

    private static bool TryReadAny(ReadOnlySpan<byte> json, ref int at, out double number)
    {
        number = 0;
        if (at >= json.Length || !(json[at] == (byte)'-' || char.IsAsciiDigit((char)json[at]))) return false;
        if (!Utf8Parser.TryParse(json[at..], out number, out var used) || !double.IsFinite(number)) return false;
        at += used;
        return true;
    }
}
