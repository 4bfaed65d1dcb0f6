using System.Buffers.Text;
using System.Text.Json;

namespace Plumbline.Server.Features.Images;

/// <summary>The order of an image list: a column, ties broken by id, and the place in it that a cursor names.</summary>
/// <param name="Column">The sorted column, with its table's alias.</param>
/// <param name="Descending">Largest first.</param>
/// <param name="IsText">Whether the column holds text; otherwise whole numbers.</param>
public sealed record ImageOrder(string Column, bool Descending, bool IsText)
{
    private const string WorkingAlias = "s.";

    /// <summary>Whether the column is one of the working annotation set's.</summary>
    public bool NeedsSet => Column.StartsWith(WorkingAlias, StringComparison.Ordinal);

    /// <summary>Reads <c>path</c>, <c>added</c>, <c>updated</c> or <c>annotations</c>, with <c>-</c> in front for the other direction; by path when there is none.</summary>
    /// <returns>Null for anything else.</returns>
    public static ImageOrder? Parse(string? sort)
    {
        var descending = sort?.StartsWith('-') == true;
        return (descending ? sort![1..] : sort) switch // not null, it starts with a dash
        {
            null or "" or "path" => new ImageOrder("i.path", descending, true),
            "added" => new ImageOrder("i.added_at", descending, false),
            "updated" => new ImageOrder("s.updated_at", descending, false),
            "annotations" => new ImageOrder("s.annotation_count", descending, false),
            _ => null,
        };
    }

    /// <summary>The clause, forwards or backwards.</summary>
    public string OrderBy(bool backwards)
    {
        var direction = Descending != backwards ? "DESC" : "ASC";
        return $"ORDER BY {Column} {direction}, i.id {direction}";
    }

    /// <summary>The condition for what comes after the place in <c>@key</c>, <c>@id</c>; backwards, for what comes before it.</summary>
    public string Beyond(bool backwards) => $"({Column}, i.id) {(Descending != backwards ? "<" : ">")} (@key, @id)";

    /// <summary>Writes a place as an opaque text.</summary>
    public static string ToCursor(object key, string id) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new[] { key, id }));

    /// <summary>Reads a place.</summary>
    /// <returns>Null when the text is not a cursor of this order.</returns>
    public (object Key, string Id)? FromCursor(string cursor)
    {
        try
        {
            var parts = JsonSerializer.Deserialize<JsonElement[]>(Base64Url.DecodeFromChars(cursor));
            if (parts is not [var key, { ValueKind: JsonValueKind.String } id] || key.ValueKind != (IsText ? JsonValueKind.String : JsonValueKind.Number)) return null;
            return (IsText ? key.GetString()! : key.GetInt64(), id.GetString()!); // both are strings by their kind
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return null;
        }
    }
}
