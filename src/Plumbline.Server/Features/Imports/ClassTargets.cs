using System.Collections.Immutable;
using Plumbline.Core.Ontologies;

namespace Plumbline.Server.Features.Imports;

/// <summary>Where a dataset's classes and attributes are found in the project's ontology.</summary>
internal sealed class ClassTargets
{
    private readonly LabelClass?[] classes;
    private readonly Dictionary<string, AttributeDefinition> imageAttributes;
    private readonly Dictionary<string, PredicateDefinition> predicates;
    private readonly Dictionary<string, Dictionary<string, AttributeDefinition>> attributes = new(StringComparer.Ordinal);

    /// <param name="ontology">The ontology, grown.</param>
    /// <param name="targets">The class that each class of the dataset becomes; null for one that is left out.</param>
    public ClassTargets(Ontology ontology, ImmutableArray<string?> targets)
    {
        var byId = ontology.Classes.ToDictionary(c => c.Id, StringComparer.Ordinal);
        classes = [.. targets.Select(id => id is null ? null : byId[id])];
        imageAttributes = Index(ontology.ImageAttributes);
        predicates = ontology.Predicates.ToDictionary(p => p.Name.Trim(), StringComparer.Ordinal);
    }

    /// <summary>Whether the objects of a class of the dataset come in.</summary>
    public bool Keeps(int index) => classes[index] is not null;

    /// <summary>The project's class; null when its objects are left out.</summary>
    public LabelClass? this[int index] => classes[index];

    /// <summary>An attribute of a class by its name in the dataset; null when the ontology has none.</summary>
    public AttributeDefinition? AttributeOf(LabelClass known, string name)
    {
        if (!attributes.TryGetValue(known.Id, out var index)) attributes[known.Id] = index = Index(known.Attributes);
        return index.GetValueOrDefault(OntologyNames.Clean(name));
    }

    /// <summary>An attribute of images by its name in the dataset; null when the ontology has none.</summary>
    public AttributeDefinition? ImageAttribute(string name) => imageAttributes.GetValueOrDefault(OntologyNames.Clean(name));

    /// <summary>The predicate of a relation by its name in the dataset; null when the ontology has none.</summary>
    public PredicateDefinition? Predicate(string name) => predicates.GetValueOrDefault(OntologyNames.OfRelation(name));

    private static Dictionary<string, AttributeDefinition> Index(ImmutableArray<AttributeDefinition> definitions) =>
        definitions.DistinctBy(d => d.Name.Trim()).ToDictionary(d => d.Name.Trim(), StringComparer.Ordinal);
}
