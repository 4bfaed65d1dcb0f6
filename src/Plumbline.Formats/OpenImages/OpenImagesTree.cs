using Plumbline.Formats.Datasets;
using Plumbline.Formats.Reports;
using Plumbline.Formats.Text;

namespace Plumbline.Formats.OpenImages;

/// <summary>The tree of classes as Open Images writes it: nested below one root.</summary>
internal sealed class OpenImagesTree(DatasetHeader header, string[] labels, LossReport losses)
{
    // JSON readers stop at 64 levels, of which each class takes two.
    private const int MaxDepth = 28;
    private static readonly LossKind Lost = new("class-tree", "parent", "In Open Images' tree no class stands above itself, and here no more than 28 levels; the class above is left out.");
    private readonly Utf8Text text = new();
    private int written;

    /// <summary>The file.</summary>
    public byte[] Format()
    {
        var byName = header.Classes.Select((c, i) => (c.Name, i)).DistinctBy(c => c.Name).ToDictionary(c => c.Name, c => c.i, StringComparer.Ordinal);
        var children = new SortedDictionary<string, List<int>>(StringComparer.Ordinal);
        for (var i = 0; i < labels.Length; i++)
        {
            if (header.Classes[i].Parent is not { Length: > 0 } parent) continue;
            var above = byName.TryGetValue(parent, out var place) ? labels[place] : parent;
            if (!children.TryGetValue(above, out var list)) children[above] = list = [];
            list.Add(i);
        }

        var tops = children.Keys.Where(k => !labels.Contains(k)).Concat(labels.Where((l, i) => children.ContainsKey(l) && string.IsNullOrEmpty(header.Classes[i].Parent))).Distinct().ToList();
        text.Add("{\"LabelName\":\"/m/0bl9f\",\"Subcategory\":["u8);
        for (var i = 0; i < tops.Count; i++) Node(tops[i], children, i == 0, 1);
        text.Add("]}\n"u8);
        losses.AddForAll(Lost, header.Classes.Count(c => !string.IsNullOrEmpty(c.Parent)) - written);
        return [.. text.Written];
    }

    private void Node(string label, SortedDictionary<string, List<int>> children, bool first, int depth)
    {
        text.Add(first ? "{\"LabelName\":"u8 : ",{\"LabelName\":"u8).AddJson(label);
        if (depth < MaxDepth && children.TryGetValue(label, out var below))
        {
            text.Add(",\"Subcategory\":["u8);
            for (var i = 0; i < below.Count; i++)
            {
                written++;
                Node(labels[below[i]], children, i == 0, depth + 1);
            }

            text.Add("]"u8);
        }

        text.Add("}"u8);
    }
}
