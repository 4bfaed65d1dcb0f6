using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Core.Masks;
using Plumbline.Core.Quality.Overlap;

namespace Plumbline.Core.Quality.Taxonomy;

/// <summary>An annotation with what is needed to compare it.</summary>
internal sealed record JudgedObject(Annotation Annotation, ComparedShape Shape)
{
    public bool SameClass(JudgedObject other) => Annotation.ClassId == other.Annotation.ClassId;

    private bool IsBox => Annotation.Shape is BoxShape;

    private bool IsArea => Annotation.Shape is BoxShape or RotatedBoxShape or PolygonShape or MaskShape or EllipseShape;

    /// <summary>
    /// Overlap as the taxonomy sees it: a box is compared with the tightest box of the other area, tags are the same place, keypoints also count where they span the same box (so that swapped
    /// ones still belong together), the rest is <see cref="ShapeOverlap"/>; 0 where undefined.
    /// </summary>
    public double Overlap(JudgedObject other)
    {
        double overlap;
        if (Annotation.Shape is TagShape && other.Annotation.Shape is TagShape) return 1;
        if (BoxesWith(other)) overlap = BoxOverlap.IntersectionOverUnion(Shape.Bounds!.Value, other.Shape.Bounds!.Value);
        else if (Annotation.Shape is KeypointsShape && other.Annotation.Shape is KeypointsShape && Shape.Bounds is { } one && other.Shape.Bounds is { } two)
        {
            overlap = Math.Max(Number(ShapeOverlap.Of(Shape, other.Shape)), Number(BoxOverlap.IntersectionOverUnion(one, two)));
        }
        else overlap = ShapeOverlap.Of(Shape, other.Shape);
        return Number(overlap);
    }

    /// <summary>Whether the two are compared by their tightest boxes.</summary>
    public bool BoxesWith(JudgedObject other) => (IsBox || other.IsBox) && IsArea && other.IsArea && Shape.Bounds is not null && other.Shape.Bounds is not null;

    /// <summary>Whether the two are compared pixel by pixel or as exact areas.</summary>
    public bool AreasWith(JudgedObject other) => IsArea && other.IsArea && OverlapTable.MethodOf(Annotation.Shape.Kind, other.Annotation.Shape.Kind) != OverlapMethod.Undefined;

    /// <summary>The share of this area that lies in the other one; 0 without an area.</summary>
    public double ShareIn(JudgedObject other)
    {
        if (!IsArea || !other.IsArea || Shape.Bounds is not { } mine || other.Shape.Bounds is not { } theirs || mine.Intersect(theirs) is not { } common) return 0;
        if (BoxesWith(other)) return Math.Min(1, common.Area / mine.Area); // edges are rounded, sides are not
        return Shape.Pixels.Area is var area and > 0 ? Shape.Pixels.IntersectionArea(other.Shape.Pixels) / (double)area : 0;
    }

    private static double Number(double overlap) => double.IsNaN(overlap) ? 0 : overlap;
}
