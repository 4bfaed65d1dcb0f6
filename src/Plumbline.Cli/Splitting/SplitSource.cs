using Plumbline.Core.Datasets;
using Plumbline.Formats.Datasets;
using Plumbline.Imaging;

namespace Plumbline.Cli.Splitting;

/// <summary>What has to be known of every image to share images out: about 200 bytes an image.</summary>
internal sealed class SplitSource
{
    private readonly Dictionary<string, int> labelPlaces = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> groupPlaces = new(StringComparer.Ordinal);

    /// <summary>Paths in the order of reading, with the split that each had.</summary>
    public List<(string Path, string? Split)> Images { get; } = [];

    /// <summary>The labels of each image with their counts.</summary>
    public List<(int Label, int Count)[]> Labels { get; } = [];

    /// <summary>The group of each image; −1 for none.</summary>
    public List<int> Groups { get; } = [];

    /// <summary>For each image that has a picture its difference hash.</summary>
    public List<ulong?> Hashes { get; } = [];

    /// <summary>For each image the first one with equal pixels; itself where there is none.</summary>
    public List<int> SameAs { get; } = [];

    /// <summary>Names of the labels.</summary>
    public IReadOnlyList<string> LabelNames => [.. labelPlaces.OrderBy(l => l.Value).Select(l => l.Key)];

    /// <summary>How many groups there are.</summary>
    public int GroupCount => groupPlaces.Count;

    /// <summary>Reads a dataset.</summary>
    /// <param name="reader">The dataset.</param>
    /// <param name="groupBy">Which group an image belongs to; null for no groups.</param>
    /// <param name="stratifyBy">Which labels it has.</param>
    /// <param name="pictures">Whether pictures are looked at.</param>
    /// <param name="progress">Images done and in all.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static async Task<SplitSource> ReadAsync(
        DatasetReader reader, Func<DatasetItem, string?>? groupBy, Func<DatasetItem, IEnumerable<string>> stratifyBy, bool pictures, Action<long, long?>? progress, CancellationToken cancellationToken)
    {
        var source = new SplitSource();
        var equal = new EqualPictures(ImageLimits.Default);
        await foreach (var (item, look) in PictureLooks.LookAsync(reader.ReadItemsAsync(cancellationToken), i => pictures ? i.Picture : null, cancellationToken: cancellationToken))
        {
            source.Add(item, groupBy, stratifyBy);
            var facts = pictures ? PictureLooks.Facts(look, source.SameAs.Count, equal, item.Picture) : null;
            source.Hashes.Add(facts?.PixelHash is null ? null : facts.DifferenceHash);
            source.SameAs.Add(facts?.PixelHash is { } first ? int.Parse(first, System.Globalization.CultureInfo.InvariantCulture) : source.SameAs.Count);
            progress?.Invoke(source.Images.Count, reader.ItemCount);
        }

        return source;
    }

    /// <summary>Images that must stay together: one group, equal pixels, or looks within so many bits.</summary>
    public DisjointSets Clusters(int? bits)
    {
        var sets = new DisjointSets(Images.Count);
        var first = new int[GroupCount];
        Array.Fill(first, -1);
        for (var i = 0; i < Images.Count; i++)
        {
            sets.Join(SameAs[i], i);
            if (Groups[i] is not (var group and >= 0)) continue;
            if (first[group] < 0) first[group] = i;
            else sets.Join(first[group], i);
        }

        if (bits is { } near) FindNear(near, (a, b, _) => sets.Join(a, b));
        return sets;
    }

    /// <summary>Calls for each pair of images whose pictures differ in at most so many bits.</summary>
    public void FindNear(int bits, Action<int, int, int> found)
    {
        var places = Enumerable.Range(0, Hashes.Count).Where(i => Hashes[i] is not null).ToArray();
        HashNeighbours.Find([.. places.Select(p => Hashes[p]!.Value)], bits, (a, b, distance) => found(places[a], places[b], distance)); // filtered: a hash is there
    }

    private void Add(DatasetItem item, Func<DatasetItem, string?>? groupBy, Func<DatasetItem, IEnumerable<string>> stratifyBy)
    {
        Images.Add((item.Path, item.Split));
        Labels.Add([.. stratifyBy(item).GroupBy(l => l, StringComparer.Ordinal).Select(g => (Place(labelPlaces, g.Key), g.Count()))]);
        Groups.Add(groupBy?.Invoke(item) is { } group ? Place(groupPlaces, group) : -1);
    }

    private static int Place(Dictionary<string, int> places, string name)
    {
        if (!places.TryGetValue(name, out var place)) places[name] = place = places.Count;
        return place;
    }
}
