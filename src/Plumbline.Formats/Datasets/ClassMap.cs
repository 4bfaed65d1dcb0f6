using System.Collections.Immutable;
using System.Text.Json;
using Plumbline.Formats.Reports;

namespace Plumbline.Formats.Datasets;

/// <summary>Renames, joins and drops classes by name: <c>{"old name":"new name","unwanted":null}</c>. Classes that are not named stay.</summary>
public sealed class ClassMap
{
    private static readonly LossKind Dropped = new("class-left-out", "annotation", "Its class is mapped to nothing.");
    private readonly Dictionary<string, string?> names;

    /// <param name="names">New names by old; null drops the class with its annotations.</param>
    public ClassMap(IEnumerable<KeyValuePair<string, string?>> names) => this.names = new(names, StringComparer.Ordinal);

    /// <summary>Reads a map from JSON.</summary>
    /// <exception cref="DatasetFormatException">Not an object of strings and nulls.</exception>
    public static ClassMap Parse(ReadOnlySpan<byte> json, string file)
    {
        try
        {
            var names = JsonSerializer.Deserialize(json, ClassMapJson.Default.DictionaryStringString);
            return names is null ? throw new DatasetFormatException(file, "a class map is an object such as {\"old\":\"new\",\"unwanted\":null}.") : new ClassMap(names!);
        }
        catch (JsonException e)
        {
            throw new DatasetFormatException(file, "a class map is an object such as {\"old\":\"new\",\"unwanted\":null}.", new(e.LineNumber + 1, e.BytePositionInLine + 1), e);
        }
    }

    /// <summary>The dataset as the map makes it. Mapped names that the dataset lacks are remarked on; dropped annotations are losses.</summary>
    public DatasetReader Apply(DatasetReader dataset, LossReport losses, IssueLog issues)
    {
        foreach (var missing in names.Keys.Except(dataset.Header.Classes.Select(c => c.Name)).Order(StringComparer.Ordinal))
            issues.Warning("class-not-found", "--classes", missing, null, "the dataset has no class of this name.");
        var classes = ImmutableArray.CreateBuilder<DatasetClass>();
        var places = new int?[dataset.Header.Classes.Length];
        var byName = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < places.Length; i++)
        {
            var old = dataset.Header.Classes[i];
            if (!names.TryGetValue(old.Name, out var name)) name = old.Name;
            if (name is null) continue;
            if (!byName.TryGetValue(name, out var place) || !names.ContainsKey(old.Name))
            {
                place = classes.Count;
                byName[name] = place;
                classes.Add(name == old.Name ? old : old with { Name = name, Raw = default });
            }

            places[i] = place;
        }

        return new Mapped(dataset, dataset.Header with { Classes = classes.ToImmutable() }, places, losses);
    }

    private sealed class Mapped(DatasetReader inner, DatasetHeader header, int?[] places, LossReport losses) : DatasetReader
    {
        public override DatasetHeader Header => header;

        public override long? ItemCount => inner.ItemCount;

        public override async IAsyncEnumerable<DatasetItem> ReadItemsAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await foreach (var item in inner.ReadItemsAsync(cancellationToken))
            {
                var kept = new List<DatasetAnnotation>(item.Annotations.Count);
                var moved = new int[item.Annotations.Count];
                for (var i = 0; i < moved.Length; i++)
                {
                    var annotation = item.Annotations[i];
                    moved[i] = places[annotation.ClassIndex] is null ? -1 : kept.Count;
                    if (places[annotation.ClassIndex] is { } place) kept.Add(place == annotation.ClassIndex ? annotation : annotation.WithClass(place));
                    else losses.Add(Dropped, item, annotation);
                }

                yield return item with { Annotations = kept, Relations = DatasetRelation.Moved(item.Relations, moved) };
            }
        }

        public override async ValueTask DisposeAsync()
        {
            await inner.DisposeAsync();
            await base.DisposeAsync();
        }
    }
}

[System.Text.Json.Serialization.JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class ClassMapJson : System.Text.Json.Serialization.JsonSerializerContext;
