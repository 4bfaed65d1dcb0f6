using System.Buffers.Text;
using Plumbline.Formats.Json;

namespace Plumbline.Formats.Coco;

/// <summary>Ids, which are whole numbers in COCO and sometimes anything else in the wild.</summary>
internal static class CocoId
{
    /// <summary>The id as a number, also when it is written as <c>7.0</c>; false for anything else.</summary>
    public static bool TryNumber(ReadOnlySpan<byte> value, out long number)
    {
        number = 0;
        if (Utf8Parser.TryParse(value, out number, out int used) && used == value.Length) return true;
        if (!JsonCursor.TryNumber(value, out var real) || Math.Floor(real) != real || Math.Abs(real) > 1L << 53) return false;
        number = (long)real;
        return true;
    }
}
