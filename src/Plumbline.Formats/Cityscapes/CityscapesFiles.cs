using Plumbline.Formats.Files;

namespace Plumbline.Formats.Cityscapes;

/// <summary>The images of a tree: <c>gtFine/SPLIT/CITY/NAME_gtFine_polygons.json</c> with the maps beside it (<c>gtCoarse</c> alike).</summary>
internal static class CityscapesFiles
{
    private static readonly string[] Marks = ["_gtFine_", "_gtCoarse_"];

    /// <summary>One image.</summary>
    /// <param name="Split">Folder below <c>gtFine</c>.</param>
    /// <param name="Stem">Path below the split, without what the names end in.</param>
    /// <param name="Root">The folder above <c>gtFine</c>.</param>
    /// <param name="Polygons">The JSON; null when there is none.</param>
    /// <param name="Map">The map of instances, else of labels; null when there is neither.</param>
    internal sealed record Entry(string? Split, string Stem, string Root, string? Polygons, string? Map);

    /// <summary>All images, ordered by split, then path.</summary>
    public static List<Entry> Of(IFileTree tree)
    {
        var found = new Dictionary<(string? Split, string Stem, string Root), Entry>();
        foreach (var file in tree.Files)
        {
            var mark = Marks.FirstOrDefault(m => file.Contains(m, StringComparison.Ordinal));
            if (mark is null) continue;
            var cut = file.LastIndexOf(mark, StringComparison.Ordinal);
            var kind = file[(cut + mark.Length)..];
            if (kind is not ("polygons.json" or "instanceIds.png" or "labelIds.png")) continue;
            var (split, stem, root) = Place(file[..cut], mark.Trim('_'));
            var entry = found.GetValueOrDefault((split, stem, root), new(split, stem, root, null, null));
            found[(split, stem, root)] = kind switch
            {
                "polygons.json" => entry with { Polygons = file },
                "instanceIds.png" => entry with { Map = file },
                _ => entry with { Map = entry.Map ?? file },
            };
        }

        return [.. found.Values.OrderBy(e => e.Split, StringComparer.Ordinal).ThenBy(e => e.Stem, StringComparer.Ordinal)];
    }

    private static (string? Split, string Stem, string Root) Place(string path, string folder)
    {
        var segments = path.Split('/');
        var at = Array.IndexOf(segments, folder);
        var root = at < 0 ? "" : string.Join('/', segments[..at]);
        var below = segments[(at + 1)..];
        return below.Length > 1 && (at >= 0 || SplitNames.Is(below[0])) ? (below[0], string.Join('/', below[1..]), root) : (null, string.Join('/', below), root);
    }
}
