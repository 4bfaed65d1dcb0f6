using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Pictures;
using Plumbline.Formats.Reports;

namespace Plumbline.Formats.Evaluation;

/// <summary>One image as several datasets have it.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Split">Its split; null where there are none.</param>
/// <param name="Size">Columns and rows; null where no dataset says.</param>
/// <param name="Items">One entry a dataset; null where it lacks the image.</param>
/// <param name="Classes">One entry a dataset: for each of its classes the place in <see cref="AlignedDatasets.Classes"/>.</param>
public sealed record AlignedImage(string Path, string? Split, PictureSize? Size, IReadOnlyList<DatasetItem?> Items, IReadOnlyList<int[]> Classes);

/// <summary>Several datasets over the same images, read side by side: one image at a time, whatever their number.</summary>
public sealed class AlignedDatasets
{
    private readonly IReadOnlyList<(string Name, DatasetReader Reader)> datasets;
    private readonly int[][] classes;
    private readonly bool bySplit;

    /// <param name="datasets">What people call each, and its reader.</param>
    public AlignedDatasets(IReadOnlyList<(string Name, DatasetReader Reader)> datasets)
    {
        this.datasets = datasets;
        (Classes, classes) = Union(datasets.Select(d => d.Reader.Header.Classes).ToList());
        // A dataset that does not say its splits beforehand is taken to have one; reading notices when it is not so.
        var splits = datasets.Select(d => d.Reader.Header.Splits).Where(s => !s.IsDefaultOrEmpty).ToList();
        bySplit = splits.Count == datasets.Count && splits.All(s => s.Length > 1 && s.AsSpan().SequenceEqual(splits[0].AsSpan()));
    }

    /// <summary>The classes of all, by name: those of the first dataset first.</summary>
    public IReadOnlyList<DatasetClass> Classes { get; }

    /// <summary>Images that lie in at least two of the datasets, so far.</summary>
    public long Shared { get; private set; }

    /// <summary>Streams the images that any dataset has, by split and path.</summary>
    /// <exception cref="DatasetFormatException">Images are not in one order, or datasets give one image different sizes.</exception>
    public async IAsyncEnumerable<AlignedImage> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var heads = datasets.Select(d => d.Reader.ReadItemsAsync(cancellationToken).GetAsyncEnumerator(cancellationToken)).ToList();
        try
        {
            var open = new bool[heads.Count];
            for (var i = 0; i < heads.Count; i++) open[i] = await heads[i].MoveNextAsync();
            while (Enumerable.Range(0, heads.Count).Where(i => open[i]).Select(i => heads[i].Current).MinBy(KeyOf, KeyOrder) is { } least)
            {
                var key = KeyOf(least);
                var items = new DatasetItem?[heads.Count];
                for (var i = 0; i < heads.Count; i++)
                {
                    if (!open[i] || KeyOrder.Compare(KeyOf(heads[i].Current), key) != 0) continue;
                    items[i] = heads[i].Current;
                    open[i] = await heads[i].MoveNextAsync();
                    if (open[i] && KeyOrder.Compare(KeyOf(heads[i].Current), key) <= 0) throw NotInOrder(i, heads[i].Current.Path);
                }

                if (items.Count(item => item is not null) > 1) Shared++;
                yield return new(least.Path, least.Split, SizeOf(items), items, classes);
            }
        }
        finally
        {
            foreach (var head in heads) await head.DisposeAsync();
        }
    }

    private static readonly Comparer<(string Split, string Path)> KeyOrder = Comparer<(string Split, string Path)>.Create((a, b) =>
        string.CompareOrdinal(a.Split, b.Split) is var order and not 0 ? order : string.CompareOrdinal(a.Path, b.Path));

    private (string Split, string Path) KeyOf(DatasetItem item) => (bySplit ? item.Split ?? "" : "", item.Path);

    private DatasetFormatException NotInOrder(int dataset, string path) => new(
        datasets[dataset].Name,
        $"{path} comes twice or out of order: it has several splits and the others have not the same ones. Compare them split by split.");

    private PictureSize? SizeOf(DatasetItem?[] items)
    {
        PictureSize? size = null;
        for (var i = 0; i < items.Length; i++)
        {
            if (items[i]?.Size is not { } here) continue;
            if (size is { } known && known != here)
            {
                throw new DatasetFormatException(datasets[i].Name, string.Create(
                    CultureInfo.InvariantCulture, $"{items[i]!.Path} is of {here.Width} × {here.Height} pixels here and of {known.Width} × {known.Height} elsewhere; objects of images of unequal size cannot be compared."));
            }

            size ??= here;
        }

        return size;
    }

    // The same name is the same class; two of one name in one dataset stay two.
    private static (ImmutableArray<DatasetClass> Classes, int[][] Places) Union(List<ImmutableArray<DatasetClass>> lists)
    {
        var union = ImmutableArray.CreateBuilder<DatasetClass>();
        var known = new Dictionary<(string Name, int Nth), int>();
        var places = new int[lists.Count][];
        for (var i = 0; i < lists.Count; i++)
        {
            var seen = new Dictionary<string, int>(StringComparer.Ordinal);
            places[i] = new int[lists[i].Length];
            for (var c = 0; c < lists[i].Length; c++)
            {
                var name = lists[i][c].Name;
                var nth = seen[name] = seen.GetValueOrDefault(name) + 1;
                if (!known.TryGetValue((name, nth), out var place))
                {
                    known.Add((name, nth), place = union.Count);
                    union.Add(lists[i][c]);
                }

                places[i][c] = place;
            }
        }

        return (union.ToImmutable(), places);
    }
}
