using System.Text;
using Plumbline.Formats.Json;
using Plumbline.Formats.Text;

namespace Plumbline.Formats.Coco;

/// <summary>Copies a JSON object byte by byte, but for a few fields.</summary>
internal static class CocoRecord
{
    /// <summary>Copies; a field of the list gets the new value, and is added in front when the object lacks it. Nothing is touched when all values are as they should be.</summary>
    public static void Copy(Utf8Text target, ReadOnlySpan<byte> json, params ReadOnlySpan<(string Name, string Value)> fields)
    {
        if (Holds(json, fields))
        {
            target.Add(json);
            return;
        }

        target.Add("{"u8);
        var first = true;
        foreach (var (name, value) in fields)
        {
            if (!first) target.Add(","u8);
            target.Add("\""u8).Add(name).Add("\":"u8).Add(value);
            first = false;
        }

        var cursor = new JsonCursor(json);
        while (cursor.Next(out var key, out var value))
        {
            if (!IsOneOf(key, fields)) target.Add(",\""u8).Add(key).Add("\":"u8).Add(value);
        }

        target.Add("}"u8);
    }

    /// <summary>The members that are not among the known ones, as an object; empty when there are none.</summary>
    public static byte[] Others(ReadOnlySpan<byte> json, ReadOnlySpan<string> known)
    {
        var text = new Utf8Text();
        var cursor = new JsonCursor(json);
        while (cursor.Next(out var key, out var value))
        {
            var isKnown = false;
            foreach (var name in known) isKnown |= Same(key, name);
            if (!isKnown) text.Add(text.Length == 0 ? "{\""u8 : ",\""u8).Add(key).Add("\":"u8).Add(value);
        }

        return text.Length == 0 ? [] : text.Add("}"u8).Written.ToArray();
    }

    /// <summary>Adds the members of such an object behind others.</summary>
    public static void AddOthers(Utf8Text target, ReadOnlyMemory<byte> others)
    {
        if (others.Length > 2) target.Add(","u8).Add(others.Span[1..^1]);
    }

    private static bool Holds(ReadOnlySpan<byte> json, ReadOnlySpan<(string Name, string Value)> fields)
    {
        var found = 0;
        var cursor = new JsonCursor(json);
        while (cursor.Next(out var key, out var value))
        {
            foreach (var field in fields)
            {
                if (!Same(key, field.Name)) continue;
                if (!Same(value, field.Value)) return false;
                found++;
            }
        }

        return found == fields.Length;
    }

    private static bool IsOneOf(ReadOnlySpan<byte> key, ReadOnlySpan<(string Name, string Value)> fields)
    {
        foreach (var field in fields)
        {
            if (Same(key, field.Name)) return true;
        }

        return false;
    }

    private static bool Same(ReadOnlySpan<byte> bytes, string text) => Ascii.Equals(bytes, text) || (!Ascii.IsValid(text) && bytes.SequenceEqual(Encoding.UTF8.GetBytes(text)));
}
