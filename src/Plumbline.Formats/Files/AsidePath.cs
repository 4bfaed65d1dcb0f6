using System.Text.RegularExpressions;

namespace Plumbline.Formats.Files;

/// <summary>Names of what is written beside its final name and renamed when it is complete.</summary>
public static partial class AsidePath
{
    /// <summary>A full path beside the final one that nobody else has.</summary>
    public static string For(string final) => $"{Path.TrimEndingDirectorySeparator(Path.GetFullPath(final))}.{Guid.NewGuid():N}.partial";

    /// <summary>A message of the system with final names, which people know, in place of those beside them.</summary>
    public static string Unnamed(string message) => Beside().Replace(message, "");

    [GeneratedRegex(@"\.[0-9a-f]{32}\.partial")]
    private static partial Regex Beside();
}
