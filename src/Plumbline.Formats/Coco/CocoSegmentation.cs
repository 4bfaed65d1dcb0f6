using System.Buffers;
using System.Collections.Immutable;
using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Core.Masks;
using Plumbline.Formats.Json;
using Plumbline.Formats.Pictures;

namespace Plumbline.Formats.Coco;

/// <summary>COCO's <c>segmentation</c>: a list of rings (each a part; COCO has no holes), or run lengths down the columns.</summary>
internal static class CocoSegmentation
{
    private static readonly SearchValues<byte> EmptyListBytes = SearchValues.Create("[] \t\r\n"u8);
    private static readonly SearchValues<byte> NumberListBytes = SearchValues.Create("[]0123456789.,+-eE \t\r\n"u8);

    /// <summary>What a <c>segmentation</c> holds, from its first bytes; null for nothing (absent, null, an empty list).</summary>
    public static ShapeKind? KindOf(ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty || json[0] == (byte)'n') return null;
        if (json[0] == (byte)'{') return ShapeKind.Mask;
        return json.IndexOfAnyExcept(EmptyListBytes) < 0 && json[0] == (byte)'[' ? null : ShapeKind.Polygon;
    }

    /// <summary>Whether a list of rings is made of nothing but numbers, without reading them.</summary>
    public static bool LooksSound(ReadOnlySpan<byte> json) => json.IndexOfAnyExcept(NumberListBytes) < 0;

    /// <summary>Reads a list of rings; a flat list of numbers counts as one ring.</summary>
    /// <exception cref="FormatException">Not that, or a ring has fewer than three points.</exception>
    public static Polygon Polygon(ReadOnlySpan<byte> json)
    {
        if (json[0] != (byte)'[') throw new FormatException("segmentation must be a list of rings, or run lengths");
        var parts = ImmutableArray.CreateBuilder<PolygonPart>(1);
        var at = JsonSkip.WhiteSpace(json, 1);
        if (json[at] != (byte)'[') return Core.Geometry.Polygon.FromRing(Ring(json, ref at));
        while (true)
        {
            if (json[at] != (byte)'[') throw new FormatException("a ring must be a list of numbers");
            at++;
            parts.Add(new(new Ring(Ring(json, ref at)), []));
            at = JsonSkip.WhiteSpace(json, at);
            if (json[at] == (byte)']') return new(parts.DrainToImmutable());
            if (json[at] != (byte)',') throw new FormatException("a comma is missing between rings");
            at = JsonSkip.WhiteSpace(json, at + 1);
        }
    }

    /// <summary>Reads <c>{"size":[height,width],"counts":[…] or "…"}</c>.</summary>
    /// <exception cref="FormatException">Not that, or the counts do not fill the size.</exception>
    public static CocoRle Rle(ReadOnlySpan<byte> json)
    {
        ReadOnlySpan<byte> size = default, counts = default;
        var cursor = new JsonCursor(json);
        while (cursor.Next(out var key, out var value))
        {
            if (key.SequenceEqual("size"u8)) size = value;
            else if (key.SequenceEqual("counts"u8)) counts = value;
        }

        if (size.IsEmpty || counts.IsEmpty) throw new FormatException("run lengths need size and counts");
        var (width, height) = Canvas(size);
        try
        {
            if (counts[0] == (byte)'[') return new CocoRle(width, height, Integers(counts, 16));
            return CompressedCounts(counts, width, height);
        }
        catch (Exception e) when (e is ArgumentException or OverflowException)
        {
            throw new FormatException(e.Message.Split(" (Parameter")[0].TrimEnd('.'), e);
        }
    }

    /// <summary>The picture that run lengths are made for.</summary>
    /// <exception cref="FormatException">They name none.</exception>
    public static PictureSize SizeOf(ReadOnlySpan<byte> json)
    {
        var cursor = new JsonCursor(json);
        while (cursor.Next(out var key, out var value))
        {
            if (!key.SequenceEqual("size"u8)) continue;
            var (width, height) = Canvas(value);
            return new(width, height);
        }

        throw new FormatException("run lengths need size and counts");
    }

    private static (int Width, int Height) Canvas(ReadOnlySpan<byte> size) =>
        Integers(size, 2) is [var height, var width] ? (width, height) : throw new FormatException("the size of run lengths must be [height, width]");

    // The alphabet of compressed counts has one character that JSON escapes: the backslash.
    private static CocoRle CompressedCounts(ReadOnlySpan<byte> json, int width, int height)
    {
        if (json.Length < 2 || json[0] != (byte)'"') throw new FormatException("counts must be a list or a string");
        var text = json[1..^1];
        if (text.IndexOf((byte)'\\') < 0) return CocoRleText.Parse(text, width, height);
        var plain = ArrayPool<byte>.Shared.Rent(text.Length);
        try
        {
            var length = 0;
            for (var at = 0; at < text.Length; at++)
            {
                plain[length++] = text[at];
                if (text[at] == (byte)'\\' && text[++at] != (byte)'\\') return CocoRleText.Parse(JsonCursor.Text(json) ?? throw new FormatException("counts are not valid text"), width, height);
            }

            return CocoRleText.Parse(plain.AsSpan(0, length), width, height);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(plain);
        }
    }

    private static ImmutableArray<Point2> Ring(ReadOnlySpan<byte> json, ref int at)
    {
        var points = ArrayPool<Point2>.Shared.Rent(256); // most rings have fewer; the array that stays is made in its size
        var count = 0;
        try
        {
            while (true)
            {
                at = JsonSkip.WhiteSpace(json, at);
                if (json[at] == (byte)']') break;
                if (count > 0) Comma(json, ref at);
                var x = Number(json, ref at);
                Comma(json, ref at);
                if (count == points.Length) points = Larger(points);
                points[count++] = new(x, Number(json, ref at));
            }

            at++;
            return count >= 3 ? ImmutableArray.Create(points.AsSpan(0, count)) : throw new FormatException($"a ring has {count} points; it needs three");
        }
        finally
        {
            ArrayPool<Point2>.Shared.Return(points);
        }
    }

    private static Point2[] Larger(Point2[] points)
    {
        var larger = ArrayPool<Point2>.Shared.Rent(points.Length * 2);
        points.CopyTo(larger, 0);
        ArrayPool<Point2>.Shared.Return(points);
        return larger;
    }

    private static void Comma(ReadOnlySpan<byte> json, ref int at)
    {
        at = JsonSkip.WhiteSpace(json, at);
        if (json[at] != (byte)',') throw new FormatException(json[at] == (byte)']' ? "a ring has an odd count of numbers" : "a comma is missing between numbers");
        at = JsonSkip.WhiteSpace(json, at + 1);
    }

    private static double Number(ReadOnlySpan<byte> json, ref int at)
    {
        if (!JsonNumber.TryRead(json, ref at, out var value)) throw new FormatException("a coordinate is not a finite number");
        return value;
    }

    private static ImmutableArray<int> Integers(ReadOnlySpan<byte> json, int expected)
    {
        var numbers = ImmutableArray.CreateBuilder<int>(expected);
        if (json[0] != (byte)'[') throw new FormatException("a list of whole numbers was expected");
        var at = JsonSkip.WhiteSpace(json, 1);
        while (json[at] != (byte)']')
        {
            if (numbers.Count > 0) Comma(json, ref at);
            var number = Number(json, ref at);
            if (number != Math.Floor(number) || number is < 0 or > int.MaxValue) throw new FormatException("a run length is not a whole number of at least 0");
            numbers.Add((int)number);
            at = JsonSkip.WhiteSpace(json, at);
        }

        return numbers.DrainToImmutable();
    }
}
