using System.Collections.Immutable;
using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Core.Ontologies;
using Plumbline.Core.Quality.Overlap;

namespace Plumbline.Core.Quality.Taxonomy;

/// <summary>Which keypoints of a pair are wrong, and which of those have only traded places with their mirror images.</summary>
internal sealed class KeypointJudge(TaxonomyOptions options)
{
    public IEnumerable<Difference> Judge(JudgedObject gold, JudgedObject given, Difference found)
    {
        var (right, points) = (((KeypointsShape)gold.Annotation.Shape).Keypoints.Points, ((KeypointsShape)given.Annotation.Shape).Keypoints.Points);
        if (right.Length != points.Length)
        {
            yield return found with { Kind = DifferenceKind.WrongKeypoint, Keypoints = [.. Enumerable.Range(Math.Min(right.Length, points.Length), Math.Abs(right.Length - points.Length))] };
            yield break;
        }

        var area = Math.Max(1, gold.Shape.Area);
        var sigmas = KeypointOverlap.SigmasOf(gold.Shape.Sigmas, right.Length);
        bool Fits(int goldIndex, int givenIndex) => Likeness(right[goldIndex], points[givenIndex], area, sigmas[goldIndex]) >= options.KeypointLeast;
        var wrong = Enumerable.Range(0, right.Length).Where(i => !Fits(i, i)).ToHashSet();
        var swapped = new SortedSet<int>();
        foreach (var (i, j) in Mirrored(gold.Annotation.ClassId, right.Length))
        {
            if (!wrong.Contains(i) && !wrong.Contains(j)) continue;
            if (!Fits(i, j) || !Fits(j, i)) continue;
            swapped.Add(i);
            swapped.Add(j);
        }

        wrong.ExceptWith(swapped);
        if (swapped.Count > 0) yield return found with { Kind = DifferenceKind.LeftRightSwapped, Keypoints = [.. swapped] };
        if (wrong.Count > 0) yield return found with { Kind = DifferenceKind.WrongKeypoint, Keypoints = [.. wrong.Order()] };
    }

    /// <summary>1 where both leave the point out, 0 where one does.</summary>
    private static double Likeness(Keypoint right, Keypoint point, double area, double sigma)
    {
        var (known, drawn) = (right.Visibility != Visibility.Absent, point.Visibility != Visibility.Absent);
        return known && drawn ? KeypointOverlap.OfPoint(right.Position, point.Position, area, sigma) : known == drawn ? 1 : 0;
    }

    private ImmutableArray<SkeletonEdge> Mirrored(string classId, int points)
    {
        ImmutableArray<SkeletonEdge> mirrored = options.Skeletons.TryGetValue(classId, out var skeleton) ? MirroredPoints.Of(skeleton) : [];
        return [.. mirrored.Where(pair => pair.From >= 0 && pair.To >= 0 && pair.From < points && pair.To < points)];
    }
}
