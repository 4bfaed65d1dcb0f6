using System.Net;
using System.Text;

namespace Plumbline.Formats.Xml;

/// <summary>One start tag as bytes: its name, and its attributes one by one.</summary>
internal readonly ref struct XmlTag
{
    private readonly ReadOnlySpan<byte> attributes;

    /// <param name="tag">From <c>&lt;</c> to <c>&gt;</c>.</param>
    public XmlTag(ReadOnlySpan<byte> tag)
    {
        var body = tag[1..^(tag.Length > 2 && tag[^2] == (byte)'/' ? 2 : 1)];
        var end = body.IndexOfAny(" \t\r\n"u8);
        Name = end < 0 ? body : body[..end];
        attributes = end < 0 ? default : body[end..];
    }

    /// <summary>The element's name.</summary>
    public ReadOnlySpan<byte> Name { get; }

    /// <summary>The value of an attribute, entities as they stand; false when the tag has none of this name.</summary>
    public bool TryGet(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        var rest = attributes;
        while (true)
        {
            rest = rest.TrimStart(" \t\r\n"u8);
            var equals = rest.IndexOf((byte)'=');
            if (equals < 0) break;
            var key = rest[..equals].TrimEnd(" \t\r\n"u8);
            rest = rest[(equals + 1)..].TrimStart(" \t\r\n"u8);
            if (rest.IsEmpty || rest[0] is not ((byte)'"' or (byte)'\'')) break;
            var close = rest[1..].IndexOf(rest[0]);
            if (close < 0) break;
            if (key.SequenceEqual(name))
            {
                value = rest.Slice(1, close);
                return true;
            }

            rest = rest[(close + 2)..];
        }

        value = default;
        return false;
    }

    /// <summary>The value of an attribute as text; null when the tag has none of this name.</summary>
    public string? Text(ReadOnlySpan<byte> name) => TryGet(name, out var value) ? Decode(value) : null;

    /// <summary>An attribute's bytes as text.</summary>
    public static string Decode(ReadOnlySpan<byte> value)
    {
        var text = Encoding.UTF8.GetString(value);
        return text.Contains('&', StringComparison.Ordinal) ? WebUtility.HtmlDecode(text) : text;
    }
}
