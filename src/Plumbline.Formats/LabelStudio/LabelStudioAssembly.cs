using System.Collections.Immutable;
using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Formats.Datasets;

namespace Plumbline.Formats.LabelStudio;

/// <summary>
/// Puts results together: those of one id are one region with its labels and attributes; keypoints whose <c>parentID</c> is a region are the points of that one object, never of another.
/// </summary>
internal sealed class LabelStudioAssembly
{
    private readonly Dictionary<string, Region> byId = new(StringComparer.Ordinal);
    private readonly HashSet<string> withRegion = new(StringComparer.Ordinal);

    /// <summary>One region, or one choice for the whole image.</summary>
    internal sealed class Region
    {
        /// <summary>The result that has the shape, or for an image's choice the first.</summary>
        public required LabelStudioResult First { get; set; }

        public required LabelStudioResultSet Set { get; init; }

        public List<string> Labels { get; } = [];

        public Dictionary<string, AttributeValue> Attributes { get; } = new(StringComparer.Ordinal);

        public List<Region> Children { get; } = [];

        public Region? Parent { get; set; }

        public double? Score { get; set; }

        /// <summary>Whether it is about the whole image.</summary>
        public bool IsTag { get; set; }
    }

    /// <summary>Regions in the order of the file; keypoints of a region are among its children only.</summary>
    public List<Region> Regions { get; } = [];

    /// <summary>Relations between ids.</summary>
    public List<LabelStudioResult> Relations { get; } = [];

    /// <summary>Values for the whole image, by control.</summary>
    public ImmutableSortedDictionary<string, AttributeValue>.Builder ImageAttributes { get; } = DatasetAnnotation.NoAttributes.ToBuilder();

    /// <summary>Keypoints whose parent is not there.</summary>
    public List<LabelStudioResult> Orphans { get; } = [];

    /// <summary>Adds one annotation or prediction of the task.</summary>
    public void Add(LabelStudioResultSet set)
    {
        byId.Clear();
        withRegion.Clear();
        foreach (var result in set.Results)
        {
            if (result.Id is { } id && (result.IsRegion || result.Type == "choices")) withRegion.Add(id);
        }

        var first = Regions.Count;
        foreach (var result in set.Results) Add(set, result);
        var children = new HashSet<Region>();
        for (var i = first; i < Regions.Count; i++)
        {
            var region = Regions[i];
            if (region.First.ParentId is not { Length: > 0 } parentId || region.First.Type is not ("keypointlabels" or "keypoint")) continue;
            if (byId.TryGetValue(parentId, out var parent) && parent != region && !parent.IsTag && parent.First.Type is not ("keypointlabels" or "keypoint") && parent.Labels.Count > 0)
            {
                region.Parent = parent;
                parent.Children.Add(region);
                children.Add(region);
            }
            else
            {
                Orphans.Add(region.First);
            }
        }

        Regions.RemoveAll(children.Contains);
    }

    /// <summary>The region or keypoint of an id among those added last; null when there is none.</summary>
    public Region? Find(string? id) => id is not null && byId.TryGetValue(id, out var region) ? region : null;

    private void Add(LabelStudioResultSet set, LabelStudioResult result)
    {
        if (result.Type == "relation")
        {
            Relations.Add(result);
            return;
        }

        var known = Find(result.Id);
        if (known is null && !result.IsRegion && result.Type != "choices")
        {
            // No region of its own: about the whole image, unless the region comes later under the same id.
            if (result.Id is { } id && withRegion.Contains(id)) known = Begin(set, result, id);
            else
            {
                if (ValueOf(result) is { } value && result.FromName is { Length: > 0 } name) ImageAttributes[name] = value;
                return;
            }
        }

        if (known is null)
        {
            known = Begin(set, result, result.Id);
            if (!result.IsRegion)
            {
                known.IsTag = true;
                known.Labels.AddRange(result.Choices ?? []);
                known.Score ??= result.Score;
                return;
            }
        }
        else if (result.IsRegion && (!known.First.IsRegion || known.IsTag))
        {
            known.First = result;
            known.IsTag = false;
        }

        known.Score ??= result.Score;
        if (result.Labels is { } labels) known.Labels.AddRange(labels.Except(known.Labels));
        if (ValueOf(result) is { } attribute && result.FromName is { Length: > 0 } control) known.Attributes[control] = attribute;
    }

    private Region Begin(LabelStudioResultSet set, LabelStudioResult result, string? id)
    {
        var region = new Region { First = result, Set = set };
        Regions.Add(region);
        if (id is not null) byId[id] = region;
        return region;
    }

    private static AttributeValue? ValueOf(LabelStudioResult result) => result.Type switch
    {
        "choices" => result.Choices switch
        {
            ["true"] => new AttributeValue.Flag(true),
            ["false"] => new AttributeValue.Flag(false),
            [var one] => new AttributeValue.Text(one),
            { Count: > 1 } many => new AttributeValue.Choices([.. many]),
            _ => null,
        },
        "taxonomy" => result.Choices is { Count: > 0 } paths ? new AttributeValue.Choices([.. paths]) : null,
        "textarea" => result.Text is { Count: > 0 } lines ? new AttributeValue.Text(string.Join('\n', lines)) : null,
        "number" or "rating" => result.Number is { } number ? new AttributeValue.Number(number) : null,
        _ => null,
    };
}
