using Plumbline.Core.Annotations;
using Plumbline.Core.Quality.Matching;
using Plumbline.Core.Quality.Overlap;

namespace Plumbline.Core.Quality.Taxonomy;

/// <summary>The annotations of one picture that can be compared, matched one to one by the overlaps that the taxonomy sees: tags are in one place, a box is compared with the tightest box of another area.</summary>
/// <param name="Matches">What became of them.</param>
/// <param name="Gold">The gold ones that can be compared, ignored regions among them.</param>
/// <param name="Given">The given ones that can be compared.</param>
public sealed record MatchedAnnotations(MatchedObjects Matches, MatchedFacts[] Gold, MatchedFacts[] Given)
{
    /// <summary>Matches the annotations of one picture.</summary>
    /// <param name="gold">What is right.</param>
    /// <param name="given">What is judged.</param>
    /// <param name="width">Columns of the picture.</param>
    /// <param name="height">Rows of the picture.</param>
    /// <param name="classIndex">The place of a class, by its id.</param>
    /// <param name="rules">When two are the same thing.</param>
    public static MatchedAnnotations Of(IReadOnlyList<Annotation> gold, IReadOnlyList<Annotation> given, int width, int height, IReadOnlyDictionary<string, int> classIndex, MatchingRules rules)
    {
        var (goldObjects, givenObjects) = (ErrorTaxonomy.Prepare(gold, width, height), ErrorTaxonomy.Prepare(given, width, height));
        var overlaps = new double[goldObjects.Count * givenObjects.Count];
        for (var g = 0; g < goldObjects.Count; g++)
        {
            for (var d = 0; d < givenObjects.Count; d++)
            {
                overlaps[(g * givenObjects.Count) + d] = goldObjects[g].Annotation.Ignore
                    ? RegionShare.Of(givenObjects[d].Shape, goldObjects[g].Shape)
                    : goldObjects[g].Overlap(givenObjects[d]);
            }
        }

        MatchedFacts Facts(JudgedObject one) => new(classIndex[one.Annotation.ClassId], one.Shape.Area, one.Annotation.Ignore);
        MatchedFacts[] goldFacts = [.. goldObjects.Select(Facts)], givenFacts = [.. givenObjects.Select(Facts)];
        return new(ObjectMatcher.Match(overlaps, goldFacts, givenFacts, rules), goldFacts, givenFacts);
    }
}
