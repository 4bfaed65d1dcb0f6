using System.Collections.Immutable;

namespace Plumbline.Core.Annotations;

/// <summary>What an annotation, the subject, has to do with another one of its set. <c>default</c> is not valid.</summary>
/// <param name="Predicate">An id of the ontology's predicates.</param>
/// <param name="Object">The other annotation. One that was deleted since says nothing until it comes back.</param>
public readonly record struct Relation(string Predicate, Guid Object)
{
    /// <summary>The most relations that one annotation may have.</summary>
    public const int Maximum = 1_000;

    /// <summary>Each once, by predicate, then by object: the order in which an annotation has them.</summary>
    public static ImmutableArray<Relation> InOrder(IEnumerable<Relation> relations) => [.. relations.Distinct().OrderBy(r => r.Predicate, StringComparer.Ordinal).ThenBy(r => r.Object)];
}
