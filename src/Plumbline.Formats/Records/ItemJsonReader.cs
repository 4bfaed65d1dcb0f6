using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Pictures;
using Plumbline.Formats.Reports;

namespace Plumbline.Formats.Records;

/// <summary>Reads what <see cref="ItemJson"/> writes. An annotation that cannot be used is an issue and left out; the rest of the image is read.</summary>
/// <param name="file">For messages.</param>
/// <param name="classCount">How many classes there are.</param>
/// <param name="classPlaces">Classes go by name; null when they go by place.</param>
/// <param name="source">Where pictures are looked for.</param>
/// <param name="issues">Receives faults.</param>
internal sealed class ItemJsonReader(string file, int classCount, IReadOnlyDictionary<string, int>? classPlaces, DatasetSource source, IssueLog issues)
{
    private const int AnyLength = int.MaxValue;
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>Null when the line is refused as a whole.</summary>
    /// <param name="json">The line.</param>
    /// <param name="place">Its path, split and position, which the index knows.</param>
    public DatasetItem? Read(ReadOnlyMemory<byte> json, JsonLines.Entry place)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            return Read(new JsonAt(document.RootElement, ""), place);
        }
        catch (JsonException e)
        {
            issues.Error("broken-line", file, place.Path, null, $"not valid JSON: {e.Message.Split(" LineNumber")[0]} It is left out.", new(Line: place.Line, Column: e.BytePositionInLine + 1));
            return null;
        }
        catch (InvalidOperationException)
        {
            issues.Error("broken-line", file, place.Path, null, "a name in it is not valid Unicode. It is left out.", new(Line: place.Line));
            return null;
        }
        catch (AnnotationFormatException e)
        {
            issues.Error("broken-image", file, place.Path, e.Pointer, $"{e.Message} The image is left out.", new(Line: place.Line));
            return null;
        }
    }

    private DatasetItem Read(JsonAt at, JsonLines.Entry place)
    {
        at.AsObject("image", "split", "width", "height", "picture", "id", "outcome", "frame", "attributes", "other", "annotations", "relations");
        var (width, height) = (at.Find("width")?.Integer() ?? 0, at.Find("height")?.Integer() ?? 0);
        var picture = PictureOf(at.Find("picture")?.Text(AnyLength), place);
        var annotations = new List<DatasetAnnotation>();
        var places = ReadAnnotations(at, place, annotations);
        return new DatasetItem
        {
            Path = place.Path,
            Split = place.Split,
            Size = width > 0 && height > 0 ? new PictureSize(width, height) : PictureSize.Of(picture),
            Picture = picture,
            SourceId = at.Find("id") is { } id ? Scalar(id) : null,
            Outcome = at.Find("outcome")?.Name<Outcome>(),
            Frame = at.Find("frame")?.Revision(),
            Attributes = AttributeJson.ReadValues(at.Find("attributes")),
            Other = Raw(at.Find("other")),
            Annotations = annotations,
            Relations = at.Find("relations") is { } relations ? ReadRelations(relations, place, places) : [],
        };
    }

    // The new place of each annotation; −1 for one that is left out.
    private List<int> ReadAnnotations(JsonAt at, JsonLines.Entry place, List<DatasetAnnotation> annotations)
    {
        var places = new List<int>();
        foreach (var element in at.Find("annotations")?.Items() ?? [])
        {
            try
            {
                annotations.Add(ReadAnnotation(element));
                places.Add(annotations.Count - 1);
            }
            catch (AnnotationFormatException e)
            {
                issues.Error("broken-annotation", file, $"{place.Path}#@{places.Count + 1}", e.Pointer, $"{e.Message} It is left out.", new(Line: place.Line));
                places.Add(-1);
            }
        }

        return places;
    }

    private DatasetAnnotation ReadAnnotation(JsonAt at)
    {
        at.AsObject("class", "shape", "outline", "box", "area", "attributes", "z", "group", "track", "ignore", "score", "provenance", "id", "other");
        var other = Raw(at.Find("other"));
        return new DatasetAnnotation
        {
            ClassIndex = ClassOf(at["class"]),
            Shape = ShapeJson.Read(at["shape"], AnyLength),
            Outline = at.Find("outline") is { } outline ? ShapeJson.Read(outline, AnyLength) : null,
            StatedBox = at.Find("box") is { } box ? ReadBox(box) : null,
            StatedArea = at.Find("area")?.Number(),
            Attributes = AttributeJson.ReadValues(at.Find("attributes")),
            Z = at.Find("z")?.Integer() ?? 0,
            GroupId = at.Find("group")?.Text(AnyLength),
            TrackId = at.Find("track")?.Text(AnyLength),
            Ignore = at.Find("ignore")?.Flag() ?? false,
            Score = at.Find("score") is { } score ? score.Number() is >= 0 and <= 1 and var value ? value : throw score.Fault("A score is a number between 0 and 1.") : null,
            Provenance = at.Find("provenance") is { } provenance ? ReadProvenance(provenance) : null,
            SourceId = at.Find("id") is { } id ? Scalar(id) : null,
            Other = other,
            HasOtherFields = !other.IsEmpty,
        };
    }

    private int ClassOf(JsonAt at)
    {
        if (classPlaces is not null) return classPlaces.TryGetValue(at.Text(AnyLength), out var place) ? place : throw at.Fault("There is no class of this name.");
        var index = at.Integer();
        return index >= 0 && index < classCount ? index : throw at.Fault($"There is no class {index}; there are {classCount}.");
    }

    private ImmutableArray<DatasetRelation> ReadRelations(JsonAt at, JsonLines.Entry place, List<int> places)
    {
        var relations = ImmutableArray.CreateBuilder<DatasetRelation>();
        foreach (var element in at.Items())
        {
            element.AsObject("from", "to", "name", "direction");
            var relation = new DatasetRelation(element["from"].Integer(), element["to"].Integer(), element.Find("name")?.Text(AnyLength) ?? "", element.Find("direction")?.Name<RelationDirection>() ?? RelationDirection.Forward);
            if (relation.From >= 0 && relation.From < places.Count && relation.To >= 0 && relation.To < places.Count) relations.Add(relation);
            else issues.Error("dangling-relation", file, place.Path, element.Pointer, $"A relation joins annotations {relation.From} and {relation.To}; there are {places.Count}. It is left out.", new(Line: place.Line));
        }

        return DatasetRelation.Moved(relations.DrainToImmutable(), places);
    }

    private static Box ReadBox(JsonAt at)
    {
        var numbers = at.Items().Select(n => n.Number()).ToArray();
        return numbers.Length == 4 && numbers[2] >= 0 && numbers[3] >= 0 ? new Box(numbers[0], numbers[1], numbers[2], numbers[3]) : throw at.Fault("A box is [x, y, width, height].");
    }

    private static Provenance ReadProvenance(JsonAt at)
    {
        at.AsObject("origin", "by", "at");
        DateTimeOffset? time = null;
        if (at.Find("at") is { } given) time = given.Element.ValueKind == JsonValueKind.String && given.Element.TryGetDateTimeOffset(out var read) ? read.ToUniversalTime() : throw given.Fault("This must be a time such as 2026-01-31T12:00:00Z.");
        return new(at["origin"].Name<Origin>(), at.Find("by")?.Text(AnyLength), time);
    }

    private static string Scalar(JsonAt at) => at.Element.ValueKind is JsonValueKind.Number or JsonValueKind.String ? at.Element.GetRawText() : throw at.Fault("An id is a number or text.");

    private static ReadOnlyMemory<byte> Raw(JsonAt? found) => found is not { } at ? default
        : at.Element.ValueKind == JsonValueKind.Object ? Encoding.UTF8.GetBytes(at.Element.GetRawText()) : throw at.Fault("This must be an object.");

    private DatasetPicture? PictureOf(string? named, JsonLines.Entry place)
    {
        if (named is not null && source.Tree.Exists(named)) return DatasetPicture.InTree(source.Tree, named);
        return place.Split is { } split ? source.Pictures.Find(place.Path, "images", $"images/{split}", split) : source.Pictures.Find(place.Path, "images");
    }
}
