using Plumbline.Core.Annotations;
using Plumbline.Core.Checks;
using Plumbline.Core.Ontologies;

namespace Plumbline.Formats.Datasets;

/// <summary>Datasets as the automated checks see them.</summary>
public static class DatasetChecks
{
    /// <summary>What holds for all checks: the classes, and the ontology given or else the one that the dataset itself defines.</summary>
    public static CheckContext Context(DatasetHeader header, Ontology? ontology, CheckLimits? limits = null) => new([.. header.Classes.Select(c => c.Name)])
    {
        Ontology = ontology ?? Own(header),
        OntologyIsComplete = ontology is not null,
        Limits = limits ?? new(),
    };

    /// <summary>One image. Its annotations must have been read with <see cref="ReadDetail.Shapes"/>.</summary>
    public static CheckedImage Image(DatasetItem item, PictureFacts? picture)
    {
        var objects = new CheckedObject[item.Annotations.Count];
        for (var i = 0; i < objects.Length; i++)
        {
            var annotation = item.Annotations[i];
            objects[i] = new(annotation.ClassIndex, annotation.Shape)
            {
                Id = annotation.SourceId?.Trim('"'),
                Ignore = annotation.Ignore,
                StatedBox = annotation.StatedBox,
                StatedArea = annotation.StatedArea,
                Attributes = annotation.Attributes,
            };
        }

        return new(item.Path, objects)
        {
            Split = item.Split,
            Width = item.Size?.Width,
            Height = item.Size?.Height,
            Settled = item.Outcome is Outcome.VerifiedEmpty or Outcome.Unusable,
            Picture = picture,
        };
    }

    private static Ontology? Own(DatasetHeader header)
    {
        if (!header.Classes.Any(c => c.Shapes.Length > 0 || c.Attributes.Length > 0 || c.Skeleton is not null)) return null;
        return new()
        {
            Classes = [.. header.Classes.Select(c => new LabelClass { Id = c.Name, Name = c.Name, Color = c.Color ?? "#000000", Shapes = c.Shapes, Attributes = c.Attributes, SkeletonId = c.Skeleton?.Id })],
            Skeletons = [.. header.Classes.Select(c => c.Skeleton).OfType<SkeletonDefinition>().DistinctBy(s => s.Id)],
        };
    }
}
