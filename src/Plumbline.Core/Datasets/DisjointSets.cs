namespace Plumbline.Core.Datasets;

/// <summary>Things in groups that are joined pair by pair (union by size, paths halved): nearly constant time a join.</summary>
/// <param name="count">How many things; each is alone at first.</param>
public sealed class DisjointSets(int count)
{
    private readonly int[] parents = [.. Enumerable.Range(0, count)];
    private readonly int[] sizes = [.. Enumerable.Repeat(1, count)];

    /// <summary>The group's representative.</summary>
    public int Find(int item)
    {
        while (parents[item] != item) item = parents[item] = parents[parents[item]];
        return item;
    }

    /// <summary>Joins the groups of two things; false when they were one already.</summary>
    public bool Join(int a, int b)
    {
        (a, b) = (Find(a), Find(b));
        if (a == b) return false;
        if (sizes[a] < sizes[b]) (a, b) = (b, a);
        parents[b] = a;
        sizes[a] += sizes[b];
        return true;
    }

    /// <summary>Groups of two and more, each in ascending order, ordered by their first member.</summary>
    public IEnumerable<int[]> Groups() =>
        Enumerable.Range(0, parents.Length).Where(i => sizes[Find(i)] > 1).GroupBy(Find).Select(g => g.ToArray());
}
