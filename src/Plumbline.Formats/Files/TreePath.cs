using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Plumbline.Formats.Files;

/// <summary>Paths inside a tree: relative, <c>/</c>-separated, without <c>.</c> or <c>..</c> segments. Nothing else may name a file of a dataset.</summary>
public static class TreePath
{
    private const int MaxLength = 4096;
    private const int MaxSegmentBytes = 255;

    /// <summary>Brings a path from a file into the form above.</summary>
    /// <returns>False when the path is absolute, leaves its folder, is empty, over 4,096 characters, holds a NUL or a name over 255 bytes, which no disk takes: such a path must not be used.</returns>
    public static bool TryNormalise(string path, [NotNullWhen(true)] out string? normal)
    {
        normal = null;
        if (path.Length is 0 or > MaxLength || path.Contains('\0', StringComparison.Ordinal) || HasLongSegment(path)) return false;
        if (IsNormal(path))
        {
            normal = path;
            return true;
        }

        var slashed = path.Replace('\\', '/');
        if (slashed[0] == '/' || (slashed.Length > 1 && slashed[1] == ':' && char.IsAsciiLetter(slashed[0]))) return false;
        var segments = slashed.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(s => s != ".").ToArray();
        if (segments.Length == 0 || segments.Contains("..")) return false;
        normal = string.Join('/', segments);
        return true;
    }

    /// <summary>What is left of an unusable path when the parts that make it so are taken away; null when nothing is.</summary>
    public static string? Salvage(string path)
    {
        var segments = path.Replace('\\', '/').Replace("\0", "", StringComparison.Ordinal).Split('/', StringSplitOptions.RemoveEmptyEntries)
            .Where(s => s is not ("." or "..") && !(s.Length == 2 && s[1] == ':'))
            .Select(Shortened);
        var joined = string.Join('/', segments);
        return joined.Length is 0 or > MaxLength ? null : joined;
    }

    /// <summary>The folder of a path, without a trailing slash; empty for a file at the root.</summary>
    public static string Folder(string path) => path.LastIndexOf('/') is var cut and >= 0 ? path[..cut] : "";

    /// <summary>The last segment.</summary>
    public static string FileName(string path) => path[(path.LastIndexOf('/') + 1)..];

    /// <summary>The path without the extension of its last segment.</summary>
    public static string Stem(string path) => path[..Stem(path.AsSpan()).Length];

    /// <inheritdoc cref="Stem(string)" />
    public static ReadOnlySpan<char> Stem(ReadOnlySpan<char> path)
    {
        var dot = path.LastIndexOf('.');
        return dot > path.LastIndexOf('/') + 1 ? path[..dot] : path;
    }

    /// <summary>The extension of the last segment in lower case, dot included; empty when there is none.</summary>
    public static string Extension(string path) => path[Stem(path).Length..].ToLowerInvariant();

    /// <summary>Two parts with one slash between; an empty part adds nothing.</summary>
    public static string Join(string folder, string path) => folder.Length == 0 ? path : path.Length == 0 ? folder : $"{folder}/{path}";

    /// <summary>Whether a name of the path is longer than the 255 bytes that file systems take.</summary>
    public static bool HasLongSegment(string path)
    {
        if (path.Length * 3 <= MaxSegmentBytes) return false;
        foreach (var range in path.AsSpan().SplitAny('/', '\\'))
        {
            if (Encoding.UTF8.GetByteCount(path.AsSpan()[range]) > MaxSegmentBytes) return true;
        }

        return false;
    }

    private static string Shortened(string segment)
    {
        var stem = Stem(segment);
        var extension = segment[stem.Length..];
        while (stem.Length > 1 && Encoding.UTF8.GetByteCount(stem) + Encoding.UTF8.GetByteCount(extension) > MaxSegmentBytes) stem = stem[..^(char.IsLowSurrogate(stem[^1]) ? 2 : 1)];
        return stem + extension;
    }

    private static bool IsNormal(string path)
    {
        if (path.Contains('\\', StringComparison.Ordinal) || path[0] is '/' or '.' || path[^1] == '/') return false;
        if (path.Length > 1 && path[1] == ':') return false;
        return !path.Contains("//", StringComparison.Ordinal) && !path.Contains("/.", StringComparison.Ordinal);
    }
}
