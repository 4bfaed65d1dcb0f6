using System.Buffers.Text;

namespace Plumbline.Formats.Yolo;

/// <summary>One row of a label file: numbers parted by white space. Reused from row to row.</summary>
internal sealed class YoloRow
{
    private readonly List<double> numbers = [];

    /// <summary>How many numbers the row has; 0 for an empty one.</summary>
    public int Count => numbers.Count;

    /// <summary>The number at a place.</summary>
    public double this[int index] => numbers[index];

    /// <summary>The class number; null when the first number is not a whole one of at least 0.</summary>
    public int? Class => numbers.Count > 0 && numbers[0] >= 0 && numbers[0] <= int.MaxValue && Math.Floor(numbers[0]) == numbers[0] ? (int)numbers[0] : null;

    /// <summary>Reads a row; false when something in it is not a finite number.</summary>
    public bool Read(ReadOnlySpan<byte> line)
    {
        numbers.Clear();
        if (line.StartsWith("\uFEFF"u8)) line = line[3..];
        while (true)
        {
            line = line.TrimStart(" \t\r\n"u8);
            if (line.IsEmpty) return true;
            var first = line[0];
            if (!(first is (byte)'-' or (byte)'.' or (>= (byte)'0' and <= (byte)'9')) || !Utf8Parser.TryParse(line, out double number, out var used) || !double.IsFinite(number)) return false;
            if (used < line.Length && line[used] is not ((byte)' ' or (byte)'\t' or (byte)'\r')) return false;
            numbers.Add(number);
            line = line[used..];
        }
    }
}
