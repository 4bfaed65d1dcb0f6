using System.Text;
using System.Text.Json;
using Plumbline.Formats.Collections;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;
using Plumbline.Formats.Json;
using Plumbline.Formats.Pictures;
using Plumbline.Formats.Reports;

namespace Plumbline.Formats.Coco;

/// <summary>
/// The first pass over one COCO file: its images, its categories, and for each annotation only where it stands in the file and whose it is (40 bytes each while it runs, 16 afterwards),
/// so that the second pass reads them image by image whatever their order.
/// </summary>
internal sealed partial class CocoIndex
{
    private const int MaxKeptField = 16 << 20;
    private readonly string file;
    private readonly CocoTask task;
    private readonly IssueLog issues;
    private readonly Dictionary<long, int> imageByNumber = [];
    private readonly Dictionary<string, int> imageByText = new(StringComparer.Ordinal);
    private readonly HashSet<string> pathsSeen = new(StringComparer.Ordinal);
    private readonly ChunkedList<Pending> pending = new();
    private readonly Dictionary<int, string> textOwners = [];
    private readonly HashSet<string> categoriesSeen = new(StringComparer.Ordinal);
    private readonly IdSet ids = new();
    private readonly List<(int Annotation, string? Id)> spoiledIds = [];
    private bool withIds, unnamed;
    private long maxId;

    private CocoIndex(string file, CocoTask task, IssueLog issues)
    {
        this.task = task;
        this.file = file;
        this.issues = issues;
    }

    /// <summary>Images in the order of their paths.</summary>
    public List<Image> Images { get; } = [];

    /// <summary>Categories in the order of the file.</summary>
    public List<Category> Categories { get; } = [];

    /// <summary>Top-level fields that are not one of the three lists.</summary>
    public List<RawField> Fields { get; } = [];

    /// <summary>Annotations in the file, refused ones included.</summary>
    public int AnnotationCount => pending.Count;

    /// <summary>Places of annotations in the file, grouped by image and in the order of the file within one.</summary>
    public Grouped<Place> Annotations { get; private set; } = Grouped<Place>.Empty;

    /// <summary>Ids that replace those given twice or not at all, by the place of the annotation.</summary>
    public Dictionary<long, string> NewIds { get; } = [];

    internal sealed record Image(string Path, string Id, PictureSize? Size, long Offset, int Length);

    internal sealed record Category(string Id, DatasetClass Class);

    internal readonly record struct Place(long Offset, int Length);

    private enum Owner : byte
    {
        Absent,
        Number,
        Text,
        Broken,
    }

    // Owner is the image_id at first, the image's rank or −1 once all images are known.
    private readonly record struct Pending(long Offset, long Owner, int Length, Owner State);

    public static CocoIndex Build(Stream stream, string file, CocoTask task, IssueLog issues, CancellationToken cancellationToken, bool withIds = true)
    {
        var index = new CocoIndex(file, task, issues) { withIds = withIds };
        index.Walk(stream, cancellationToken);
        return index;
    }

    private void Walk(Stream stream, CancellationToken cancellationToken)
    {
        using var json = new JsonFile(stream, file);
        if (json.Peek() != (byte)'{') throw json.Fault("COCO starts with '{'");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var first = true; json.NextElement(ref first, (byte)'{', (byte)'}');)
        {
            var key = json.Key();
            if (!seen.Add(key)) throw json.Fault($"\"{key}\" appears twice");
            switch (key)
            {
                case "images": Each(json, AddImage, key, cancellationToken); break;
                case "categories": Each(json, AddCategory, key, cancellationToken); break;
                case "annotations": Each(json, AddAnnotation, key, cancellationToken); break;
                default: Keep(key, json); break;
            }
        }

        json.End();
        if (!seen.Contains("images")) throw new DatasetFormatException(file, "it has no \"images\"; this is not a COCO dataset (COCO results are a list: see coco-results).");
        Settle();
    }

    private delegate void Element(ReadOnlySpan<byte> element, long offset, int place);

    private static void Each(JsonFile json, Element add, string section, CancellationToken cancellationToken)
    {
        if (json.Peek() != (byte)'[') throw json.Fault($"\"{section}\" must be a list");
        var place = 0;
        for (var first = true; json.NextElement(ref first); place++)
        {
            if ((place & 0xFFF) == 0) cancellationToken.ThrowIfCancellationRequested();
            add(json.Value(out var offset), offset, place);
        }
    }

    private void AddAnnotation(ReadOnlySpan<byte> element, long offset, int place)
    {
        long owner = 0;
        var state = Owner.Absent;
        var hasId = false;
        try
        {
            var cursor = new JsonCursor(element);
            while (cursor.Next(out var key, out var value))
            {
                if (key.SequenceEqual("image_id"u8))
                {
                    state = TryId(value, out owner) ? Owner.Number : Owner.Text;
                    if (state == Owner.Text) textOwners[place] = Encoding.UTF8.GetString(value);
                }
                else if (unnamed && key.SequenceEqual("category_id"u8))
                {
                    NameCategory(Encoding.UTF8.GetString(value));
                }
                else if (withIds && key.SequenceEqual("id"u8))
                {
                    hasId = true;
                    NoteId(value, place);
                }
            }
        }
        catch (FormatException e)
        {
            issues.Error("broken-annotation", file, $"annotation at place {place}", null, $"{e.Message}; it is left out.", new(Offset: offset));
            state = Owner.Broken;
        }

        if (unnamed) NameImage(state, owner, place);
        if (!hasId && withIds) spoiledIds.Add((place, null));
        pending.Add(new(offset, owner, element.Length, state));
    }

    private void NoteId(ReadOnlySpan<byte> value, int place)
    {
        bool fresh;
        if (TryId(value, out var number))
        {
            fresh = ids.Add(number);
            maxId = Math.Max(maxId, number);
        }
        else
        {
            fresh = ids.Add(Encoding.UTF8.GetString(value));
        }

        if (!fresh) spoiledIds.Add((place, Encoding.UTF8.GetString(value)));
    }

    private void AddImage(ReadOnlySpan<byte> element, long offset, int place)
    {
        string? id = null, name = null;
        int? width = null, height = null;
        try
        {
            Validate(element);
            var cursor = new JsonCursor(element);
            while (cursor.Next(out var key, out var value))
            {
                if (key.SequenceEqual("id"u8)) id = Encoding.UTF8.GetString(value);
                else if (key.SequenceEqual("file_name"u8)) name = JsonCursor.Text(value);
                else if (key.SequenceEqual("width"u8)) width = Side(value);
                else if (key.SequenceEqual("height"u8)) height = Side(value);
            }
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            issues.Error("broken-image", file, $"image at place {place}", null, $"{Plain(e)}; it is left out.", new(Offset: offset));
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
        var known = TryId(Encoding.UTF8.GetBytes(id), out var number) ? imageByNumber.TryAdd(number, Images.Count) : imageByText.TryAdd(id, Images.Count);
        if (!known)
        {
            issues.Error("duplicate-id", file, path, "id", $"another image has the id {id}; this one is left out.", new(Offset: offset));
            return;
        }

        Images.Add(new(path, id, width is { } w && height is { } h ? new(w, h) : null, offset, element.Length));
    }

    private string? PathOf(string? name, string id, long offset)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            issues.Error("no-file-name", file, $"image {id}", "file_name", "an image has no file_name; it is left out.", new(Offset: offset));
            return null;
        }

        if (TreePath.TryNormalise(name, out var path)) return path;
        path = TreePath.Salvage(name);
        if (path is null) issues.Error("unsafe-path", file, $"image {id}", "file_name", $"'{name}' cannot be a path inside a dataset; the image is left out.", new(Offset: offset));
        else issues.Warning("unsafe-path", file, path, "file_name", $"'{name}' leads outside the dataset; '{path}' is used.", new(Offset: offset));
        return path;
    }

    private void AddCategory(ReadOnlySpan<byte> element, long offset, int place)
    {
        string? id = null, name = null, parent = null;
        ReadOnlySpan<byte> points = default, edges = default;
        Core.Ontologies.SkeletonDefinition? skeleton = null;
        try
        {
            Validate(element);
            var cursor = new JsonCursor(element);
            while (cursor.Next(out var key, out var value))
            {
                if (key.SequenceEqual("id"u8)) id = Encoding.UTF8.GetString(value);
                else if (key.SequenceEqual("name"u8)) name = JsonCursor.Text(value);
                else if (key.SequenceEqual("supercategory"u8)) parent = JsonCursor.Text(value);
                else if (task == CocoTask.Keypoints && key.SequenceEqual("keypoints"u8)) points = value;
                else if (task == CocoTask.Keypoints && key.SequenceEqual("skeleton"u8)) edges = value;
            }

            skeleton = CocoKeypoints.SkeletonOf(name ?? "", points, edges);
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            issues.Error("broken-category", file, $"category at place {place}", null, $"{Plain(e)}; it is left out.", new(Offset: offset));
            return;
        }

        if (id is null or "null" || string.IsNullOrEmpty(name))
            issues.Error("broken-category", file, name ?? $"category at place {place}", null, "a category needs an id and a name; it is left out.", new(Offset: offset));
        else if (!categoriesSeen.Add(id))
            issues.Error("duplicate-id", file, $"category {name}", "id", $"another category has the id {id}; this one is left out.", new(Offset: offset));
        else
            Categories.Add(new(id, new DatasetClass { Name = name, Parent = string.IsNullOrEmpty(parent) ? null : parent, SourceId = id, Skeleton = skeleton, Raw = element.ToArray() }));
    }

    private void Keep(string key, JsonFile json)
    {
        var value = json.Value(out var offset);
        if (value.Length > MaxKeptField) issues.Warning("field-not-kept", file, null, key, $"\"{key}\" is larger than {MaxKeptField >> 20} MiB and is not carried along.", new(Offset: offset));
        else if (IsValid(value)) Fields.Add(new(key, value.ToArray()));
        else issues.Warning("field-not-kept", file, null, key, $"\"{key}\" is not valid JSON and is not carried along.", new(Offset: offset));
    }

    // Now that all images are known: whose is each annotation, in the order of the images' paths.
    private void Settle()
    {
        var order = Enumerable.Range(0, Images.Count).ToArray();
        var paths = Images.Select(i => i.Path).ToArray();
        Array.Sort(order, (a, b) => string.CompareOrdinal(paths[a], paths[b]) is var c and not 0 ? c : a.CompareTo(b));
        var rank = new int[order.Length];
        for (var i = 0; i < order.Length; i++) rank[order[i]] = i;
        for (var i = 0; i < pending.Count; i++)
        {
            ref var annotation = ref pending[i];
            var image = -1;
            var found = annotation.State switch
            {
                Owner.Number => imageByNumber.TryGetValue(annotation.Owner, out image),
                Owner.Text => imageByText.TryGetValue(textOwners[i], out image),
                _ => false,
            };
            if (!found && annotation.State != Owner.Broken) Dangling(annotation, i);
            annotation = annotation with { Owner = found ? rank[image] : -1 };
        }

        foreach (var (place, id) in spoiledIds)
        {
            NewIds[pending[place].Offset] = FormattableString.Invariant($"{++maxId}");
            if (id is not null) issues.Warning("duplicate-id", file, $"annotation {id}", "id", $"the id is used twice; the later one becomes {maxId}.", new(Offset: pending[place].Offset));
        }

        var sorted = order.Select(i => Images[i]).ToList();
        Images.Clear();
        Images.AddRange(sorted);
        Annotations = Grouped<Place>.From(pending, a => (int)a.Owner, a => new Place(a.Offset, a.Length), Images.Count);
    }

    private void Dangling(Pending annotation, int place)
    {
        var shown = annotation.State switch
        {
            Owner.Number => FormattableString.Invariant($"{annotation.Owner}"),
            Owner.Text => textOwners[place],
            _ => null,
        };
        var message = shown is null ? "it has no image_id; it is left out." : $"there is no image with the id {shown}; it is left out.";
        issues.Error("dangling-image", file, $"annotation at place {place}", "image_id", message, new(Offset: annotation.Offset));
    }

    private static int? Side(ReadOnlySpan<byte> value) =>
        JsonCursor.TryNumber(value, out var number) && number >= 1 && number <= int.MaxValue && Math.Floor(number) == number ? (int)number : null;

    private static bool TryId(ReadOnlySpan<byte> value, out long number)
    {
        number = 0;
        if (System.Buffers.Text.Utf8Parser.TryParse(value, out number, out int used) && used == value.Length) return true;
        if (!JsonCursor.TryNumber(value, out var real) || Math.Floor(real) != real || Math.Abs(real) > 1L << 53) return false;
        number = (long)real;
        return true;
    }

    private static void Validate(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
        }
    }

    private static bool IsValid(ReadOnlySpan<byte> json)
    {
        try
        {
            Validate(json);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string Plain(Exception e) => e is JsonException ? "it is not valid JSON" : e.Message;
}
