using Plumbline.Core.Masks;
using Plumbline.Core.Quality.Overlap;

namespace Plumbline.Formats.Evaluation;

/// <summary>Overlap of masks, or of masks and their boundaries, on run lengths. A polygon is only rasterised when a detection of its class lies in its image.</summary>
internal sealed class MaskKernel : SimilarityKernel
{
    private readonly ShapeBatch truthShapes;
    private readonly ShapeBatch detectionShapes;
    private readonly CocoRle?[] truthMasks;
    private readonly CocoRle?[] detectionMasks;
    private readonly bool boundaries;

    /// <param name="truths">The truths.</param>
    /// <param name="detections">The detections.</param>
    /// <param name="boundaries">Whether the smaller of mask IoU and boundary IoU counts, as for boundary AP.</param>
    public MaskKernel(ObjectChunk truths, ObjectChunk detections, bool boundaries)
        : base(truths, detections)
    {
        this.boundaries = boundaries;
        (truthShapes, detectionShapes) = (truths.Shapes(), detections.Shapes());
        (truthMasks, detectionMasks) = (new CocoRle?[truths.Count], new CocoRle?[detections.Count]);
    }

    public override double TruthArea(int place, TableImage image)
    {
        if (truthShapes.HasRunLengths(place) == true) TruthMask(place, image); // refuses a mask of another size than the image's
        var stated = Truths[place].Area;
        return double.IsNaN(stated) ? TruthMask(place, image).Area : stated;
    }

    public override double DetectionArea(int place, TableImage image)
    {
        if (detectionShapes.HasRunLengths(place) == true) DetectionMask(place, image);
        var stated = Detections[place].Area;
        return double.IsNaN(stated) ? DetectionMask(place, image).Area : stated;
    }

    public override void Fill(ReadOnlySpan<int> found, int from, int to, TableImage image, Span<double> result)
    {
        var count = to - from;
        if (!boundaries && found.Length * count <= 4)
        {
            for (var d = 0; d < found.Length; d++)
            {
                for (var t = 0; t < count; t++) result[(d * count) + t] = Overlap(DetectionMask(found[d], image), TruthMask(from + t, image), Truths[from + t].Crowd);
            }

            return;
        }

        var masks = new CocoRle[found.Length];
        var real = new CocoRle[count];
        var crowd = new bool[count];
        for (var d = 0; d < masks.Length; d++) masks[d] = DetectionMask(found[d], image);
        for (var t = 0; t < count; t++) (real[t], crowd[t]) = (TruthMask(from + t, image), Truths[from + t].Crowd);
        if (boundaries) BoundaryOverlap.Matrix(masks, real, crowd, result);
        else RleOverlap.Matrix(masks, real, crowd, result);
        foreach (ref var value in result)
        {
            if (double.IsNaN(value)) value = 0;
        }
    }

    public override void Dispose()
    {
        truthShapes.Dispose();
        detectionShapes.Dispose();
        base.Dispose();
    }

    private static double Overlap(CocoRle found, CocoRle real, bool crowd)
    {
        double shared = RleOverlap.IntersectionArea(found, real);
        return shared == 0 ? 0 : shared / (crowd ? found.Area : found.Area + real.Area - shared);
    }

    private CocoRle TruthMask(int place, TableImage image) => truthMasks[place] ??= Mask(truthShapes, Truths, place, image);

    private CocoRle DetectionMask(int place, TableImage image) => detectionMasks[place] ??= Mask(detectionShapes, Detections, place, image);

    private static CocoRle Mask(ShapeBatch shapes, ObjectChunk chunk, int place, TableImage image)
    {
        try
        {
            return image.Size is { } size ? shapes.Mask(place, size.Width, size.Height) : throw new FormatException("the size of its image is not known");
        }
        catch (FormatException e)
        {
            throw new ShapeFault(chunk, place, e);
        }
        catch (ArgumentException e)
        {
            throw new ShapeFault(chunk, place, new FormatException(e.Message, e));
        }
    }
}
