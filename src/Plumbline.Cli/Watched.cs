using System.Runtime.CompilerServices;
using Plumbline.Formats.Datasets;

namespace Plumbline.Cli;

/// <summary>A dataset whose items are counted as they go by; the one behind belongs to the caller.</summary>
internal sealed class Watched(DatasetReader inner, Action<long, long?>? progress) : DatasetReader
{
    public override DatasetHeader Header => inner.Header;

    public override long? ItemCount => inner.ItemCount;

    public override async IAsyncEnumerable<DatasetItem> ReadItemsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        long done = 0;
        await foreach (var item in inner.ReadItemsAsync(cancellationToken))
        {
            yield return item;
            progress?.Invoke(++done, inner.ItemCount);
        }
    }
}
