using System.Text;
using Plumbline.Formats.Collections;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Json;
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
    private readonly IssueLog issues;
    private readonly CocoImages images;
    private readonly CocoCategories categories;
    private readonly ChunkedList<Pending> pending = new();
    private readonly Dictionary<int, string> textOwners = [];
    private readonly IdSet ids = new();
    private readonly List<(int Annotation, string? Id)> spoiledIds = [];
    private bool withIds, unnamed;
    private long maxId;

    private CocoIndex(string file, CocoTask task, IssueLog issues)
    {
        this.file = file;
        this.issues = issues;
        images = new(file, issues);
        categories = new(file, task, issues);
    }

    /// <summary>Images in the order of their paths.</summary>
    public IReadOnlyList<CocoImage> Images => images.Items;

    /// <summary>Categories in the order of the file.</summary>
    public IReadOnlyList<CocoCategory> Categories => categories.Items;

    /// <summary>Top-level fields that are not one of the three lists.</summary>
    public List<RawField> Fields { get; } = [];

    /// <summary>Annotations in the file, refused ones included.</summary>
    public int AnnotationCount => pending.Count;

    /// <summary>Places of annotations in the file, grouped by image and in the order of the file within one.</summary>
    public Grouped<Place> Annotations { get; private set; } = Grouped<Place>.Empty;

    /// <summary>Ids that replace those given twice or not at all, by the place of the annotation.</summary>
    public Dictionary<long, string> NewIds { get; } = [];

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
                case "images": Each(json, images.Add, key, cancellationToken); break;
                case "categories": Each(json, categories.Add, key, cancellationToken); break;
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
                    state = CocoId.TryNumber(value, out owner) ? Owner.Number : Owner.Text;
                    if (state == Owner.Text) textOwners[place] = Encoding.UTF8.GetString(value);
                }
                else if (unnamed && key.SequenceEqual("category_id"u8))
                {
                    categories.NameByNumber(Encoding.UTF8.GetString(value));
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
        if (CocoId.TryNumber(value, out var number))
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

    private void Keep(string key, JsonFile json)
    {
        var value = json.Value(out var offset);
        if (value.Length > MaxKeptField) issues.Warning("field-not-kept", file, null, key, $"\"{key}\" is larger than {MaxKeptField >> 20} MiB and is not carried along.", new(Offset: offset));
        else if (JsonGrammar.IsValid(value)) Fields.Add(new(key, value.ToArray()));
        else issues.Warning("field-not-kept", file, null, key, $"\"{key}\" is not valid JSON and is not carried along.", new(Offset: offset));
    }

    // Now that all images are known: whose is each annotation, in the order of the images' paths.
    private void Settle()
    {
        var rank = images.Sort();
        for (var i = 0; i < pending.Count; i++)
        {
            ref var annotation = ref pending[i];
            var image = -1;
            var found = annotation.State switch
            {
                Owner.Number => images.TryFind(annotation.Owner, out image),
                Owner.Text => images.TryFind(textOwners[i], out image),
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
}
