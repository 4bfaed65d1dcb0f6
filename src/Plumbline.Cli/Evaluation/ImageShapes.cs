using Plumbline.Core.Annotations;
using Plumbline.Core.Ontologies;
using Plumbline.Core.Quality.Overlap;
using Plumbline.Core.Quality.Taxonomy;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Evaluation;
using Plumbline.Formats.Reports;

namespace Plumbline.Cli.Evaluation;

/// <summary>Annotations of files as the measures take them.</summary>
internal static class ImageShapes
{
    /// <summary>The shape, ready to be compared.</summary>
    /// <exception cref="DatasetFormatException">The image's size is not known.</exception>
    public static ComparedShape Compared(AlignedImage image, DatasetAnnotation annotation)
    {
        var (width, height) = SizeOf(image);
        return new(annotation.Shape, width, height, annotation is { Shape: KeypointsShape, StatedArea: > 0 and var area } ? area : null);
    }

    /// <summary>The taxonomy's options with the skeletons of the classes, named as in <see cref="Annotations"/>; null, the usual ones, where there are no keypoints.</summary>
    public static TaxonomyOptions? SkeletonsFor(IReadOnlyList<Annotation> annotations, IReadOnlyList<DatasetClass> classes)
    {
        if (!annotations.Any(a => a.Shape is KeypointsShape)) return null;
        var skeletons = new Dictionary<string, SkeletonDefinition>(StringComparer.Ordinal);
        foreach (var one in classes)
        {
            if (one.Skeleton is { } skeleton) skeletons.TryAdd(one.Name, skeleton);
        }

        return new() { Skeletons = skeletons };
    }

    /// <summary>Columns and rows.</summary>
    /// <exception cref="DatasetFormatException">Not known.</exception>
    public static (int Width, int Height) SizeOf(AlignedImage image) => image.Size is { } size
        ? (size.Width, size.Height)
        : throw new DatasetFormatException(image.Path, "no dataset says how large this image is, and without it shapes cannot be compared; --image-root DIR says where the pictures lie.");

    /// <summary>What one dataset has of the image as the model has it, in the same order, classes named by their names.</summary>
    public static IReadOnlyList<Annotation> Annotations(AlignedImage image, IReadOnlyList<DatasetClass> classes, int dataset) => image.Items[dataset] is not { } item
        ? []
        : [.. item.Annotations.Select((annotation, i) => new Annotation
        {
            Id = new Guid(i, (short)dataset, 0, [0, 0, 0, 0, 0, 0, 0, 0]),
            ClassId = classes[image.Classes[dataset][annotation.ClassIndex]].Name,
            Shape = annotation.Shape,
            Attributes = annotation.Attributes,
            Z = annotation.Z,
            GroupId = annotation.GroupId,
            Ignore = annotation.Ignore,
            Score = annotation.Score,
            Provenance = new Provenance(Origin.Imported),
        })];
}
