using Plumbline.Core.Geometry;
using Plumbline.Core.Quality.Keypoints;

namespace Plumbline.Formats.Evaluation;

/// <summary>Object keypoint similarity, as pycocotools' <c>computeOks</c>.</summary>
internal sealed class KeypointKernel : SimilarityKernel
{
    private readonly ShapeBatch truthShapes;
    private readonly ShapeBatch detectionShapes;
    private readonly double[] sigmas;

    /// <param name="truths">The truths.</param>
    /// <param name="detections">The detections.</param>
    /// <param name="sigmas">One σ a point.</param>
    public KeypointKernel(ObjectChunk truths, ObjectChunk detections, double[] sigmas)
        : base(truths, detections)
    {
        (truthShapes, detectionShapes) = (truths.Shapes(), detections.Shapes());
        this.sigmas = sigmas;
    }

    public override void Fill(ReadOnlySpan<int> found, int from, int to, TableImage image, Span<double> result)
    {
        var count = to - from;
        for (var d = 0; d < found.Length; d++)
        {
            var points = PointsOf(detectionShapes, Detections, found[d]);
            for (var t = 0; t < count; t++)
            {
                ref readonly var truth = ref Truths[from + t];
                result[(d * count) + t] = ObjectKeypointSimilarity.Of(PointsOf(truthShapes, Truths, from + t), points, truth.Area, truth.Box, sigmas);
            }
        }
    }

    public override void Dispose()
    {
        truthShapes.Dispose();
        detectionShapes.Dispose();
        base.Dispose();
    }

    private Keypoints PointsOf(ShapeBatch shapes, ObjectChunk chunk, int place)
    {
        // An ignored truth may come without points: none of them is labelled.
        if (chunk[place].Place.Length == 0) return new([.. sigmas.Select(_ => new Keypoint(default, Visibility.Absent))]);
        try
        {
            var points = shapes.Keypoints(place);
            return points.Points.Length == sigmas.Length
                ? points
                : throw new FormatException($"it has {points.Points.Length} keypoints and there are {sigmas.Length} sigmas; --sigmas gives one for each point");
        }
        catch (FormatException e)
        {
            throw new ShapeFault(chunk, place, e);
        }
    }
}
