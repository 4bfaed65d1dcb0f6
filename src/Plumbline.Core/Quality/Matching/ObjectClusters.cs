namespace Plumbline.Core.Quality.Matching;

/// <summary>The objects that several annotators drew for one real thing: per annotator the position of theirs, −1 where they drew none.</summary>
public sealed record ObjectCluster(int[] Members);

/// <summary>Finds which objects of several annotators mean the same thing in one image, at most one of each annotator.</summary>
/// <remarks>
/// Every two annotators are matched by <see cref="OptimalAssignment"/>; the pairs are then joined, the most similar first, unless a
/// join would bring two objects of one annotator together. With two annotators this is the optimal assignment itself. The result
/// does not depend on the order of annotators unless two pairs are equally similar.
/// </remarks>
public static class ObjectClusters
{
    /// <summary>Clusters the objects of one image.</summary>
    /// <param name="counts">Number of objects of each annotator.</param>
    /// <param name="similarity">Similarity in [0, 1] of object i of annotator a and object j of annotator b, called as (a, i, b, j) with a &lt; b.</param>
    /// <param name="least">Objects below this similarity are never the same thing.</param>
    public static IReadOnlyList<ObjectCluster> Find(IReadOnlyList<int> counts, Func<int, int, int, int, double> similarity, double least)
    {
        var annotators = counts.Count;
        var offsets = new int[annotators + 1];
        for (var a = 0; a < annotators; a++) offsets[a + 1] = offsets[a] + counts[a];
        var clusters = new int[offsets[^1]][];
        for (var a = 0; a < annotators; a++)
        {
            for (var i = 0; i < counts[a]; i++)
            {
                clusters[offsets[a] + i] = Alone(annotators, a, i);
            }
        }

        foreach (var (a, i, b, j, _) in Pairs(counts, similarity, least).OrderByDescending(pair => pair.Similarity))
        {
            var (one, other) = (clusters[offsets[a] + i], clusters[offsets[b] + j]);
            if (ReferenceEquals(one, other) || Clash(one, other)) continue;
            for (var annotator = 0; annotator < annotators; annotator++)
            {
                if (other[annotator] < 0) continue;
                one[annotator] = other[annotator];
                clusters[offsets[annotator] + other[annotator]] = one;
            }
        }

        return clusters.Distinct().Select(members => new ObjectCluster(members)).ToList();
    }

    private static IEnumerable<(int A, int I, int B, int J, double Similarity)> Pairs(IReadOnlyList<int> counts, Func<int, int, int, int, double> similarity, double least)
    {
        for (var a = 0; a < counts.Count; a++)
        {
            for (var b = a + 1; b < counts.Count; b++)
            {
                var matrix = new double[counts[a] * counts[b]];
                for (var i = 0; i < counts[a]; i++)
                {
                    for (var j = 0; j < counts[b]; j++) matrix[(i * counts[b]) + j] = similarity(a, i, b, j);
                }

                var columns = OptimalAssignment.Solve(matrix, counts[a], counts[b], least);
                for (var i = 0; i < columns.Length; i++)
                {
                    if (columns[i] >= 0) yield return (a, i, b, columns[i], matrix[(i * counts[b]) + columns[i]]);
                }
            }
        }
    }

    private static int[] Alone(int annotators, int annotator, int position)
    {
        var members = new int[annotators];
        Array.Fill(members, -1);
        members[annotator] = position;
        return members;
    }

    private static bool Clash(int[] one, int[] other)
    {
        for (var a = 0; a < one.Length; a++)
        {
            if (one[a] >= 0 && other[a] >= 0) return true;
        }

        return false;
    }
}
