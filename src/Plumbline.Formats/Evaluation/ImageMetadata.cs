using System.Text;
using Plumbline.Formats.Json;

namespace Plumbline.Formats.Evaluation;

/// <summary>What an image's record says besides its id, name and size: scalars by field, and those inside <c>metadata</c>, <c>attributes</c> or any other object as <c>object.field</c>.</summary>
internal static class ImageMetadata
{
    private static readonly string[] Own = ["id", "file_name", "width", "height"];

    public static IReadOnlyDictionary<string, string> Of(ReadOnlySpan<byte> record)
    {
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Add(values, "", record);
        foreach (var name in Own) values.Remove(name);
        return values;
    }

    private static void Add(SortedDictionary<string, string> values, string prefix, ReadOnlySpan<byte> json)
    {
        var cursor = new JsonCursor(json);
        while (cursor.Next(out var key, out var value))
        {
            var name = prefix + Encoding.UTF8.GetString(key);
            if (value[0] == (byte)'{' && prefix.Length == 0) Add(values, name + ".", value);
            else if (value[0] == (byte)'"') values[name] = JsonCursor.Text(value) ?? throw new FormatException($"\"{name}\" is not valid text");
            else if (value[0] is not ((byte)'{' or (byte)'[' or (byte)'n')) values[name] = Encoding.UTF8.GetString(value);
        }
    }
}
