using System.Collections.Immutable;

namespace Plumbline.Formats.Datasets;

/// <summary>Which way a relation points.</summary>
public enum RelationDirection
{
    /// <summary>From the first annotation to the second.</summary>
    Forward,

    /// <summary>From the second annotation to the first.</summary>
    Backward,

    /// <summary>Both ways.</summary>
    Both,
}

/// <summary>Two annotations of one image that belong together in a named way. One pair may have several relations.</summary>
/// <param name="From">A place in <see cref="DatasetItem.Annotations"/>.</param>
/// <param name="To">Another place there.</param>
/// <param name="Name">What the relation is called; empty when the file does not name it.</param>
/// <param name="Direction">Which way it points.</param>
public readonly record struct DatasetRelation(int From, int To, string Name = "", RelationDirection Direction = RelationDirection.Forward)
{
    /// <summary>The relations whose both ends are still there, with their new places.</summary>
    /// <param name="relations">Relations of an item.</param>
    /// <param name="places">The new place of each annotation; −1 for one that is gone.</param>
    public static ImmutableArray<DatasetRelation> Moved(ImmutableArray<DatasetRelation> relations, IReadOnlyList<int> places) => relations.IsEmpty
        ? relations
        : [.. relations.Where(r => places[r.From] >= 0 && places[r.To] >= 0).Select(r => r with { From = places[r.From], To = places[r.To] })];
}
