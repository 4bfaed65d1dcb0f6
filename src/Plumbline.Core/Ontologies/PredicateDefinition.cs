using System.Collections.Immutable;

namespace Plumbline.Core.Ontologies;

/// <summary>One way in which an object can have to do with another one: <c>rider holds reins</c>.</summary>
public sealed record PredicateDefinition
{
    /// <summary>Stable id, unique among predicates.</summary>
    public required string Id { get; init; }

    /// <summary>Display name, unique among predicates; reads between subject and object.</summary>
    public required string Name { get; init; }

    /// <summary>Ids of the classes whose objects may be its subject; empty means all.</summary>
    public ImmutableArray<string> From { get; init; } = [];

    /// <summary>Ids of the classes whose objects may be its object; empty means all.</summary>
    public ImmutableArray<string> To { get; init; } = [];

    /// <inheritdoc />
    public bool Equals(PredicateDefinition? other) => other is not null && (Id, Name) == (other.Id, other.Name) && From.SequenceEqual(other.From) && To.SequenceEqual(other.To);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Id, Name);

    /// <summary>Whether it may go from an object of one class to one of another.</summary>
    public bool Fits(string fromClassId, string toClassId) => (From.IsEmpty || From.Contains(fromClassId)) && (To.IsEmpty || To.Contains(toClassId));
}
