using System.Buffers;

namespace Plumbline.Formats.Xml;

/// <summary>Finds where XML elements end without reading what is in them: tags must close, quotes must close, nesting is bounded, a DTD is refused. Names are not judged.</summary>
internal static class XmlSkip
{
    /// <summary>The buffer ends before the element does.</summary>
    public const int Incomplete = -1;

    private const int MaxDepth = 32;
    private static readonly SearchValues<byte> TagMarks = SearchValues.Create(">\"'"u8);

    /// <summary>Index of the next tag from <paramref name="at"/> on, past comments, instructions and text; or <see cref="Incomplete"/>.</summary>
    /// <exception cref="FormatException">A DTD.</exception>
    public static int Misc(ReadOnlySpan<byte> xml, int at)
    {
        while (at >= 0)
        {
            var step = xml[at..].IndexOf((byte)'<');
            if (step < 0 || at + step + 1 >= xml.Length) return Incomplete;
            at += step;
            if (xml[at + 1] is not ((byte)'!' or (byte)'?')) return at;
            at = Special(xml, at);
        }

        return Incomplete;
    }

    /// <summary>Index after the element whose tag starts at <paramref name="at"/>, or <see cref="Incomplete"/>.</summary>
    /// <exception cref="FormatException">Nested more than 32 deep, an end tag too many, or a DTD.</exception>
    public static int Element(ReadOnlySpan<byte> xml, int at)
    {
        var depth = 0;
        while (true)
        {
            var step = xml[at..].IndexOf((byte)'<');
            if (step < 0 || at + step + 1 >= xml.Length) return Incomplete;
            at += step;
            switch (xml[at + 1])
            {
                case (byte)'!' or (byte)'?':
                    at = Special(xml, at);
                    if (at == Incomplete) return Incomplete;
                    continue;
                case (byte)'/':
                    depth--;
                    break;
                default:
                    depth++;
                    break;
            }

            var end = Tag(xml, at);
            if (end == Incomplete) return Incomplete;
            if (xml[at + 1] != (byte)'/' && xml[end - 2] == (byte)'/') depth--;
            if (depth > MaxDepth) throw new FormatException("elements nest more than 32 deep");
            at = end;
            if (depth <= 0) return at;
        }
    }

    /// <summary>Index after the tag that starts at <paramref name="at"/>, or <see cref="Incomplete"/>.</summary>
    public static int Tag(ReadOnlySpan<byte> xml, int at)
    {
        at++;
        while (true)
        {
            var step = xml[at..].IndexOfAny(TagMarks);
            if (step < 0) return Incomplete;
            at += step + 1;
            var mark = xml[at - 1];
            if (mark == (byte)'>') return at;
            step = xml[at..].IndexOf(mark);
            if (step < 0) return Incomplete;
            at += step + 1;
        }
    }

    private static int Special(ReadOnlySpan<byte> xml, int at)
    {
        var rest = xml[at..];
        if (rest[1] == (byte)'?') return After(rest, at, "?>"u8);
        if (rest.StartsWith("<!--"u8)) return After(rest, at, "-->"u8);
        if (rest.StartsWith("<![CDATA["u8)) return After(rest, at, "]]>"u8);
        if (rest.Length < 9) return Incomplete;
        throw new FormatException("it has a DTD (<!DOCTYPE …>), which is never needed and not read");
    }

    private static int After(ReadOnlySpan<byte> rest, int at, ReadOnlySpan<byte> end) => rest.IndexOf(end) is var found and >= 0 ? at + found + end.Length : Incomplete;
}
