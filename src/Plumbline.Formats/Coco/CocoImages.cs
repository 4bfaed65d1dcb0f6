using System.Globalization;
using System.Text;
using Plumbline.Formats.Files;
using Plumbline.Formats.Json;
using Plumbline.Formats.Pictures;
using Plumbline.Formats.Records;
using Plumbline.Formats.Reports;

namespace Plumbline.Formats.Coco;

/// <summary>One image of a COCO file.</summary>
/// <param name="path">Where it lies in the dataset.</param>
/// <param name="number">Its id when that is a number.</param>
/// <param name="text">Its id as JSON when it is anything else than the number in its plain form; otherwise null.</param>
internal sealed class CocoImage(string path, long number, string? text)
{
    private readonly int width, height;

    public string Path { get; } = path;

    /// <summary>Its id as JSON; made when asked for, since a file has as many as images.</summary>
    public string Id => text ?? number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Null where the file does not say.</summary>
    public PictureSize? Size
    {
        get => width > 0 ? new(width, height) : null;
        init => (width, height) = value is { } size ? (size.Width, size.Height) : (0, 0);
    }

    /// <summary>Where its record stands in the file.</summary>
    public long Offset { get; init; }

    /// <summary>Bytes of the record; 0 when it has none.</summary>
    public int Length { get; init; }

    /// <summary>Its place among the images of the file that are used.</summary>
    public required int Place { get; init; }
}

/// <summary>The images of a COCO file, and which of them an id means.</summary>
internal sealed class CocoImages(string file, IssueLog issues)
{
    private readonly Dictionary<long, int> byNumber = [];
    private readonly Dictionary<string, int> byText = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> awaited = new(StringComparer.Ordinal);
    private readonly List<CocoImage> items = [];

    /// <summary>
    /// The place in the file of the image with this id; while there is none, a negative number that stands for the id (<see cref="Awaited"/>).
    /// A number is the same id in all its spellings.
    /// </summary>
    public int PlaceOf(ReadOnlySpan<byte> id)
    {
        string? text = null;
        var known = CocoId.TryNumber(id, out var number) ? byNumber.TryGetValue(number, out var place) : byText.TryGetValue(text = Encoding.UTF8.GetString(id), out place);
        if (known) return place;
        text ??= number.ToString(CultureInfo.InvariantCulture);
        if (!awaited.TryGetValue(text, out place)) awaited[text] = place = ~awaited.Count;
        return place;
    }

    /// <summary>The ids that were asked for before their images came, and the places of these (negative when they never did); in the order of the numbers that stand for them: −1, −2 ….</summary>
    public (string Id, int Place)[] Awaited() => [.. awaited.OrderByDescending(a => a.Value).Select(a => (a.Key, PlaceOf(Encoding.UTF8.GetBytes(a.Key))))];

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
        ReadOnlySpan<byte> id = default;
        string? name = null;
        int? width = null, height = null;
        try
        {
            if (!JsonGrammar.IsValid(element)) throw new FormatException("it is not valid JSON in UTF-8");
            var cursor = new JsonCursor(element);
            while (cursor.Next(out var key, out var value))
            {
                if (key.SequenceEqual("id"u8)) id = value;
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

        if (id.IsEmpty || id.SequenceEqual("null"u8))
        {
            issues.Error("no-id", file, name ?? $"image at place {place}", "id", "an image has no id; it is left out.", new(Offset: offset));
            return;
        }

        if (PathOf(name, id, offset) is not { } path) return;
        if (width is null || height is null) issues.Warning("no-size", file, path, "width", "width or height is missing or not a positive whole number; the size is read from the picture where there is one.", new(Offset: offset));
        if (!TryClaim(id, out var number, out var text))
        {
            issues.Error("duplicate-id", file, path, "id", $"another image has the id {Encoding.UTF8.GetString(id)}; this one is left out.", new(Offset: offset));
            return;
        }

        items.Add(new(path, number, text) { Size = width is { } w && height is { } h ? new(w, h) : null, Offset = offset, Length = element.Length, Place = items.Count });
    }

    /// <summary>The place of the image of an id that an annotation names; it is made up when it is the first to do so.</summary>
    public int Named(ReadOnlySpan<byte> id)
    {
        if (!TryClaim(id, out var number, out var text)) return PlaceOf(id);
        var shown = Encoding.UTF8.GetString(id).Trim('"');
        items.Add(new(TreePath.Salvage(text is null ? number.ToString(CultureInfo.InvariantCulture) : shown) ?? FormattableString.Invariant($"image {items.Count + 1}"), number, text) { Place = items.Count });
        return items.Count - 1;
    }

    /// <summary>All in the order of their paths; <see cref="CocoImage.Place"/> goes on giving places in the file.</summary>
    public CocoImage[] Sorted()
    {
        var sorted = items.ToArray();
        Array.Sort(sorted, (a, b) => string.CompareOrdinal(a.Path, b.Path) is var c and not 0 ? c : a.Place.CompareTo(b.Place));
        return sorted;
    }

    /// <summary>Free paths for images whose path an earlier one has, by their place.</summary>
    /// <param name="sorted">What <see cref="Sorted"/> gave.</param>
    public Dictionary<int, string> NewPaths(CocoImage[] sorted)
    {
        var paths = new Dictionary<int, string>();
        HashSet<string>? taken = null;
        for (var i = 1; i < sorted.Length; i++)
        {
            if (sorted[i].Path != sorted[i - 1].Path) continue;
            taken ??= sorted.Select(s => s.Path).ToHashSet(StringComparer.Ordinal);
            var stem = TreePath.Stem(sorted[i].Path);
            for (var n = 2; !paths.ContainsKey(i); n++)
            {
                var other = FormattableString.Invariant($"{stem}_{n}{sorted[i].Path[stem.Length..]}");
                if (taken.Add(other)) paths[i] = other;
            }

            issues.Warning("duplicate-path", file, sorted[i].Path, "file_name", $"image {sorted[i].Id} has the same file_name as another; in formats that tell images by their names it is {paths[i]}.", new(Offset: sorted[i].Offset));
        }

        return paths;
    }

    private bool TryClaim(ReadOnlySpan<byte> id, out long number, out string? text)
    {
        text = Encoding.UTF8.GetString(id);
        if (!CocoId.TryNumber(id, out number)) return byText.TryAdd(text, items.Count);
        if (text == number.ToString(CultureInfo.InvariantCulture)) text = null;
        return byNumber.TryAdd(number, items.Count);
    }

    private string? PathOf(string? name, ReadOnlySpan<byte> id, long offset)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            issues.Error("no-file-name", file, $"image {Encoding.UTF8.GetString(id)}", "file_name", "an image has no file_name; it is left out.", new(Offset: offset));
            return null;
        }

        return ItemPath.Of(name, "file_name", file, new(Offset: offset), issues);
    }

    private static int? Side(ReadOnlySpan<byte> value) =>
        JsonCursor.TryNumber(value, out var number) && number >= 1 && number <= int.MaxValue && Math.Floor(number) == number ? (int)number : null;
}
