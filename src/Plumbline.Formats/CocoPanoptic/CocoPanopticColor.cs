using System.Globalization;
using Plumbline.Formats.Json;

namespace Plumbline.Formats.CocoPanoptic;

/// <summary>The colour of a category: <c>"color":[220,20,60]</c>.</summary>
internal static class CocoPanopticColor
{
    /// <summary><c>#rrggbb</c>; null when the category states none.</summary>
    public static string? Of(ReadOnlySpan<byte> category)
    {
        if (category.IsEmpty) return null;
        var cursor = new JsonCursor(category);
        while (cursor.Next(out var key, out var value))
        {
            if (!key.SequenceEqual("color"u8) || value[0] != (byte)'[') continue;
            Span<byte> color = stackalloc byte[3];
            var count = 0;
            var list = value[1..^1];
            foreach (var part in list.Split((byte)','))
            {
                if (!JsonCursor.TryNumber(list[part].Trim(" \t\r\n"u8), out var number) || number is not (>= 0 and <= 255) || count == 3) return null;
                color[count++] = (byte)number;
            }

            return count == 3 ? $"#{Convert.ToHexStringLower(color)}" : null;
        }

        return null;
    }

    /// <summary>As a list of three numbers; null for what is no colour.</summary>
    public static string? ToJson(string? color) => color is ['#', ..] && color.Length == 7 && int.TryParse(color.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var rgb)
        ? FormattableString.Invariant($"[{rgb >> 16},{(rgb >> 8) & 255},{rgb & 255}]")
        : null;
}
