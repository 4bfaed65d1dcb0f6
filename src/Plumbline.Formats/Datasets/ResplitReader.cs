using System.Runtime.CompilerServices;

namespace Plumbline.Formats.Datasets;

/// <summary>A dataset in other splits: the source is read once for each split, so that items come split by split without being held.</summary>
/// <param name="header">The source's header.</param>
/// <param name="open">Opens the source from its start; it must give the same items each time.</param>
/// <param name="splits">The new splits, in ordinal order.</param>
/// <param name="splitOf">The place of its new split for the place of an item, from 0.</param>
/// <param name="pathOf">The path that an item shall have.</param>
public sealed class ResplitReader(
    DatasetHeader header, Func<CancellationToken, Task<DatasetReader>> open, IReadOnlyList<string> splits, Func<int, int> splitOf, Func<DatasetItem, string> pathOf) : DatasetReader
{
    /// <inheritdoc />
    public override DatasetHeader Header { get; } = header with { Splits = [.. splits], HasUniqueIds = header.HasUniqueIds && header.Splits.Length == 1 };

    /// <inheritdoc />
    public override async IAsyncEnumerable<DatasetItem> ReadItemsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (var split = 0; split < splits.Count; split++)
        {
            await using var reader = await open(cancellationToken);
            var place = 0;
            await foreach (var item in reader.ReadItemsAsync(cancellationToken))
            {
                if (splitOf(place++) == split) yield return item with { Split = splits[split], Path = pathOf(item) };
            }
        }
    }
}
