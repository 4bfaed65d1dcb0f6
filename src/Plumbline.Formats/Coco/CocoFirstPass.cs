using System.Text;
using Plumbline.Formats.Collections;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Json;
using Plumbline.Formats.Reports;

namespace Plumbline.Formats.Coco;

/// <summary>The first pass over one COCO file, which makes its <see cref="CocoIndex"/>; what only it needs (which id is which image, which ids were seen) goes with it.</summary>
internal sealed partial class CocoFirstPass
{
    private const int MaxKeptField = 16 << 20;

    // In place of an image: the annotation names none, or cannot be read.
    private const int Absent = int.MinValue, Broken = int.MinValue + 1;
    private readonly string file;
    private readonly IssueLog issues;
    private readonly CocoImages images;
    private readonly CocoCategories categories;
    private readonly List<RawField> fields = [];
    private readonly ChunkedList<CocoIndex.Place> annotations = new();
    private readonly IdSet ids = new();
    private readonly List<(int Annotation, string? Id)> spoiledIds = [];
    private bool withIds, unnamed;
    private long maxId;

    private CocoFirstPass(string file, CocoTask task, IssueLog issues)
    {
        this.file = file;
        this.issues = issues;
        images = new(file, issues);
        categories = new(file, task, issues);
    }

    public static CocoIndex Run(Stream stream, string file, CocoTask task, IssueLog issues, CancellationToken cancellationToken, bool withIds = true)
    {
        var pass = new CocoFirstPass(file, task, issues) { withIds = withIds };
        pass.Walk(stream, cancellationToken);
        return pass.Settle();
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
        ReadOnlySpan<byte> imageId = default;
        var hasId = false;
        var image = Absent;
        try
        {
            var cursor = new JsonCursor(element);
            while (cursor.Next(out var key, out var value))
            {
                if (key.SequenceEqual("image_id"u8))
                {
                    imageId = value;
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

            if (!imageId.IsEmpty) image = unnamed ? images.Named(imageId) : images.PlaceOf(imageId);
        }
        catch (FormatException e)
        {
            issues.Error("broken-annotation", file, $"annotation at place {place}", null, $"{e.Message}; it is left out.", new(Offset: offset));
            image = Broken;
        }

        if (!hasId && withIds) spoiledIds.Add((place, null));
        annotations.Add(new(offset, element.Length, image));
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
        else if (JsonGrammar.IsValid(value)) fields.Add(new(key, value.ToArray()));
        else issues.Warning("field-not-kept", file, null, key, $"\"{key}\" is not valid JSON and is not carried along.", new(Offset: offset));
    }

    // Now that all images are known: whose is each annotation, in the order of the images' paths.
    private CocoIndex Settle()
    {
        var sorted = images.Sorted();
        var rank = new int[sorted.Length];
        for (var i = 0; i < sorted.Length; i++) rank[sorted[i].Place] = i;
        var awaited = images.Awaited();
        for (var i = 0; i < annotations.Count; i++)
        {
            ref var annotation = ref annotations[i];
            var isAwaited = annotation.Image is < 0 and > Broken;
            var place = isAwaited ? awaited[~annotation.Image].Place : annotation.Image;
            if (place < 0 && place != Broken) Dangling(annotation.Offset, isAwaited ? awaited[~annotation.Image].Id : null, i);
            annotation = annotation with { Image = place < 0 ? -1 : rank[place] };
        }

        return new()
        {
            Images = sorted,
            NewPaths = images.NewPaths(sorted),
            Categories = categories.Items,
            Fields = fields,
            Annotations = Grouped<CocoIndex.Place>.From(annotations, a => a.Image, sorted.Length),
            NewIds = NewIds(),
        };
    }

    private Dictionary<long, string> NewIds()
    {
        var newIds = new Dictionary<long, string>();
        foreach (var (place, id) in spoiledIds)
        {
            var offset = annotations[place].Offset;
            newIds[offset] = FormattableString.Invariant($"{++maxId}");
            if (id is not null) issues.Warning("duplicate-id", file, $"annotation {id}", "id", $"the id is used twice; the later one becomes {maxId}.", new(Offset: offset));
        }

        return newIds;
    }

    private void Dangling(long offset, string? id, int place)
    {
        var message = id is null ? "it has no image_id; it is left out." : $"there is no image with the id {id}; it is left out.";
        issues.Error("dangling-image", file, $"annotation at place {place}", "image_id", message, new(Offset: offset));
    }
}
