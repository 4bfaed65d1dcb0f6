using System.Text;
using Plumbline.Formats.Files;
using Plumbline.Formats.Json;
using Plumbline.Formats.Pictures;
using Plumbline.Formats.Records;
using Plumbline.Formats.Reports;

namespace Plumbline.Formats.Coco;

/// <summary>One image of a COCO file.</summary>
/// <param name="Path">Where it lies in the dataset.</param>
/// <param name="Id">Its id as JSON.</param>
/// <param name="Size">Null where the file does not say.</param>
/// <param name="Offset">Where its record stands in the file.</param>
/// <param name="Length">Bytes of the record.</param>
internal sealed record CocoImage(string Path, string Id, PictureSize? Size, long Offset, int Length);

/// <summary>The images of a COCO file, and which of them an id means.</summary>
internal sealed class CocoImages(string file, IssueLog issues)
{
    private readonly Dictionary<long, int> byNumber = [];
    private readonly Dictionary<string, int> byText = new(StringComparer.Ordinal);
    private readonly HashSet<string> pathsSeen = new(StringComparer.Ordinal);
    private List<CocoImage> items = [];

    /// <summary>In the order of the file; in that of their paths after <see cref="Sort"/>.</summary>
    public IReadOnlyList<CocoImage> Items => items;

    /// <summary>The place in the file of the image with a number for an id.</summary>
    public bool TryFind(long id, out int place) => byNumber.TryGetValue(id, out place);

    /// <summary>The place in the file of the image with any other id, given as JSON.</summary>
    public bool TryFind(string id, out int place) => byText.TryGetValue(id, out place);

    /// <summary>Takes the images of another file, of which this one speaks.</summary>
    public void AddRange(CocoImages others)
    {
        items.AddRange(others.items);
        foreach (var (id, place) in others.byNumber) byNumber[id] = place;
        foreach (var (id, place) in others.byText) byText[id] = place;
    }

    /// <summary>Takes an image of the file; what cannot be used becomes an issue.</summary>
    public void Add(ReadOnlySpan<byte> element, long offset, int place)
    {
        string? id = null, name = null;
        int? width = null, height = null;
        try
        {
            if (!JsonGrammar.IsValid(element)) throw new FormatException("it is not valid JSON in UTF-8");
            var cursor = new JsonCursor(element);
            while (cursor.Next(out var key, out var value))
            {
                if (key.SequenceEqual("id"u8)) id = Encoding.UTF8.GetString(value);
                else if (key.SequenceEqual("file_name"u8)) name = JsonCursor.Text(value);
                else if (key.SequenceEqual("width"u8)) width = Side(value);
                else if (key.SequenceEqual("height"u8)) height = Side(value);
            }
        }
        catch (FormatException e)
        {
            issues.Error("broken-image", file, $"image at place {place}", null, $"{e.Message}; it is left out.", new(Offset: offset));
            return;
        }

        if (id is null or "null")
        {
            issues.Error("no-id", file, name ?? $"image at place {place}", "id", "an image has no id; it is left out.", new(Offset: offset));
            return;
        }

        if (PathOf(name, id, offset) is not { } path) return;
        if (!pathsSeen.Add(path)) issues.Warning("duplicate-path", file, path, "file_name", $"image {id} has the same file_name as another.", new(Offset: offset));
        if (width is null || height is null) issues.Warning("no-size", file, path, "width", "width or height is missing or not a positive whole number; the size is read from the picture where there is one.", new(Offset: offset));
        var known = CocoId.TryNumber(Encoding.UTF8.GetBytes(id), out var number) ? byNumber.TryAdd(number, items.Count) : byText.TryAdd(id, items.Count);
        if (!known)
        {
            issues.Error("duplicate-id", file, path, "id", $"another image has the id {id}; this one is left out.", new(Offset: offset));
            return;
        }

        items.Add(new(path, id, width is { } w && height is { } h ? new(w, h) : null, offset, element.Length));
    }

    /// <summary>Makes up the image of an id that an annotation names.</summary>
    public void NameById(long id)
    {
        if (byNumber.TryAdd(id, items.Count)) MakeUp(FormattableString.Invariant($"{id}"));
    }

    /// <summary>Makes up the image of an id that an annotation names, given as JSON.</summary>
    public void NameById(string id)
    {
        if (byText.TryAdd(id, items.Count)) MakeUp(id);
    }

    /// <summary>Brings them into the order of their paths. <see cref="TryFind(long, out int)"/> goes on giving places in the file.</summary>
    /// <returns>For each place in the file the place by path.</returns>
    public int[] Sort()
    {
        var order = Enumerable.Range(0, items.Count).ToArray();
        var paths = items.Select(i => i.Path).ToArray();
        Array.Sort(order, (a, b) => string.CompareOrdinal(paths[a], paths[b]) is var c and not 0 ? c : a.CompareTo(b));
        var rank = new int[order.Length];
        for (var i = 0; i < order.Length; i++) rank[order[i]] = i;
        items = [.. order.Select(i => items[i])];
        return rank;
    }

    private void MakeUp(string id) => items.Add(new(TreePath.Salvage(id.Trim('"')) ?? FormattableString.Invariant($"image {items.Count + 1}"), id, null, 0, 0));

    private string? PathOf(string? name, string id, long offset)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            issues.Error("no-file-name", file, $"image {id}", "file_name", "an image has no file_name; it is left out.", new(Offset: offset));
            return null;
        }

        return ItemPath.Of(name, "file_name", file, new(Offset: offset), issues);
    }

    private static int? Side(ReadOnlySpan<byte> value) =>
        JsonCursor.TryNumber(value, out var number) && number >= 1 && number <= int.MaxValue && Math.Floor(number) == number ? (int)number : null;
}
