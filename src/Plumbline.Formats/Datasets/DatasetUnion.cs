using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Plumbline.Core.Datasets;
using Plumbline.Core.Quality.Matching;
using Plumbline.Formats.Files;

namespace Plumbline.Formats.Datasets;

/// <summary>An annotation that was left out of a union because another source has the same object.</summary>
/// <param name="Image">The image's path in the union.</param>
/// <param name="Kept">How reports call the one that stayed.</param>
/// <param name="Dropped">How reports call the one that did not.</param>
/// <param name="Source">The source of the one that did not, from 0.</param>
/// <param name="Overlap">How far they are the same.</param>
public sealed record DroppedTwin(string Image, string Kept, string Dropped, int Source, double Overlap);

/// <summary>
/// Several datasets as one: classes are the same by name, images by split and path. An object that several sources have (same class, overlap at least as given) is kept once, as the first source has it;
/// objects of one source are never joined. Two different pictures of one path are kept both, the later under another name. Sources stream side by side; none is held.
/// </summary>
public sealed class DatasetUnion : DatasetReader
{
    private readonly IReadOnlyList<DatasetReader> sources;
    private readonly ImmutableArray<int>[] classPlaces;
    private readonly double least;
    private readonly Action<DroppedTwin> onDropped;
    private readonly Action<string, string> onRenamed;

    /// <param name="sources">The datasets, read with <see cref="ReadDetail.Shapes"/>; disposed of by the caller.</param>
    /// <param name="least">Objects that are the same by at least this are one; see <see cref="ShapeSimilarity"/>.</param>
    /// <param name="onDropped">Receives each annotation that is left out.</param>
    /// <param name="onRenamed">Receives the old and the new path of each image that had to make way.</param>
    public DatasetUnion(IReadOnlyList<DatasetReader> sources, double least, Action<DroppedTwin> onDropped, Action<string, string> onRenamed)
    {
        (this.sources, this.least, this.onDropped, this.onRenamed) = (sources, least, onDropped, onRenamed);
        var classes = new List<DatasetClass>();
        var byName = new Dictionary<(string, int), int>();
        classPlaces = new ImmutableArray<int>[sources.Count];
        for (var s = 0; s < sources.Count; s++)
        {
            var seen = new Dictionary<string, int>(StringComparer.Ordinal);
            classPlaces[s] = [.. sources[s].Header.Classes.Select(c => PlaceOf(c, seen))];
        }

        var headers = sources.Select(s => s.Header).ToList();
        var format = headers.Select(h => h.Format).Distinct().ToList() is [var only] ? only : "";
        Header = new DatasetHeader
        {
            Format = format,
            Classes = [.. classes.Select(c => c with { SourceId = null, Raw = default })],
            ImageAttributes = [.. headers.SelectMany(h => h.ImageAttributes).DistinctBy(a => a.Name)],
            Splits = [.. headers.SelectMany(h => h.Splits).Distinct().Order(StringComparer.Ordinal)],
            Fields = format.Length > 0 ? [.. headers.SelectMany(h => h.Fields).DistinctBy(f => f.Name)] : [],
        };

        int PlaceOf(DatasetClass one, Dictionary<string, int> seen)
        {
            var key = (one.Name, seen[one.Name] = seen.GetValueOrDefault(one.Name) + 1); // two classes of one name in one file stay two
            if (byName.TryGetValue(key, out var place)) return place;
            classes.Add(one);
            return byName[key] = classes.Count - 1;
        }
    }

    /// <inheritdoc />
    public override DatasetHeader Header { get; }

    /// <inheritdoc />
    public override async IAsyncEnumerable<DatasetItem> ReadItemsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var readers = sources.Select(s => s.ReadItemsAsync(cancellationToken).GetAsyncEnumerator(cancellationToken)).ToList();
        var names = new HashSet<(string?, string)>();
        try
        {
            var ready = new bool[readers.Count];
            for (var s = 0; s < readers.Count; s++) ready[s] = await readers[s].MoveNextAsync();
            while (Array.IndexOf(ready, true) >= 0)
            {
                var first = Enumerable.Range(0, readers.Count).Where(s => ready[s]).MinBy(s => (readers[s].Current.Split, readers[s].Current.Path), ItemOrder.Instance);
                var (split, path) = (readers[first].Current.Split, readers[first].Current.Path);
                var together = new List<(int Source, DatasetItem Item)>();
                for (var s = 0; s < readers.Count; s++)
                {
                    while (ready[s] && readers[s].Current.Split == split && readers[s].Current.Path == path)
                    {
                        together.Add((s, readers[s].Current));
                        ready[s] = await readers[s].MoveNextAsync();
                    }
                }

                foreach (var item in Join(together, names)) yield return item;
            }
        }
        finally
        {
            foreach (var reader in readers) await reader.DisposeAsync();
        }
    }

    private IEnumerable<DatasetItem> Join(List<(int Source, DatasetItem Item)> together, HashSet<(string?, string)> names)
    {
        while (together.Count > 0)
        {
            var head = together[0].Item;
            var same = together.Where((t, i) => i == 0 || SamePicture(head, t.Item)).ToList();
            together.RemoveAll(same.Contains);
            var path = head.Path;
            for (var n = 2; !names.Add((head.Split, path)); n++) path = FormattableString.Invariant($"{TreePath.Stem(head.Path)}_{n}{head.Path[TreePath.Stem(head.Path).Length..]}");
            if (path != head.Path) onRenamed(head.Path, path);
            yield return head with
            {
                Path = path,
                SourceId = null,
                Raw = default,
                Size = same.Select(s => s.Item.Size).FirstOrDefault(s => s is not null),
                Picture = same.Select(s => s.Item.Picture).FirstOrDefault(p => p is not null),
                Outcome = same.Select(s => s.Item.Outcome).FirstOrDefault(o => o is not null),
                Relations = same.Count == 1 ? head.Relations : [],
                Annotations = Annotations(path, same),
            };
        }
    }

    private List<DatasetAnnotation> Annotations(string path, List<(int Source, DatasetItem Item)> same)
    {
        var kept = new List<(DatasetAnnotation Annotation, string Name)>();
        foreach (var (source, item) in same)
        {
            var own = item.Annotations.Select(a => (Annotation: a with { ClassIndex = classPlaces[source][a.ClassIndex], Raw = default }, Name: item.NameOf(a))).ToList();
            var twin = Twins(kept, own);
            for (var i = 0; i < own.Count; i++)
            {
                if (twin[i] < 0) kept.Add(own[i]);
                else onDropped(new(path, kept[twin[i]].Name, own[i].Name, source, ShapeSimilarity.Of(kept[twin[i]].Annotation.Shape, own[i].Annotation.Shape)));
            }
        }

        return kept.ConvertAll(k => same.Count == 1 ? k.Annotation : k.Annotation with { SourceId = null });
    }

    // For each of one's own annotations the kept one that is the same object, −1 where there is none.
    private int[] Twins(List<(DatasetAnnotation Annotation, string Name)> kept, List<(DatasetAnnotation Annotation, string Name)> own)
    {
        var similarity = new double[own.Count * kept.Count];
        for (var i = 0; i < own.Count; i++)
        {
            for (var j = 0; j < kept.Count; j++)
            {
                if (own[i].Annotation.ClassIndex == kept[j].Annotation.ClassIndex) similarity[(i * kept.Count) + j] = ShapeSimilarity.Of(own[i].Annotation.Shape, kept[j].Annotation.Shape);
            }
        }

        return OptimalAssignment.Solve(similarity, own.Count, kept.Count, least);
    }

    private static bool SamePicture(DatasetItem a, DatasetItem b)
    {
        if (a.Size is { } one && b.Size is { } other && one != other) return false;
        if (a.Picture is null || b.Picture is null) return true; // nothing tells them apart
        using Stream first = a.Picture.OpenRead(), second = b.Picture.OpenRead();
        if (first.CanSeek && second.CanSeek && first.Length != second.Length) return false;
        byte[] x = new byte[1 << 16], y = new byte[1 << 16];
        while (true)
        {
            var count = first.ReadAtLeast(x, x.Length, throwOnEndOfStream: false);
            if (second.ReadAtLeast(y, y.Length, throwOnEndOfStream: false) != count || !x.AsSpan(0, count).SequenceEqual(y.AsSpan(0, count))) return false;
            if (count == 0) return true;
        }
    }

    private sealed class ItemOrder : IComparer<(string? Split, string Path)>
    {
        public static ItemOrder Instance { get; } = new();

        public int Compare((string? Split, string Path) a, (string? Split, string Path) b) =>
            string.CompareOrdinal(a.Split, b.Split) is var bySplit and not 0 ? bySplit : string.CompareOrdinal(a.Path, b.Path);
    }
}
