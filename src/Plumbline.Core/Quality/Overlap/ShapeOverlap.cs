using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Core.Masks;

namespace Plumbline.Core.Quality.Overlap;

/// <summary>How far two shapes of one picture are the same, in [0, 1], by the way that <see cref="OverlapTable"/> names. Symmetric.</summary>
public static class ShapeOverlap
{
    /// <summary>The overlap; NaN where it is undefined: the kinds do not compare, neither has an area, or neither has a labelled point. <see cref="WhyUndefined"/> says which.</summary>
    /// <exception cref="ArgumentException">The shapes belong to pictures of unequal size.</exception>
    public static double Of(ComparedShape a, ComparedShape b)
    {
        if ((a.Width, a.Height) != (b.Width, b.Height)) throw new ArgumentException($"Shapes of pictures of {a.Width} × {a.Height} and {b.Width} × {b.Height} cannot be compared.", nameof(b));
        var method = OverlapTable.MethodOf(a.Shape.Kind, b.Shape.Kind);
        if (method is OverlapMethod.Polygons or OverlapMethod.Masks && Apart(a, b)) return 0;
        return method switch
        {
            OverlapMethod.Boxes => BoxOverlap.IntersectionOverUnion(((BoxShape)a.Shape).Box, ((BoxShape)b.Shape).Box),
            OverlapMethod.Polygons => a.Outline.IntersectionOverUnion(b.Outline),
            OverlapMethod.Masks => a.Pixels.IntersectionOverUnion(b.Pixels),
            OverlapMethod.Lines => LineDistance.Similarity(((PolylineShape)a.Shape).Polyline, ((PolylineShape)b.Shape).Polyline, a.Width, a.Height),
            OverlapMethod.Keypoints => KeypointOverlap.Of(a, b),
            _ => double.NaN,
        };
    }

    /// <summary>Why <see cref="Of"/> answers NaN, for a person; null when it does not.</summary>
    public static string? WhyUndefined(ComparedShape a, ComparedShape b)
    {
        if (!double.IsNaN(Of(a, b))) return null;
        return OverlapTable.MethodOf(a.Shape.Kind, b.Shape.Kind) switch
        {
            OverlapMethod.Undefined => $"No overlap is defined between {a.Shape.Kind} and {b.Shape.Kind}.",
            OverlapMethod.Keypoints => "The keypoints differ in number, none is labelled, or their object's area is unknown.",
            _ => "Neither shape covers any area.",
        };
    }

    /// <summary>Every row against every column: <c>result[r * columns.Count + c]</c>, NaN where undefined.</summary>
    /// <exception cref="ArgumentException">The shapes belong to pictures of unequal size, or the answer has another size than rows × columns.</exception>
    public static void Matrix(IReadOnlyList<ComparedShape> rows, IReadOnlyList<ComparedShape> columns, Span<double> result)
    {
        if (result.Length != (long)rows.Count * columns.Count) throw new ArgumentException($"The answer needs {(long)rows.Count * columns.Count} places.", nameof(result));
        for (var r = 0; r < rows.Count; r++)
        {
            for (var c = 0; c < columns.Count; c++) result[(r * columns.Count) + c] = Of(rows[r], columns[c]);
        }
    }

    /// <summary>IoU of two polygons as pycocotools has it: both drawn by COCO's rule (<see cref="Rasterizer"/>) on a canvas of width × height, then compared pixel by pixel. Not the exact figure.</summary>
    /// <returns>In [0, 1]; NaN when neither polygon covers a pixel.</returns>
    public static double OfCocoPolygons(Polygon a, Polygon b, int width, int height) =>
        RleOverlap.IntersectionOverUnion(Rasterizer.Rasterize(a, width, height), Rasterizer.Rasterize(b, width, height));

    private static bool Apart(ComparedShape a, ComparedShape b) =>
        a.Area > 0 && b.Area > 0 && a.Bounds is { } one && b.Bounds is { } other
        && (one.Right <= other.X || other.Right <= one.X || one.Bottom <= other.Y || other.Bottom <= one.Y);
}
