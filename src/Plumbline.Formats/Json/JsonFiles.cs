using System.Text.Json;
using System.Text.Unicode;
using Plumbline.Formats.Files;
using Plumbline.Formats.Reports;

namespace Plumbline.Formats.Json;

/// <summary>Small JSON files of a tree, read whole.</summary>
internal static class JsonFiles
{
    private const int MaxBytes = 256 << 20;
    private const int HeadBytes = 64 * 1024;
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64 };

    /// <summary>Reads a file; null when it is no valid JSON object, which is an issue.</summary>
    public static JsonDocument? TryRead(IFileTree tree, string file, IssueLog? issues)
    {
        try
        {
            var document = Parse(Content(tree, file));
            if (document.RootElement.ValueKind == JsonValueKind.Object) return document;
            document.Dispose();
            issues?.Error("bad-json", file, null, null, "an object was expected; the file is left out.");
        }
        catch (JsonException e)
        {
            issues?.Error("bad-json", file, null, null, "not valid JSON; the file is left out.", new(e.LineNumber + 1, e.BytePositionInLine + 1));
        }
        catch (InvalidDataException e)
        {
            issues?.Error("bad-json", file, null, null, $"{e.Message}; the file is left out.");
        }

        return null;
    }

    /// <summary>Parses JSON whose every string is valid text, so that none has to be doubted later; nested 64 deep at most.</summary>
    /// <exception cref="JsonException">It is not.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> json)
    {
        if (!Utf8.IsValid(json.Span)) throw new JsonException("not valid UTF-8");
        if (json.Span.IndexOf("\\u"u8) >= 0) CheckEscapes(json.Span);
        return JsonDocument.Parse(json, Options);
    }

    /// <summary>Names of the fields of the top object, from the first 64 KiB; empty when the file holds no object.</summary>
    public static HashSet<string> TopFields(IFileTree tree, string file)
    {
        var bytes = FileHead.Read(tree, file, HeadBytes);
        var fields = new HashSet<string>(StringComparer.Ordinal);
        var reader = new Utf8JsonReader(bytes, isFinalBlock: false, default);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return fields;
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1) fields.Add(reader.GetString() ?? "");
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Judged by what came before; reading it will say where it is broken.
        }

        return fields;
    }

    /// <summary>The whole file.</summary>
    /// <exception cref="InvalidDataException">It is over 256 MiB.</exception>
    public static ReadOnlyMemory<byte> Content(IFileTree tree, string file)
    {
        using var stream = tree.OpenRead(file);
        using var memory = new MemoryStream();
        var block = new byte[1 << 16];
        for (int count; (count = stream.Read(block)) > 0;)
        {
            if (memory.Length + count > MaxBytes) throw new InvalidDataException($"the file is larger than {MaxBytes >> 20} MiB");
            memory.Write(block, 0, count);
        }

        var content = memory.GetBuffer().AsMemory(0, (int)memory.Length);
        return content.Span.StartsWith("\uFEFF"u8) ? content[3..] : content;
    }

    // A half of a surrogate pair is valid JSON and no text.
    private static void CheckEscapes(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped) reader.GetString();
            }
        }
        catch (InvalidOperationException e)
        {
            throw new JsonException("a string has an escape that is no character", e);
        }
    }

    /// <summary>A field of an object; undefined when there is none.</summary>
    public static JsonElement Field(this JsonElement json, string name) => json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var field) ? field : default;

    /// <summary>A text field; null when it is none.</summary>
    public static string? TextField(this JsonElement json, string name) => json.Field(name) is { ValueKind: JsonValueKind.String } field ? field.GetString() : null;

    /// <summary>A finite number; null when it is none.</summary>
    public static double? AsNumber(this JsonElement json) => json.ValueKind == JsonValueKind.Number && json.TryGetDouble(out var number) && double.IsFinite(number) ? number : null;

    /// <summary>A whole number of at least 1; null when it is none.</summary>
    public static int? AsSide(this JsonElement json) => json.AsNumber() is { } side && side >= 1 && side <= int.MaxValue && Math.Floor(side) == side ? (int)side : null;

    /// <summary>The elements of a list; none when it is no list.</summary>
    public static IEnumerable<JsonElement> Elements(this JsonElement json) => json.ValueKind == JsonValueKind.Array ? json.EnumerateArray() : [];
}
