using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Plumbline.Formats.Json;

namespace Plumbline.Formats.Evaluation;

/// <summary>Ids as they occur in a JSON file, numbered in the order of their first appearance. Numbers equal in value are one id; text is never a number.</summary>
internal sealed class IdTable
{
    private const long Largest = 1L << 53;
    private readonly Dictionary<long, int> numbers = [];
    private readonly Dictionary<string, int> texts = new(StringComparer.Ordinal);
    private readonly List<string> names = [];
    private (long Id, int Place) last = (0, -1);

    /// <summary>The ids by place: numbers in their plain form, others as they stand.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>The place of an id; a new one is added.</summary>
    public int Add(ReadOnlySpan<byte> json)
    {
        if (!TryNumber(json, out var number)) return Add(Encoding.UTF8.GetString(json));
        if (last.Place >= 0 && last.Id == number) return last.Place;
        if (!numbers.TryGetValue(number, out var place))
        {
            place = names.Count;
            numbers.Add(number, place);
            names.Add(number.ToString(CultureInfo.InvariantCulture));
        }

        last = (number, place);
        return place;
    }

    private int Add(string text)
    {
        if (texts.TryGetValue(text, out var place)) return place;
        texts.Add(text, names.Count);
        names.Add(text);
        return names.Count - 1;
    }

    private static bool TryNumber(ReadOnlySpan<byte> json, out long number)
    {
        number = 0;
        if (Utf8Parser.TryParse(json, out number, out int used) && used == json.Length) return true;
        if (!JsonCursor.TryNumber(json, out var real) || Math.Floor(real) != real || Math.Abs(real) > Largest) return false;
        number = (long)real;
        return true;
    }
}
