using Plumbline.Formats.Files;
using Plumbline.Formats.Reports;

namespace Plumbline.Formats.Records;

/// <summary>Image paths as label files give them.</summary>
internal static class ItemPath
{
    /// <summary>The path as <see cref="TreePath"/> has it; what leads outside is cut down to what stays inside, with a remark. Null, with an issue, when nothing usable is left.</summary>
    public static string? Of(string name, string field, string file, FilePosition position, IssueLog issues)
    {
        if (TreePath.TryNormalise(name, out var path)) return path;
        path = TreePath.Salvage(name);
        if (path is null) issues.Error("unsafe-path", file, null, field, $"'{name}' cannot be a path inside a dataset; the image is left out.", position);
        else issues.Warning("unsafe-path", file, path, field, $"'{name}' {(TreePath.HasLongSegment(name) ? "has a name that no disk takes" : "leads outside the dataset")}; '{path}' is used.", position);
        return path;
    }
}
