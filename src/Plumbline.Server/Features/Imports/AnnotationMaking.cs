using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Plumbline.Core.Annotations;
using Plumbline.Core.Ontologies;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Reports;

namespace Plumbline.Server.Features.Imports;

/// <summary>Makes annotations of the project from those of one image of a dataset. Their ids come from image and content.</summary>
/// <param name="classes">Where classes and attributes are found.</param>
/// <param name="imageId">The image.</param>
/// <param name="path">Its path, for issues.</param>
/// <param name="issues">Receives what a project cannot take.</param>
internal sealed class AnnotationMaking(ClassTargets classes, string imageId, string path, IssueLog issues)
{
    private readonly Dictionary<Guid, int> seen = [];

    /// <summary>One annotation; null when its class is left out, or when it cannot be stored.</summary>
    public Annotation? Make(DatasetAnnotation annotation)
    {
        if (classes[annotation.ClassIndex] is not { } known) return null;
        return Identified(new Annotation
        {
            Id = Guid.Empty,
            ClassId = known.Id,
            Shape = annotation.Shape,
            Attributes = Attributes(annotation.Attributes, name => classes.AttributeOf(known, name)),
            Z = annotation.Z,
            GroupId = annotation.GroupId,
            Ignore = annotation.Ignore,
            Score = ScoreOf(annotation),
            Provenance = ProvenanceOf(annotation.Provenance),
        });
    }

    /// <summary>Those that were made (null = left out) with their relations; these are no part of their ids.</summary>
    public IEnumerable<Annotation> Related(DatasetItem item, IReadOnlyList<Annotation?> made)
    {
        if (item.Relations.IsEmpty) return made.OfType<Annotation>();
        var relations = new Dictionary<int, List<Relation>>();
        foreach (var relation in item.Relations)
        {
            if (relation.Direction != RelationDirection.Backward) Relate(relations, made, relation.From, relation.To, relation.Name);
            if (relation.Direction != RelationDirection.Forward) Relate(relations, made, relation.To, relation.From, relation.Name);
        }

        return made.Select((a, i) => a is not null && relations.TryGetValue(i, out var own) ? a with { Relations = [.. Relation.InOrder(own).Take(Relation.Maximum)] } : a).OfType<Annotation>();
    }

    /// <summary>The annotation that holds the attributes of the image as a whole; null when there are none.</summary>
    public Annotation? MakeOfImage(DatasetItem item)
    {
        var attributes = Attributes(item.Attributes, classes.ImageAttribute);
        return attributes.IsEmpty
            ? null
            : Identified(new Annotation { Id = Guid.Empty, ClassId = OntologyRules.ImageClassId, Shape = new TagShape(), Attributes = attributes, Provenance = ProvenanceOf(null) });
    }

    /// <summary>A UUIDv7 whose time is that of another one and whose rest is a hash.</summary>
    public static Guid IdFrom(string timed, string content)
    {
        var bytes = Guid.Parse(timed).ToByteArray(bigEndian: true);
        SHA256.HashData(Encoding.UTF8.GetBytes(content)).AsSpan(0, 10).CopyTo(bytes.AsSpan(6));
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x70);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    private void Relate(Dictionary<int, List<Relation>> relations, IReadOnlyList<Annotation?> made, int from, int to, string name)
    {
        if (made[from] is not { } subject || made[to] is not { } other) return; // one end is left out, which was said
        var predicate = classes.Predicate(name);
        if (predicate?.Fits(subject.ClassId, other.ClassId) != true || subject.Id == other.Id)
        {
            issues.Warning("relation-left-out", path, path, "relations", predicate is null ? $"The project has no relation “{name}”." : $"“{predicate.Name}” does not go between these objects; it is left out.");
            return;
        }

        if (!relations.TryGetValue(from, out var own)) relations[from] = own = [];
        own.Add(new Relation(predicate.Id, other.Id));
    }

    private Annotation? Identified(Annotation made)
    {
        var content = AnnotationJson.ToUtf8(made);
        try
        {
            AnnotationJson.Parse(content); // what could not be read again must not be stored
        }
        catch (AnnotationFormatException e)
        {
            issues.Error("not-storable", path, path, null, $"{e.Message} The annotation is left out.");
            return null;
        }

        var text = Encoding.UTF8.GetString(content);
        var id = IdFrom(imageId, $"{imageId} {text}");
        var nth = seen[id] = seen.GetValueOrDefault(id) + 1;
        return made with { Id = nth == 1 ? id : IdFrom(imageId, $"{imageId} {nth} {text}") };
    }

    private ImmutableSortedDictionary<string, AttributeValue> Attributes(ImmutableSortedDictionary<string, AttributeValue> values, Func<string, AttributeDefinition?> find)
    {
        var made = ImmutableSortedDictionary.CreateBuilder<string, AttributeValue>(StringComparer.Ordinal);
        foreach (var (name, value) in values)
        {
            var definition = find(name);
            if (definition is not null && AttributeFit.Fit(definition, value) is { } fitted) made.TryAdd(definition.Id, fitted);
            else issues.Warning("attribute-left-out", path, path, name, definition is null ? "The project has no such attribute; the value is left out." : $"The project's attribute cannot be {TextOf(value)}; the value is left out.");
        }

        return made.ToImmutable();
    }

    private double? ScoreOf(DatasetAnnotation annotation)
    {
        if (annotation.Score is null or (>= 0 and <= 1)) return annotation.Score;
        issues.Warning("score-left-out", path, path, "score", "A score lies between 0 and 1; this one is left out.");
        return null;
    }

    // What a person drew elsewhere comes from a file here; who and when stay.
    private static Provenance ProvenanceOf(Provenance? provenance) => provenance is null
        ? new Provenance(Origin.Imported)
        : provenance with { Origin = provenance.Origin is Origin.Model or Origin.Synthetic ? provenance.Origin : Origin.Imported };

    private static string TextOf(AttributeValue value)
    {
        var text = value switch
        {
            AttributeValue.Flag flag => flag.Value ? "true" : "false",
            AttributeValue.Number number => number.Value.ToString(System.Globalization.CultureInfo.InvariantCulture),
            AttributeValue.Text words => $"“{words.Value}”",
            AttributeValue.Choices choices => $"“{string.Join(", ", choices.Values)}”",
            _ => "this",
        };
        return text.Length <= 80 ? text : $"{text[..80]}…";
    }
}
