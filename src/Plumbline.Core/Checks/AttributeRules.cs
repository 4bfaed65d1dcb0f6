using Plumbline.Core.Annotations;
using Plumbline.Core.Ontologies;

namespace Plumbline.Core.Checks;

/// <summary>The attributes that the ontology defines for each class of the dataset; datasets call them by name, projects by id.</summary>
internal sealed class AttributeRules(CheckContext context)
{
    private readonly LabelClass?[] classes = [.. context.Defined];

    /// <summary>The definitions of a class; empty without an ontology or where it lacks the class.</summary>
    public IReadOnlyList<AttributeDefinition> Of(int classIndex) => classes.Length > 0 && classes[classIndex] is { Attributes: { IsDefault: false } attributes } ? attributes : [];

    /// <summary>Whether the ontology says which attributes the class has.</summary>
    public bool Knows(int classIndex) => classes.Length > 0 && classes[classIndex] is not null && (context.OntologyIsComplete || Of(classIndex).Count > 0);

    /// <summary>The definition of this name; null when there is none.</summary>
    public AttributeDefinition? Find(int classIndex, string name) => Of(classIndex).FirstOrDefault(a => a.Name == name || a.Id == name);

    /// <summary>The value of a defined attribute; null when the object has none.</summary>
    public static AttributeValue? ValueOf(CheckedObject item, AttributeDefinition definition) =>
        item.Attributes is { } attributes && (attributes.TryGetValue(definition.Name, out var value) || attributes.TryGetValue(definition.Id, out value)) ? value : null;
}
