using System.Diagnostics.CodeAnalysis;
using Plumbline.Formats.Files;
using Plumbline.Formats.Pictures;

namespace Plumbline.Formats.Yolo;

/// <summary>Folders as classes: <c>SPLIT/CLASS/path</c>, below any folder, or <c>CLASS/path</c> without splits.</summary>
internal static class PictureFolders
{
    /// <summary>False when the file is no picture or lies in no class's folder.</summary>
    public static bool TryPart(string file, out string? split, [NotNullWhen(true)] out string? name, [NotNullWhen(true)] out string? path)
    {
        (split, name, path) = (null, null, null);
        if (!PictureFinder.IsPicture(file)) return false;
        var segments = file.Split('/');
        var place = Array.FindIndex(segments, SplitNames.Is);
        var from = place >= 0 && place < segments.Length - 2 ? place + 1 : 0;
        if (segments.Length - from < 2) return false;
        if (from > 0) split = segments[from - 1];
        (name, path) = (segments[from], string.Join('/', segments[(from + 1)..]));
        return true;
    }
}
