namespace Plumbline.Formats.Evaluation;

/// <summary>Rows of a table ordered by image, then class, then their place in the file, so that an image's objects lie together.</summary>
internal sealed class ObjectOrder
{
    private readonly int[] rows;
    private readonly int[] starts;

    private ObjectOrder(int[] rows, int[] starts) => (this.rows, this.starts) = (rows, starts);

    /// <summary>The rows of images [from, to).</summary>
    public ReadOnlySpan<int> Of(int from, int to) => rows.AsSpan(starts[from], starts[to] - starts[from]);

    /// <summary>Two counting sorts.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="imageOf">Image of a row, below 0 to leave it out.</param>
    /// <param name="images">Number of images.</param>
    /// <param name="classOf">Class of a row.</param>
    /// <param name="classes">Number of classes.</param>
    public static ObjectOrder Of(ObjectTable table, Func<int, int> imageOf, int images, Func<int, int> classOf, int classes)
    {
        var all = new int[table.Count];
        for (var i = 0; i < all.Length; i++) all[i] = i;
        var (byClass, _) = Sorted(all, classOf, classes);
        var (byImage, starts) = Sorted(byClass, imageOf, images);
        return new(byImage, starts);
    }

    private static (int[] Rows, int[] Starts) Sorted(int[] rows, Func<int, int> keyOf, int keys)
    {
        var starts = new int[keys + 1];
        foreach (var row in rows)
        {
            if (keyOf(row) is var key and >= 0) starts[key + 1]++;
        }

        for (var key = 0; key < keys; key++) starts[key + 1] += starts[key];
        var sorted = new int[starts[keys]];
        var next = starts.AsSpan(0, keys).ToArray();
        foreach (var row in rows)
        {
            if (keyOf(row) is var key and >= 0) sorted[next[key]++] = row;
        }

        return (sorted, starts);
    }
}
