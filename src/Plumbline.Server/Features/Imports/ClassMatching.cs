using Plumbline.Core.Ontologies;
using Plumbline.Formats.Datasets;

namespace Plumbline.Server.Features.Imports;

/// <summary>Finds the class of a project that a dataset's class is by its name; of several in the tree, the one whose parent is called the same.</summary>
internal sealed class ClassMatching(Ontology ontology, DatasetHeader header)
{
    private readonly ILookup<string, LabelClass> byName = ontology.Classes.ToLookup(c => c.Name.Trim(), StringComparer.Ordinal);
    private readonly Dictionary<string, LabelClass> byId = ontology.Classes.ToDictionary(c => c.Id, StringComparer.Ordinal);

    /// <summary>The id of the class; null when there is none.</summary>
    public string? Find(int index)
    {
        var source = header.Classes[index];
        var parent = string.IsNullOrEmpty(source.Parent) ? null : OntologyNames.Clean(source.Parent);
        var same = byName[OntologyNames.Clean(source.Name)].ToList();
        return (same.Find(c => (c.ParentId is null ? null : byId[c.ParentId].Name.Trim()) == parent) ?? same.FirstOrDefault())?.Id;
    }

    /// <summary>The id of the first class of this name; null when there is none.</summary>
    public string? FindByName(string name) => byName[OntologyNames.Clean(name)].FirstOrDefault()?.Id;
}
