namespace Plumbline.Core.Quality;

/// <summary>Sorting in which equal keys keep their order, as numpy's merge sort: scores tie often, and the order of ties is part of COCO's protocol.</summary>
public static class StableSort
{
    /// <summary>Sorts by rising key; items of equal keys by rising item.</summary>
    /// <param name="keys">No NaN.</param>
    /// <param name="items">One a key, rising.</param>
    public static void Ascending(Span<double> keys, Span<int> items)
    {
        keys.Sort(items);
        for (var start = 0; start < keys.Length;)
        {
            var end = start + 1;
            while (end < keys.Length && keys[end] == keys[start]) end++;
            if (end - start > 1) items[start..end].Sort();
            start = end;
        }
    }
}
