using Plumbline.Core.Annotations;
using Plumbline.Core.Datasets;

namespace Plumbline.Formats.Datasets;

/// <summary>Counting what readers give.</summary>
public static class DatasetCounts
{
    /// <summary>Counts one image with its annotations.</summary>
    public static void Add(this DatasetStatistics statistics, DatasetItem item)
    {
        statistics.AddImage(item.Split, item.Size is { } size ? (size.Width, size.Height) : null);
        foreach (var annotation in item.Annotations) statistics.AddAnnotation(annotation.ClassIndex, annotation.SourceKind ?? annotation.Shape.Kind, AreaOf(annotation), annotation.Ignore);
    }

    // The stated area where the file states one, as the COCO measures take it; otherwise the shape's.
    private static double? AreaOf(DatasetAnnotation annotation) => annotation.StatedArea ?? (annotation.Shape switch
    {
        TagShape or PointShape or PolylineShape or KeypointsShape => null,
        var shape => ShapeGeometry.Area(shape),
    });
}
