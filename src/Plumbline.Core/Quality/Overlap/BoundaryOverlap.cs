using Plumbline.Core.Masks;

namespace Plumbline.Core.Quality.Overlap;

/// <summary>Boundary IoU: the overlap of two masks' rims, which tells what plain IoU hides in large objects.</summary>
/// <remarks>Cheng et al., "Boundary IoU: improving object-centric image segmentation evaluation", CVPR 2021; rim as in boundary_iou_api, <c>mask_to_boundary</c>.</remarks>
public static class BoundaryOverlap
{
    /// <summary>Thickness of the rim: 2 % of the picture's diagonal, rounded half to even, at least 1 pixel.</summary>
    public static int RimOf(int width, int height) => Math.Max(1, (int)Math.Round(.02 * Math.Sqrt(((double)height * height) + ((double)width * width)), MidpointRounding.ToEven));

    /// <summary>IoU of the rims of two masks of one picture, in [0, 1]; NaN when both are empty. Pixels on the picture's edge belong to the rim.</summary>
    public static double Of(Mask a, Mask b, int width, int height)
    {
        var rim = RimOf(width, height);
        return a.Rim(rim).IntersectionOverUnion(b.Rim(rim));
    }

    /// <summary>IoU of the rims of two masks of one canvas, in [0, 1]; NaN when both are empty.</summary>
    /// <exception cref="ArgumentException">The canvases differ.</exception>
    public static double Of(CocoRle a, CocoRle b)
    {
        a.CheckSameCanvas(b);
        var rim = RimOf(a.Width, a.Height);
        return RleOverlap.IntersectionOverUnion(a.Rim(rim), b.Rim(rim));
    }

    /// <summary>
    /// What boundary AP matches by, every detection against every truth: the smaller of mask IoU and boundary IoU; against a crowd the mask's overlap alone.
    /// </summary>
    /// <inheritdoc cref="RleOverlap.Matrix" path="/param|/exception" />
    public static void Matrix(ReadOnlySpan<CocoRle> detections, ReadOnlySpan<CocoRle> truths, ReadOnlySpan<bool> crowd, Span<double> result)
    {
        RleOverlap.Matrix(detections, truths, crowd, result);
        var rims = new double[result.Length];
        RleOverlap.Matrix(Rims(detections), Rims(truths), [], rims);
        for (var i = 0; i < rims.Length; i++)
        {
            if (crowd.IsEmpty || !crowd[i % truths.Length]) result[i] = Math.Min(result[i], rims[i]);
        }
    }

    private static CocoRle[] Rims(ReadOnlySpan<CocoRle> masks)
    {
        var rims = new CocoRle[masks.Length];
        for (var i = 0; i < rims.Length; i++) rims[i] = masks[i].Rim(RimOf(masks[i].Width, masks[i].Height));
        return rims;
    }
}
