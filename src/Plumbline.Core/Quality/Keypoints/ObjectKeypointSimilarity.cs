using System.Collections.Immutable;
using KeypointSet = Plumbline.Core.Geometry.Keypoints;
using Plumbline.Core.Geometry;

namespace Plumbline.Core.Quality.Keypoints;

/// <summary>How well the keypoints of one object were found, in [0, 1].</summary>
/// <remarks>pycocotools, <c>COCOeval.computeOks</c>: mean over the labelled points of exp(−d² / (2·area·(2σ)²)).</remarks>
public static class ObjectKeypointSimilarity
{
    /// <summary>σ of COCO's 17 points of a person, nose to ankles: how far annotators scatter, relative to the object's size.</summary>
    public static ImmutableArray<double> CocoSigmas { get; } =
        [.026, .025, .025, .035, .035, .079, .079, .072, .072, .062, .062, .107, .107, .087, .087, .089, .089];

    /// <summary>OKS of a detection against a truth.</summary>
    /// <param name="truth">The true points; only those with a visibility above 0 count.</param>
    /// <param name="found">The points found; their visibility plays no part.</param>
    /// <param name="area">Area of the true object in square pixels.</param>
    /// <param name="box">Box of the true object; stands in when it has no labelled point: distances to the box grown to twice its size.</param>
    /// <param name="sigmas">One σ a point.</param>
    /// <exception cref="ArgumentException">The numbers of points differ.</exception>
    public static double Of(KeypointSet truth, KeypointSet found, double area, Box box, ReadOnlySpan<double> sigmas)
    {
        if (truth.Points.Length != found.Points.Length || truth.Points.Length != sigmas.Length)
        {
            throw new ArgumentException($"{truth.Points.Length} true points, {found.Points.Length} found ones, {sigmas.Length} sigmas.", nameof(found));
        }

        var labelled = truth.Points.Count(point => point.Visibility != Visibility.Absent);
        double sum = 0;
        for (var i = 0; i < sigmas.Length; i++)
        {
            if (labelled > 0 && truth.Points[i].Visibility == Visibility.Absent) continue;
            var (dx, dy) = labelled > 0
                ? (found.Points[i].Position.X - truth.Points[i].Position.X, found.Points[i].Position.Y - truth.Points[i].Position.Y)
                : Outside(found.Points[i].Position, box);
            var scale = 2 * sigmas[i];
            sum += Math.Exp(-((dx * dx) + (dy * dy)) / (scale * scale) / (area + Epsilon) / 2);
        }

        return sum / (labelled > 0 ? labelled : sigmas.Length);
    }

    /// <summary>numpy's <c>spacing(1)</c>, which the reference adds to the area.</summary>
    private static readonly double Epsilon = double.BitIncrement(1) - 1;

    private static (double X, double Y) Outside(Point2 point, Box box) =>
        (Math.Max(0, box.X - box.Width - point.X) + Math.Max(0, point.X - (box.X + (2 * box.Width))),
         Math.Max(0, box.Y - box.Height - point.Y) + Math.Max(0, point.Y - (box.Y + (2 * box.Height))));
}
