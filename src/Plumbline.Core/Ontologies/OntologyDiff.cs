using System.Collections.Immutable;

namespace Plumbline.Core.Ontologies;

/// <summary>A class that stayed under its id and is not what it was.</summary>
public sealed record ChangedClass(LabelClass Before, LabelClass After);

/// <summary>What differs between two versions of an ontology. Classes are matched by id, so a new name is a change and not a removal.</summary>
public sealed record OntologyDiff
{
    private OntologyDiff()
    {
    }

    /// <summary>Classes only in the later version, in its order.</summary>
    public required ImmutableArray<LabelClass> Added { get; init; }

    /// <summary>Classes only in the earlier version, in its order.</summary>
    public required ImmutableArray<LabelClass> Removed { get; init; }

    /// <summary>Classes in both that differ, in the later version's order. Their place in the list does not count.</summary>
    public required ImmutableArray<ChangedClass> Changed { get; init; }

    /// <summary>Whether order, image attributes, the number of tags, skeletons or predicates differ.</summary>
    public required bool RestDiffers { get; init; }

    /// <summary>Whether both versions say the same.</summary>
    public bool IsEmpty => Added.IsEmpty && Removed.IsEmpty && Changed.IsEmpty && !RestDiffers;

    /// <summary>Compares two ontologies that are valid.</summary>
    public static OntologyDiff Between(Ontology before, Ontology after)
    {
        var (old, current) = (before.Classes.ToDictionary(c => c.Id), after.Classes.Select(c => c.Id).ToHashSet());
        return new OntologyDiff
        {
            Added = [.. after.Classes.Where(c => !old.ContainsKey(c.Id))],
            Removed = [.. before.Classes.Where(c => !current.Contains(c.Id))],
            Changed = [.. after.Classes.Where(c => old.TryGetValue(c.Id, out var was) && !Same(was, c)).Select(c => new ChangedClass(old[c.Id], c))],
            RestDiffers = !before.Classes.Select(c => c.Id).SequenceEqual(after.Classes.Select(c => c.Id))
                || !before.Predicates.SequenceEqual(after.Predicates)
                || before.OneTag != after.OneTag
                || !Same(before.ImageAttributes, after.ImageAttributes)
                || !Same(before.Skeletons, after.Skeletons),
        };
    }

    private static bool Same(LabelClass a, LabelClass b) =>
        a with { Shapes = b.Shapes, Examples = b.Examples, Attributes = b.Attributes } == b && a.Shapes.SequenceEqual(b.Shapes) && a.Examples.SequenceEqual(b.Examples) && Same(a.Attributes, b.Attributes);

    private static bool Same(ImmutableArray<AttributeDefinition> a, ImmutableArray<AttributeDefinition> b) =>
        a.Length == b.Length && a.Zip(b).All(pair => pair.First with { Options = pair.Second.Options } == pair.Second && pair.First.Options.SequenceEqual(pair.Second.Options));

    private static bool Same(ImmutableArray<SkeletonDefinition> a, ImmutableArray<SkeletonDefinition> b) =>
        a.Length == b.Length && a.Zip(b).All(pair =>
            pair.First with { Points = pair.Second.Points, Edges = pair.Second.Edges, Mirrored = pair.Second.Mirrored } == pair.Second
            && pair.First.Points.SequenceEqual(pair.Second.Points)
            && pair.First.Edges.SequenceEqual(pair.Second.Edges)
            && pair.First.Mirrored.SequenceEqual(pair.Second.Mirrored));
}
