using System.Buffers;
using System.Collections.Immutable;
using System.Text;

namespace Plumbline.Core.Masks;

/// <summary>
/// COCO's compressed counts: one ASCII character from '0' to 'o' for each group of five bits, least first; 0x20 says that more follow, 0x10 of the last group is the sign. From the fourth
/// count on, the difference to the count two before is stored.
/// </summary>
/// <remarks>
/// Source: <c>rleToString</c> and <c>rleFrString</c> of maskApi.c (cocodataset/cocoapi at 8c9bcc3). Deliberately different: the reference reads past the end of a truncated text and takes any
/// byte; here both are errors, as are counts that do not fill the canvas.
/// </remarks>
public static class CocoRleText
{
    /// <summary>Reads the text of a mask on a canvas of width × height.</summary>
    /// <exception cref="FormatException">A character outside '0'…'o', a text that ends within a number, a negative or too large count, or counts that do not fill the canvas.</exception>
    /// <exception cref="ArgumentException">A side is negative, or the canvas has more than 2^31 − 1 pixels.</exception>
    public static CocoRle Parse(string text, int width, int height)
    {
        var outside = text.AsSpan().IndexOfAnyExceptInRange('0', 'o');
        if (outside >= 0) throw new FormatException($"Character {outside} is not one of '0' to 'o'.");
        return Parse(Encoding.ASCII.GetBytes(text), width, height);
    }

    /// <summary>Reads the text of a mask, given as bytes of ASCII.</summary>
    /// <inheritdoc cref="Parse(string, int, int)" />
    public static CocoRle Parse(ReadOnlySpan<byte> text, int width, int height)
    {
        CocoRle.CheckCanvas(width, height);
        var rented = ArrayPool<int>.Shared.Rent(Math.Max(1, text.Length));
        try
        {
            var counts = rented.AsSpan(0, ReadCounts(text, rented));
            long sum = 0;
            foreach (var count in counts) sum += count;
            if (sum != (long)width * height) throw new FormatException($"The counts cover {sum} pixels, the canvas of {width} × {height} has {(long)width * height}.");
            return CocoRle.FromTrusted(width, height, ImmutableArray.Create(counts));
        }
        finally
        {
            ArrayPool<int>.Shared.Return(rented);
        }
    }

    /// <summary>The compressed text of a mask's counts.</summary>
    public static string Format(CocoRle mask)
    {
        var rented = ArrayPool<byte>.Shared.Rent(Math.Max(1, MaximumLength(mask)));
        var text = Encoding.ASCII.GetString(rented, 0, Write(mask, rented));
        ArrayPool<byte>.Shared.Return(rented);
        return text;
    }

    /// <summary>The most bytes that <see cref="Write"/> can need for this mask.</summary>
    public static int MaximumLength(CocoRle mask) => checked(mask.Counts.Length * 7);

    /// <summary>Writes the compressed text as ASCII and returns its length.</summary>
    /// <exception cref="ArgumentException">The target is shorter than the text; <see cref="MaximumLength"/> is always enough.</exception>
    public static int Write(CocoRle mask, Span<byte> target)
    {
        var counts = mask.Counts.AsSpan();
        var length = 0;
        for (var i = 0; i < counts.Length; i++)
        {
            var value = i > 2 ? counts[i] - counts[i - 2] : counts[i];
            bool more;
            do
            {
                var group = value & 0x1f;
                value >>= 5;
                more = (group & 0x10) != 0 ? value != -1 : value != 0;
                if (length == target.Length) throw new ArgumentException("The target is too short.", nameof(target));
                target[length++] = (byte)((more ? group | 0x20 : group) + 48);
            }
            while (more);
        }

        return length;
    }

    private static int ReadCounts(ReadOnlySpan<byte> text, Span<int> counts)
    {
        var count = 0;
        for (var i = 0; i < text.Length;)
        {
            long value = 0;
            var shift = 0;
            int group;
            do
            {
                if (i == text.Length) throw new FormatException("The text ends within a number.");
                group = text[i] - 48;
                if (group is < 0 or > 63) throw new FormatException($"Character {i} is not one of '0' to 'o'.");
                if (shift > 30) throw new FormatException($"The number before character {i} is too large.");
                value |= (long)(group & 0x1f) << shift;
                shift += 5;
                i++;
            }
            while ((group & 0x20) != 0);

            if ((group & 0x10) != 0) value |= -1L << shift;
            if (count > 2) value += counts[count - 2];
            if (value is < 0 or > int.MaxValue) throw new FormatException($"Count {count} is {value}.");
            counts[count++] = (int)value;
        }

        return count;
    }
}
