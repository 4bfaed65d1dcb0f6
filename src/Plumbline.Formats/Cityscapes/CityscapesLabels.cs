using System.Collections.Frozen;

namespace Plumbline.Formats.Cityscapes;

/// <summary>The 34 labels of Cityscapes with their numbers and colours.</summary>
/// <remarks>Source: cityscapesScripts, helpers/labels.py. <c>license plate</c> has the number −1 and is in no map.</remarks>
internal static class CityscapesLabels
{
    /// <summary>One label.</summary>
    /// <param name="Name">As in the polygons.</param>
    /// <param name="Id">Its number in maps of labels.</param>
    /// <param name="Color"><c>#rrggbb</c>.</param>
    /// <param name="HasInstances">Whether maps of instances tell its objects apart.</param>
    internal sealed record Label(string Name, int Id, string Color, bool HasInstances);

    /// <summary>What names of polygons end in that are a group of objects.</summary>
    public const string Group = "group";

    /// <summary>All labels, by number.</summary>
    public static IReadOnlyList<Label> All { get; } =
    [
        new("unlabeled", 0, "#000000", false), new("ego vehicle", 1, "#000000", false), new("rectification border", 2, "#000000", false), new("out of roi", 3, "#000000", false),
        new("static", 4, "#000000", false), new("dynamic", 5, "#6f4a00", false), new("ground", 6, "#510051", false),
        new("road", 7, "#804080", false), new("sidewalk", 8, "#f423e8", false), new("parking", 9, "#faaaa0", false), new("rail track", 10, "#e6968c", false),
        new("building", 11, "#464646", false), new("wall", 12, "#66669c", false), new("fence", 13, "#be9999", false),
        new("guard rail", 14, "#b4a5b4", false), new("bridge", 15, "#966464", false), new("tunnel", 16, "#96785a", false),
        new("pole", 17, "#999999", false), new("polegroup", 18, "#999999", false), new("traffic light", 19, "#faaa1e", false), new("traffic sign", 20, "#dcdc00", false),
        new("vegetation", 21, "#6b8e23", false), new("terrain", 22, "#98fb98", false), new("sky", 23, "#4682b4", false),
        new("person", 24, "#dc143c", true), new("rider", 25, "#ff0000", true),
        new("car", 26, "#00008e", true), new("truck", 27, "#000046", true), new("bus", 28, "#003c64", true), new("caravan", 29, "#00005a", true),
        new("trailer", 30, "#00006e", true), new("train", 31, "#005064", true), new("motorcycle", 32, "#0000e6", true), new("bicycle", 33, "#770b20", true),
    ];

    private static readonly FrozenDictionary<string, Label> ByName = All.ToFrozenDictionary(l => l.Name, StringComparer.Ordinal);

    /// <summary>The label of a name; null when it is none of Cityscapes'.</summary>
    public static Label? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>A polygon's name as class and whether it is a group: <c>cargroup</c> is a group of <c>car</c>, <c>polegroup</c> a class of its own.</summary>
    public static (string Name, bool IsGroup) Parse(string name) =>
        Find(name) is null && name.EndsWith(Group, StringComparison.Ordinal) && Find(name[..^Group.Length]) is { HasInstances: true } one ? (one.Name, true) : (name, false);
}
