using Plumbline.Core.Annotations;
using Plumbline.Core.Quality.Matching;

namespace Plumbline.Core.Datasets;

/// <summary>What became of an annotation.</summary>
public enum AnnotationChange
{
    /// <summary>Same class, same shape, same values.</summary>
    Same,

    /// <summary>Same class and shape; attributes or flags differ.</summary>
    Changed,

    /// <summary>Same class, another shape.</summary>
    Moved,

    /// <summary>Another class, whatever the shape.</summary>
    Reclassified,

    /// <summary>Only in the first.</summary>
    Removed,

    /// <summary>Only in the second.</summary>
    Added,
}

/// <summary>One annotation for the comparison.</summary>
/// <param name="Class">Its class by name.</param>
/// <param name="Shape">What it covers.</param>
/// <param name="Id">Its id; null where it has none or ids mean nothing across the two.</param>
/// <param name="Values">Equal for annotations with equal attributes and flags.</param>
public readonly record struct ComparedAnnotation(string Class, Shape Shape, string? Id, string Values);

/// <summary>What became of one annotation.</summary>
/// <param name="Change">The change.</param>
/// <param name="Before">Its place in the first; −1 when added.</param>
/// <param name="After">Its place in the second; −1 when removed.</param>
/// <param name="Overlap">How far the shapes are the same, in [0, 1]; null when there is only one.</param>
public readonly record struct AnnotationDifference(AnnotationChange Change, int Before, int After, double? Overlap);

/// <summary>Compares the annotations of one image in two datasets.</summary>
public static class AnnotationDiff
{
    /// <summary>
    /// Pairs what is identical, then what has one id and overlaps, then by optimal assignment what overlaps enough within a class, then across classes. What is left was removed or added.
    /// In order of the first's annotations, then those added.
    /// </summary>
    /// <param name="before">Annotations of the first.</param>
    /// <param name="after">Annotations of the second.</param>
    /// <param name="least">Shapes that are less the same than this are different objects; see <see cref="ShapeSimilarity"/>.</param>
    public static IReadOnlyList<AnnotationDifference> Compare(IReadOnlyList<ComparedAnnotation> before, IReadOnlyList<ComparedAnnotation> after, double least = .5)
    {
        var partner = new int[before.Count];
        Array.Fill(partner, -1);
        var taken = new bool[after.Count];
        PairIdentical(before, after, partner, taken);
        PairById(before, after, partner, taken);
        PairByOverlap(before, after, partner, taken, least, sameClass: true);
        PairByOverlap(before, after, partner, taken, least, sameClass: false);
        var differences = new List<AnnotationDifference>(before.Count);
        for (var i = 0; i < before.Count; i++) differences.Add(partner[i] < 0 ? new(AnnotationChange.Removed, i, -1, null) : Judge(before, after, i, partner[i]));
        for (var j = 0; j < after.Count; j++)
        {
            if (!taken[j]) differences.Add(new(AnnotationChange.Added, -1, j, null));
        }

        return differences;
    }

    private static AnnotationDifference Judge(IReadOnlyList<ComparedAnnotation> before, IReadOnlyList<ComparedAnnotation> after, int i, int j)
    {
        var (a, b) = (before[i], after[j]);
        var same = a.Shape.Equals(b.Shape);
        var change = a.Class != b.Class ? AnnotationChange.Reclassified : !same ? AnnotationChange.Moved : a.Values != b.Values ? AnnotationChange.Changed : AnnotationChange.Same;
        return new(change, i, j, same ? 1 : ShapeSimilarity.Of(a.Shape, b.Shape));
    }

    private static void PairIdentical(IReadOnlyList<ComparedAnnotation> before, IReadOnlyList<ComparedAnnotation> after, int[] partner, bool[] taken)
    {
        var places = new Dictionary<(string, Shape), Queue<int>>();
        for (var j = 0; j < after.Count; j++)
        {
            if (!places.TryGetValue((after[j].Class, after[j].Shape), out var queue)) places[(after[j].Class, after[j].Shape)] = queue = [];
            queue.Enqueue(j);
        }

        for (var i = 0; i < before.Count; i++)
        {
            if (places.TryGetValue((before[i].Class, before[i].Shape), out var queue) && queue.TryDequeue(out var j)) Pair(i, j, partner, taken);
        }
    }

    private static void PairById(IReadOnlyList<ComparedAnnotation> before, IReadOnlyList<ComparedAnnotation> after, int[] partner, bool[] taken)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var j = 0; j < after.Count; j++)
        {
            if (!taken[j] && after[j].Id is { } id) places.TryAdd(id, j);
        }

        for (var i = 0; i < before.Count; i++)
        {
            if (partner[i] < 0 && before[i].Id is { } id && places.TryGetValue(id, out var j) && !taken[j] && ShapeSimilarity.Of(before[i].Shape, after[j].Shape) > 0) Pair(i, j, partner, taken);
        }
    }

    private static void PairByOverlap(IReadOnlyList<ComparedAnnotation> before, IReadOnlyList<ComparedAnnotation> after, int[] partner, bool[] taken, double least, bool sameClass)
    {
        var rows = Enumerable.Range(0, before.Count).Where(i => partner[i] < 0).ToArray();
        var columns = Enumerable.Range(0, after.Count).Where(j => !taken[j]).ToArray();
        if (rows.Length == 0 || columns.Length == 0) return;
        var similarity = new double[rows.Length * columns.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            for (var j = 0; j < columns.Length; j++)
            {
                if (!sameClass || before[rows[i]].Class == after[columns[j]].Class) similarity[(i * columns.Length) + j] = ShapeSimilarity.Of(before[rows[i]].Shape, after[columns[j]].Shape);
            }
        }

        var assigned = OptimalAssignment.Solve(similarity, rows.Length, columns.Length, least);
        for (var i = 0; i < rows.Length; i++)
        {
            if (assigned[i] >= 0) Pair(rows[i], columns[assigned[i]], partner, taken);
        }
    }

    private static void Pair(int i, int j, int[] partner, bool[] taken)
    {
        partner[i] = j;
        taken[j] = true;
    }
}
