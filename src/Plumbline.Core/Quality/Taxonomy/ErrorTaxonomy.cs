using System.Collections.Immutable;
using Plumbline.Core.Annotations;
using Plumbline.Core.Quality.Overlap;

namespace Plumbline.Core.Quality.Taxonomy;

/// <summary>Says of each difference between gold and given annotations what kind of mistake it is, with the objects, overlaps, margins, attributes and points that show it.</summary>
/// <remarks>
/// Objects are paired by optimal assignment: first those of one class that overlap enough; then what several objects explain together (merged, split); then the same place under another name;
/// then one class and some overlap. What is left over is a duplicate, excused by an ignored region, false, or missed. Pairs are then judged by place, attributes and keypoints, so one
/// pair can have several differences. The thresholds at .5 and .1 are those of Bolya et al., "TIDE: a general toolbox for identifying object detection errors", ECCV 2020.
/// </remarks>
public static class ErrorTaxonomy
{
    /// <summary>Compares the annotations of one picture.</summary>
    /// <param name="gold">What is right. Objects marked to be ignored are regions in which given objects are not false.</param>
    /// <param name="given">What is judged; objects marked to be ignored are left out.</param>
    /// <param name="width">Columns of the picture.</param>
    /// <param name="height">Rows of the picture.</param>
    /// <param name="options">Null for the usual ones.</param>
    /// <exception cref="ArgumentException">The picture has no sides.</exception>
    public static PictureDifferences Compare(IReadOnlyList<Annotation> gold, IReadOnlyList<Annotation> given, int width, int height, TaxonomyOptions? options = null)
    {
        options ??= new();
        var uncompared = gold.Concat(given).Where(a => !a.Ignore && !Comparable(a)).ToImmutableArray();
        var (goldObjects, givenObjects) = (Prepare(gold.Where(a => !a.Ignore), width, height), Prepare(given.Where(a => !a.Ignore), width, height));
        var pairing = new Pairing(goldObjects, givenObjects, options);
        pairing.PairSameClass(options.Same);
        var differences = pairing.TakeMerged().Concat(pairing.TakeSplit()).Concat(pairing.TakeDuplicates()).ToList();
        pairing.PairAnyClass(options.Same);
        pairing.PairSameClass(options.Near);
        differences.AddRange(pairing.TakeDuplicates());
        var judge = new PairJudge(options, width, height);
        foreach (var (g, d) in pairing.Pairs) differences.AddRange(judge.Judge(goldObjects[g], givenObjects[d], pairing.Overlap(g, d)));

        var regions = Prepare(gold.Where(a => a.Ignore), width, height);
        var excused = pairing.OpenGiven().Where(d => Excused(givenObjects[d], regions, options)).ToHashSet();
        differences.AddRange(pairing.OpenGold().Select(g => new Difference { Kind = DifferenceKind.Missed, Gold = [goldObjects[g].Annotation] }));
        differences.AddRange(pairing.OpenGiven().Where(d => !excused.Contains(d)).Select(d => new Difference { Kind = DifferenceKind.False, Given = [givenObjects[d].Annotation] }));
        return new(
            InOrder(differences, gold, given),
            [.. pairing.Pairs.Select(pair => new TaxonomyPair(goldObjects[pair.Gold].Annotation, givenObjects[pair.Given].Annotation, pairing.Overlap(pair.Gold, pair.Given)))],
            uncompared,
            [.. excused.Order().Select(d => givenObjects[d].Annotation)]);
    }

    /// <summary>Those that can be compared, ready for it.</summary>
    internal static List<JudgedObject> Prepare(IEnumerable<Annotation> annotations, int width, int height)
    {
        var all = annotations.Where(Comparable).ToList();
        var areas = all.Where(a => a.GroupId is not null && ShapeGeometry.Area(a.Shape) is > 0 and < double.PositiveInfinity).GroupBy(a => a.GroupId!).ToDictionary(group => group.Key, group => group.Max(a => ShapeGeometry.Area(a.Shape)));
        return all.Select(a => new JudgedObject(a, new ComparedShape(a.Shape, width, height, a is { Shape: KeypointsShape, GroupId: { } id } && areas.TryGetValue(id, out var area) ? area : null))).ToList();
    }

    private static bool Comparable(Annotation annotation) =>
        annotation.Shape is TagShape || (annotation.Shape is not (PointShape or CuboidShape) && ShapeGeometry.Bounds(annotation.Shape) is not null);

    private static bool Excused(JudgedObject given, List<JudgedObject> regions, TaxonomyOptions options) => regions.Sum(region => RegionShare.Of(given.Shape, region.Shape)) >= options.ExcusedShare;

    private static ImmutableArray<Difference> InOrder(List<Difference> differences, IReadOnlyList<Annotation> gold, IReadOnlyList<Annotation> given)
    {
        var goldOrder = Positions(gold);
        var givenOrder = Positions(given);
        return [.. differences.OrderBy(d => d.Gold.IsEmpty ? int.MaxValue : goldOrder[d.Gold[0]]).ThenBy(d => d.Given.IsEmpty ? int.MaxValue : givenOrder[d.Given[0]]).ThenBy(d => d.Kind)];
    }

    private static Dictionary<Annotation, int> Positions(IReadOnlyList<Annotation> annotations)
    {
        var positions = new Dictionary<Annotation, int>(ReferenceEqualityComparer.Instance);
        for (var i = 0; i < annotations.Count; i++) positions.TryAdd(annotations[i], i);
        return positions;
    }
}
