using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;

namespace Plumbline.Formats.Reports;

/// <summary>Gives every image a path whose stem is its own (<see cref="PathAllocator"/>); another one than it had is a loss.</summary>
/// <param name="losses">Where losses go.</param>
/// <param name="why">When two images collide.</param>
internal sealed class ReportedPaths(LossReport losses, string why = "Another image has the same name but for its extension or case.")
{
    private readonly LossKind renamed = new("path", "path", why);
    private readonly PathAllocator paths = new();

    /// <summary>The image's path among those of a split, as the format lays them out.</summary>
    public string Of(DatasetItem item, string? split)
    {
        var path = paths.Allocate(split, item.Path);
        if (path != item.Path) losses.Add(renamed, item, null, $"{renamed.Why} It is written as {path}.");
        return path;
    }
}
