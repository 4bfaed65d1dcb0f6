using Plumbline.Core.Annotations;
using Plumbline.Core.Ontologies;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Reports;

namespace Plumbline.Server.Features.Imports;

/// <summary>What the objects of one class are: how many of which shape, with which attributes.</summary>
internal sealed class ClassUse
{
    /// <summary>How many there are of each kind of shape.</summary>
    public SortedDictionary<ShapeKind, long> Shapes { get; } = [];

    /// <summary>Their attributes by name.</summary>
    public SortedDictionary<string, AttributeUse> Attributes { get; } = new(StringComparer.Ordinal);
}

/// <summary>What a dataset uses, collected in one pass; its size follows from the number of classes and attributes, not of images.</summary>
/// <param name="header">The dataset.</param>
/// <param name="issues">Receives what is beyond all measure.</param>
internal sealed class DatasetUse(DatasetHeader header, IssueLog issues)
{
    private const int MostAttributes = 20_000;
    private readonly ClassUse?[] classes = new ClassUse?[header.Classes.Length];
    private int attributes;
    private bool relationsLost;

    /// <summary>The attributes of images, by name.</summary>
    public SortedDictionary<string, AttributeUse> ImageAttributes { get; } = new(StringComparer.Ordinal);

    /// <summary>Names of relations.</summary>
    public SortedSet<string> Relations { get; } = new(StringComparer.Ordinal);

    /// <summary>Images seen.</summary>
    public long Images { get; private set; }

    /// <summary>Annotations seen.</summary>
    public long Annotations { get; private set; }

    /// <summary>The use of a class; empty when it has no objects.</summary>
    public ClassUse this[int index] => classes[index] ??= new ClassUse();

    /// <summary>Takes note of an image.</summary>
    public void See(DatasetItem item)
    {
        Images++;
        Annotations += item.Annotations.Count;
        foreach (var (name, value) in item.Attributes) See(ImageAttributes, name, value);
        foreach (var relation in item.Relations) See(relation.Name);
        foreach (var annotation in item.Annotations)
        {
            var use = this[annotation.ClassIndex];
            use.Shapes[annotation.Shape.Kind] = use.Shapes.GetValueOrDefault(annotation.Shape.Kind) + 1;
            foreach (var (name, value) in annotation.Attributes) See(use.Attributes, name, value);
        }
    }

    private void See(string relation)
    {
        if (Relations.Count < OntologyValidation.MaximumParts) Relations.Add(relation);
        else if (!Relations.Contains(relation) && !relationsLost)
        {
            relationsLost = true;
            issues.Error("too-many-relations", header.Format, null, "relations", $"There are relations of more than {OntologyValidation.MaximumParts} names; the rest of them is left out.");
        }
    }

    private void See(SortedDictionary<string, AttributeUse> known, string name, AttributeValue value)
    {
        if (known.TryGetValue(name, out var use))
        {
            use.See(value);
        }
        else if (attributes++ < MostAttributes)
        {
            known[name] = use = new AttributeUse();
            use.See(value);
        }
        else if (attributes == MostAttributes + 1)
        {
            issues.Error("too-many-attributes", header.Format, null, "attributes", $"There are more than {MostAttributes} attributes; the rest of them is left out.");
        }
    }
}
