using System.Runtime.CompilerServices;

namespace Plumbline.Formats.Datasets;

/// <summary>A dataset whose items are changed or left out on their way.</summary>
/// <param name="inner">The dataset; disposed of with this one.</param>
/// <param name="header">What holds for the whole now.</param>
/// <param name="map">Called with each item and its place from 0; null leaves it out.</param>
public sealed class MappedReader(DatasetReader inner, DatasetHeader header, Func<DatasetItem, int, DatasetItem?> map) : DatasetReader
{
    /// <inheritdoc />
    public override DatasetHeader Header => header;

    /// <inheritdoc />
    public override async IAsyncEnumerable<DatasetItem> ReadItemsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var place = 0;
        await foreach (var item in inner.ReadItemsAsync(cancellationToken))
        {
            if (map(item, place++) is { } mapped) yield return mapped;
        }
    }

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync();
        await base.DisposeAsync();
    }
}
