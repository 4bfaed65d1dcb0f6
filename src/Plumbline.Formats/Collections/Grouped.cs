namespace Plumbline.Formats.Collections;

/// <summary>Values by group, in the order they came in.</summary>
internal sealed class Grouped<T>
    where T : struct
{
    private readonly T[] values;
    private readonly int[] starts;

    private Grouped(T[] values, int[] starts)
    {
        this.values = values;
        this.starts = starts;
    }

    public static Grouped<T> Empty { get; } = new([], [0]);

    public ReadOnlySpan<T> this[int group] => values.AsSpan(starts[group], starts[group + 1] - starts[group]);

    /// <summary>A counting sort; sources of a negative group are left out.</summary>
    public static Grouped<T> From<TSource>(ChunkedList<TSource> sources, Func<TSource, int> groupOf, Func<TSource, T> valueOf, int groups)
        where TSource : struct
    {
        var starts = new int[groups + 1];
        for (var i = 0; i < sources.Count; i++)
        {
            if (groupOf(sources[i]) is var group and >= 0) starts[group + 1]++;
        }

        for (var i = 0; i < groups; i++) starts[i + 1] += starts[i];
        var values = new T[starts[groups]];
        var next = starts.AsSpan(0, groups).ToArray();
        for (var i = 0; i < sources.Count; i++)
        {
            if (groupOf(sources[i]) is var group and >= 0) values[next[group]++] = valueOf(sources[i]);
        }

        return new(values, starts);
    }
}
