using System.Collections.Immutable;

namespace Plumbline.Core.Annotations;

/// <summary>How an annotation came to be.</summary>
public enum Origin
{
    /// <summary>Drawn by hand.</summary>
    Drawn,

    /// <summary>Drawn with the help of a tool such as live wire.</summary>
    Assisted,

    /// <summary>Read from a file.</summary>
    Imported,

    /// <summary>Made by another origin, then changed by hand.</summary>
    Edited,

    /// <summary>Predicted by a model.</summary>
    Model,

    /// <summary>Part of a synthetic scene.</summary>
    Synthetic,
}

/// <summary>Who or what made an annotation, and when it last changed.</summary>
/// <param name="Origin">How it came to be.</param>
/// <param name="By">The user or model; null when unknown.</param>
/// <param name="At">When it last changed; null in files that do not say.</param>
public sealed record Provenance(Origin Origin, string? By = null, DateTimeOffset? At = null);

/// <summary>What a person who was asked about an annotation answered. A "no" deletes it.</summary>
public enum Verdict
{
    /// <summary>Right as it is.</summary>
    Accepted,

    /// <summary>Somebody else has to look.</summary>
    Unsure,
}

/// <summary>One labelled thing: a shape or tag with its class and attributes.</summary>
public sealed record Annotation
{
    /// <summary>UUIDv7, chosen by whoever made it.</summary>
    public required Guid Id { get; init; }

    /// <summary>The class, an id of the project's ontology.</summary>
    public required string ClassId { get; init; }

    /// <summary>What it covers.</summary>
    public required Shape Shape { get; init; }

    /// <summary>Values by attribute id; attributes without a value are absent.</summary>
    public ImmutableSortedDictionary<string, AttributeValue> Attributes { get; init; } = ImmutableSortedDictionary.Create<string, AttributeValue>(StringComparer.Ordinal);

    /// <summary>Drawing order: higher is nearer to the viewer; ties in order of id.</summary>
    public int Z { get; init; }

    /// <summary>Annotations with one group id belong together.</summary>
    public string? GroupId { get; init; }

    /// <summary>Crowd or void: drawn and exported, left out of measures.</summary>
    public bool Ignore { get; init; }

    /// <summary>Confidence in [0, 1] of a prediction; null for the work of people.</summary>
    public double? Score { get; init; }

    /// <summary>Who made it.</summary>
    public Provenance Provenance { get; init; } = new(Origin.Drawn);

    /// <summary>What it has to do with other annotations of its set, in the order of <see cref="Relation.InOrder"/>; it is their subject.</summary>
    public ImmutableArray<Relation> Relations { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The answer of a person who looked at just this state; null when nobody was asked. A change of class, shape or attributes takes it away.</summary>
    public Verdict? Verdict { get; init; }

    /// <summary>The revision of the set in which this annotation last changed; 0 before it is stored.</summary>
    public long Revision { get; init; }

    /// <inheritdoc />
    public bool Equals(Annotation? other) =>
        other is not null
        && (Id, ClassId, Z, GroupId, Ignore, Score, Provenance, Verdict, Revision) == (other.Id, other.ClassId, other.Z, other.GroupId, other.Ignore, other.Score, other.Provenance, other.Verdict, other.Revision)
        && Shape.Equals(other.Shape)
        && Relations.SequenceEqual(other.Relations)
        && Attributes.Count == other.Attributes.Count
        && Attributes.All(mine => other.Attributes.TryGetValue(mine.Key, out var theirs) && theirs.Equals(mine.Value));

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Id, ClassId, Revision);
}
