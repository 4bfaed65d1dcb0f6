using System.Collections.Immutable;
using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Core.Quality.Keypoints;

namespace Plumbline.Core.Quality.Overlap;

/// <summary>Likeness of two people's keypoints of one object, where neither side is the truth.</summary>
public static class KeypointOverlap
{
    /// <summary>σ of skeletons whose scatter nobody measured.</summary>
    public const double UsualSigma = .05;

    /// <summary>
    /// The mean over the points that at least one side labelled of exp(−d² / (2·area·(2σ)²)), 0 for a point that only one side has; the area is the mean of both objects'.
    /// Deliberately different from <see cref="ObjectKeypointSimilarity"/>, which is COCO's and looks from the truth's side only.
    /// </summary>
    /// <returns>In [0, 1]; NaN when the numbers of points differ, no point is labelled, or no area is known.</returns>
    /// <exception cref="InvalidCastException">A shape is not one of keypoints.</exception>
    public static double Of(ComparedShape a, ComparedShape b)
    {
        var (first, second) = (((KeypointsShape)a.Shape).Keypoints.Points, ((KeypointsShape)b.Shape).Keypoints.Points);
        var area = a.Area > 0 && b.Area > 0 ? (a.Area + b.Area) / 2 : Math.Max(a.Area, b.Area);
        if (first.Length != second.Length || area == 0) return double.NaN;
        var sigmas = SigmasOf(a.Sigmas.IsDefault ? b.Sigmas : a.Sigmas, first.Length);
        double sum = 0;
        var labelled = 0;
        for (var i = 0; i < first.Length; i++)
        {
            var (one, other) = (first[i].Visibility != Visibility.Absent, second[i].Visibility != Visibility.Absent);
            if (one || other) labelled++;
            if (one && other) sum += OfPoint(first[i].Position, second[i].Position, area, sigmas[i]);
        }

        return labelled == 0 ? double.NaN : sum / labelled;
    }

    /// <summary>exp(−d² / (2·area·(2σ)²)): 1 on the spot, .61 at the distance of 2σ·√area.</summary>
    public static double OfPoint(Point2 a, Point2 b, double area, double sigma)
    {
        var (dx, dy) = (a.X - b.X, a.Y - b.Y);
        return Math.Exp(-((dx * dx) + (dy * dy)) / (8 * area * sigma * sigma));
    }

    internal static ImmutableArray<double> SigmasOf(ImmutableArray<double> given, int points) =>
        !given.IsDefault ? given : points == ObjectKeypointSimilarity.CocoSigmas.Length ? ObjectKeypointSimilarity.CocoSigmas : [.. Enumerable.Repeat(UsualSigma, points)];
}
