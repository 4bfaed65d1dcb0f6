namespace Plumbline.Formats.Collections;

/// <summary>Values by group, in the order they came in. The values stay where they are: four bytes each say in which order they are seen.</summary>
internal sealed class Grouped<T>
    where T : struct
{
    private readonly ChunkedList<T> values;
    private readonly int[] order;
    private readonly int[] starts;

    private Grouped(ChunkedList<T> values, int[] order, int[] starts)
    {
        this.values = values;
        this.order = order;
        this.starts = starts;
    }

    public static Grouped<T> Empty { get; } = new(new(), [], [0]);

    public Group this[int group] => new(values, order.AsSpan(starts[group], starts[group + 1] - starts[group]));

    /// <summary>A counting sort; values of a negative group are left out.</summary>
    public static Grouped<T> From(ChunkedList<T> values, Func<T, int> groupOf, int groups)
    {
        var starts = new int[groups + 1];
        for (var i = 0; i < values.Count; i++)
        {
            if (groupOf(values[i]) is var group and >= 0) starts[group]++;
        }

        // Each start is first the end of its group, and comes down to the start as the group is filled from behind.
        for (var i = 1; i <= groups; i++) starts[i] += starts[i - 1];
        var order = new int[starts[groups]];
        for (var i = values.Count - 1; i >= 0; i--)
        {
            if (groupOf(values[i]) is var group and >= 0) order[--starts[group]] = i;
        }

        return new(values, order, starts);
    }

    /// <summary>The values of one group.</summary>
    internal readonly ref struct Group(ChunkedList<T> values, ReadOnlySpan<int> places)
    {
        private readonly ReadOnlySpan<int> places = places;

        public int Length => places.Length;

        public T this[int index] => values[places[index]];

        public Enumerator GetEnumerator() => new(this);

        public List<T> ToList()
        {
            var list = new List<T>(Length);
            foreach (var value in this) list.Add(value);
            return list;
        }
    }

    internal ref struct Enumerator(Group group)
    {
        private readonly Group group = group;
        private int index = -1;

        public readonly T Current => group[index];

        public bool MoveNext() => ++index < group.Length;
    }
}
