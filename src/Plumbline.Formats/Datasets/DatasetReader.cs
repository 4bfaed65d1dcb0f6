namespace Plumbline.Formats.Datasets;

/// <summary>How much of each annotation a writer needs; readers skip the rest, which is most of the bytes.</summary>
public enum ReadDetail
{
    /// <summary>Boxes: outlines are given as their boxes; their bytes are only checked to be numbers.</summary>
    Boxes,

    /// <summary>Boxes, and the records as they stood in the file, fully checked.</summary>
    Verbatim,

    /// <summary>Every shape.</summary>
    Shapes,

    /// <summary>Every shape, and the fields that only the source's format knows.</summary>
    Everything,
}

/// <summary>A dataset that is open for reading. Faults of items go to the issue log given on opening; a fault that ends the reading throws <see cref="Reports.DatasetFormatException"/>.</summary>
public abstract class DatasetReader : IAsyncDisposable
{
    /// <summary>Classes and what else holds for the whole dataset.</summary>
    public abstract DatasetHeader Header { get; }

    /// <summary>How many items there will be, refused ones included; null when not known beforehand.</summary>
    public virtual long? ItemCount => null;

    /// <summary>Streams the items, ordered by split, then by path (both ordinal; images without a split first). May be called once.</summary>
    public abstract IAsyncEnumerable<DatasetItem> ReadItemsAsync(CancellationToken cancellationToken = default);

    /// <inheritdoc />
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
