using System.Collections.Immutable;
using Plumbline.Formats.Datasets;

namespace Plumbline.Formats.Coco;

/// <summary>Classes of several files as one list: the same name is the same class, and two of one name in one file stay two.</summary>
internal sealed class CocoClassUnion
{
    private readonly List<DatasetClass> classes = [];
    private readonly Dictionary<(string Name, int Nth), int> places = [];

    public Dictionary<string, int> Add(IEnumerable<CocoCategory> categories)
    {
        var byId = new Dictionary<string, int>(StringComparer.Ordinal);
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var category in categories)
        {
            var nth = seen.GetValueOrDefault(category.Class.Name);
            seen[category.Class.Name] = nth + 1;
            if (!places.TryGetValue((category.Class.Name, nth), out var place))
            {
                place = classes.Count;
                places.Add((category.Class.Name, nth), place);
                classes.Add(category.Class);
            }

            byId[category.Id] = place;
        }

        return byId;
    }

    public ImmutableArray<DatasetClass> ToImmutable() => [.. classes];
}
