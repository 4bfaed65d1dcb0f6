namespace Plumbline.Core.Quality.Sampling;

/// <summary>Samples that show every group in proportion.</summary>
public static class StratifiedSample
{
    /// <summary>How many items to take of each group: in proportion to its size by largest remainders, at least one of each group where the sample is large enough, never more than there are.</summary>
    /// <param name="sizes">Items of each group, none negative.</param>
    /// <param name="count">Items to take in all; all items when there are fewer.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count or a size is negative.</exception>
    public static int[] Allocate(ReadOnlySpan<int> sizes, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        long all = 0;
        var filled = 0;
        foreach (var size in sizes)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(size, nameof(sizes));
            all += size;
            if (size > 0) filled++;
        }

        var taken = new int[sizes.Length];
        if (all == 0) return taken;
        var left = (int)Math.Min(count, all);
        var rest = new double[sizes.Length];
        var first = left >= filled ? 1 : 0;
        for (var i = 0; i < sizes.Length; i++)
        {
            var share = (double)left * sizes[i] / all;
            taken[i] = sizes[i] == 0 ? 0 : Math.Max(first, (int)share);
            rest[i] = share - taken[i];
        }

        var order = Enumerable.Range(0, sizes.Length).ToArray();
        for (var missing = left - taken.Sum(); missing != 0; missing += missing > 0 ? -1 : 1)
        {
            var best = -1;
            foreach (var i in order)
            {
                var can = missing > 0 ? taken[i] < sizes[i] : taken[i] > first;
                if (can && (best < 0 || (missing > 0 ? rest[i] > rest[best] : rest[i] < rest[best]))) best = i;
            }

            taken[best] += missing > 0 ? 1 : -1;
            rest[best] += missing > 0 ? -1 : 1;
        }

        return taken;
    }

    /// <summary>The positions of the items drawn, ascending: without replacement, in each group as many as <see cref="Allocate"/> says.</summary>
    /// <param name="groups">The group of each item, by any name.</param>
    /// <param name="count">Items to take.</param>
    /// <param name="seed">The same seed draws the same items.</param>
    public static int[] Draw<T>(IReadOnlyList<T> groups, int count, int seed)
        where T : notnull
    {
        var members = groups.Index().GroupBy(entry => entry.Item, entry => entry.Index).Select(group => group.ToArray()).ToArray();
        var taken = Allocate(members.Select(group => group.Length).ToArray(), count);
        var random = new Random(seed);
        var drawn = new List<int>();
        for (var g = 0; g < members.Length; g++)
        {
            random.Shuffle(members[g]);
            drawn.AddRange(members[g].AsSpan(0, taken[g]));
        }

        drawn.Sort();
        return [.. drawn];
    }
}
