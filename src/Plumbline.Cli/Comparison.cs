using System.Globalization;
using Plumbline.Core.Annotations;
using Plumbline.Core.Datasets;
using Plumbline.Formats.Datasets;

namespace Plumbline.Cli;

/// <summary>Two datasets, image by image, both in order of split and path: what is in both meets without being held.</summary>
internal static class Comparison
{
    /// <summary>Pairs of items of the same path; one side is null where there is none. Images that changed their split are held until both were seen.</summary>
    public static async IAsyncEnumerable<(DatasetItem? A, DatasetItem? B)> PairsAsync(DatasetReader first, DatasetReader second, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var a = first.ReadItemsAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using var b = second.ReadItemsAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        SortedDictionary<string, Queue<DatasetItem>> onlyA = new(StringComparer.Ordinal), onlyB = new(StringComparer.Ordinal);
        bool hasA = await a.MoveNextAsync(), hasB = await b.MoveNextAsync();
        while (hasA || hasB)
        {
            var order = !hasA ? 1 : !hasB ? -1 : Compare(a.Current, b.Current);
            if (order == 0)
            {
                yield return (a.Current, b.Current);
            }
            else
            {
                var (item, own, other) = order < 0 ? (a.Current, onlyA, onlyB) : (b.Current, onlyB, onlyA);
                if (Take(other, item.Path) is { } partner) yield return order < 0 ? (item, partner) : (partner, item);
                else Hold(own, item);
            }

            if (order <= 0) hasA = await a.MoveNextAsync();
            if (order >= 0) hasB = await b.MoveNextAsync();
        }

        foreach (var item in onlyA.Values.SelectMany(q => q)) yield return (item, null);
        foreach (var item in onlyB.Values.SelectMany(q => q)) yield return (null, item);
    }

    /// <summary>An item's annotations for the comparison.</summary>
    public static ComparedAnnotation[] Annotations(DatasetItem item, DatasetHeader header, bool withIds) =>
        [.. item.Annotations.Select(a => new ComparedAnnotation(header.Classes[a.ClassIndex].Name, a.Shape, withIds ? a.SourceId : null, Values(a)))];

    private static string Values(DatasetAnnotation annotation) => string.Join('\u001f', annotation.Attributes.Select(a => $"{a.Key}={Text(a.Value)}"))
        + string.Create(CultureInfo.InvariantCulture, $"\u001f{annotation.Ignore}\u001f{annotation.Score}\u001f{annotation.GroupId}");

    private static string Text(AttributeValue value) => value is AttributeValue.Choices choices ? string.Join('\u001e', choices.Values) : value.ToString();

    private static int Compare(DatasetItem a, DatasetItem b) =>
        string.CompareOrdinal(a.Split, b.Split) is var bySplit and not 0 ? bySplit : string.CompareOrdinal(a.Path, b.Path);

    private static DatasetItem? Take(SortedDictionary<string, Queue<DatasetItem>> held, string path)
    {
        if (!held.TryGetValue(path, out var queue)) return null;
        var item = queue.Dequeue();
        if (queue.Count == 0) held.Remove(path);
        return item;
    }

    private static void Hold(SortedDictionary<string, Queue<DatasetItem>> held, DatasetItem item)
    {
        if (!held.TryGetValue(item.Path, out var queue)) held[item.Path] = queue = [];
        queue.Enqueue(item);
    }
}
