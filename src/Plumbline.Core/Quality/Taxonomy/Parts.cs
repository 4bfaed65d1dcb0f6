using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Core.Masks;
using Plumbline.Core.Quality.Overlap;

namespace Plumbline.Core.Quality.Taxonomy;

/// <summary>Whether several objects together are what one object covers.</summary>
internal static class Parts
{
    /// <summary>Bounds the work on one whole in pictures with very many objects.</summary>
    private const int MostCandidates = 32;

    /// <summary>
    /// The parts that together fit the whole best, found by adding the one that raises the overlap most; null when fewer than two do, or they fit no better than the threshold. Each lies mostly
    /// in the whole and mostly outside the others. Boxes are joined by the box around them, as a person would draw it, areas by their pixels.
    /// </summary>
    public static (List<int> Members, double Overlap)? Of(JudgedObject whole, IReadOnlyList<int> candidates, Func<int, JudgedObject> part, TaxonomyOptions options)
    {
        var inside = candidates.Where(i => Joinable(whole, part(i)) && part(i).ShareIn(whole) >= options.PartCovered).OrderByDescending(i => whole.Overlap(part(i))).Take(MostCandidates).ToList();
        if (inside.Count < 2) return null;
        var members = new List<int> { inside[0] };
        var joined = part(inside[0]);
        var overlap = whole.Overlap(joined);
        while (true)
        {
            var best = (Index: -1, Joined: joined, Overlap: overlap + options.PartRise);
            foreach (var i in inside)
            {
                if (members.Contains(i) || members.Any(m => Math.Max(part(i).ShareIn(part(m)), part(m).ShareIn(part(i))) > 1 - (options.PartCovered / 1.5))) continue;
                var union = Join(joined, part(i), whole);
                if (whole.Overlap(union) is var reached && reached > best.Overlap) best = (i, union, reached);
            }

            if (best.Index < 0) break;
            members.Add(best.Index);
            (joined, overlap) = (best.Joined, best.Overlap);
        }

        return members.Count >= 2 && overlap >= options.Same ? (members.Order().ToList(), overlap) : null;
    }

    private static bool Joinable(JudgedObject whole, JudgedObject part) => whole.BoxesWith(part) || (whole.AreasWith(part) && whole.Annotation.Shape is not RotatedBoxShape);

    private static JudgedObject Join(JudgedObject one, JudgedObject other, JudgedObject whole)
    {
        Shape shape = whole.BoxesWith(one) || whole.BoxesWith(other)
            ? new BoxShape(one.Shape.Bounds!.Value.Hull(other.Shape.Bounds!.Value))
            : new MaskShape(one.Shape.Pixels.Union(other.Shape.Pixels));
        return new(one.Annotation with { Shape = shape }, new ComparedShape(shape, whole.Shape.Width, whole.Shape.Height));
    }
}
