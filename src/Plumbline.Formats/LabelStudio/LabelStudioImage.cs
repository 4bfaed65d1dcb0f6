using Plumbline.Formats.Files;
using Plumbline.Formats.Pictures;

namespace Plumbline.Formats.LabelStudio;

/// <summary>Which picture a task is about: a field of its <c>data</c>, and the path that stands behind Label Studio's URL of it.</summary>
internal static class LabelStudioImage
{
    private const string LocalFiles = "/data/local-files/";
    private const string Uploads = "/data/upload/";

    /// <summary>The field that names the picture: <c>image</c>, else the first whose value ends like one; null when there is none.</summary>
    public static (string Field, string Path)? Of(LabelStudioTask task)
    {
        (string Field, string Path)? best = null;
        foreach (var (name, value) in task.Data)
        {
            if (value is not string text || PathOf(text) is not { } path || !PictureFinder.IsPicture(path)) continue;
            if (name == "image") return (name, path);
            best ??= (name, path);
        }

        if (best is not null) return best;
        foreach (var (name, value) in task.Data)
        {
            if (name is "image" or "img" && value is string { Length: > 0 } text && PathOf(text) is { Length: > 0 } path) return (name, path);
        }

        return null;
    }

    /// <summary>What a URL or path says about where the picture lies: uploads without their project, local files by their <c>d</c>, URLs without host or bucket.</summary>
    internal static string? PathOf(string text)
    {
        var local = text.IndexOf(LocalFiles, StringComparison.Ordinal);
        if (local >= 0)
        {
            var query = text.IndexOf("d=", local, StringComparison.Ordinal);
            return query < 0 ? null : Unescaped(text[(query + 2)..].Split('&', 2)[0]).TrimStart('/');
        }

        var upload = text.IndexOf(Uploads, StringComparison.Ordinal);
        if (upload >= 0) return Plain(Unescaped(WithoutQuery(text[(upload + Uploads.Length)..])));
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0) return text;
        var rest = WithoutQuery(text[(scheme + 3)..]);
        var slash = rest.IndexOf('/');
        return slash < 0 ? null : Unescaped(rest[(slash + 1)..]);

        // upload/29/name.png: the project's number is no folder of the picture's.
        static string Plain(string path) => path.IndexOf('/') is var cut and > 0 && path.AsSpan(0, cut).IndexOfAnyExceptInRange('0', '9') < 0 ? path[(cut + 1)..] : path;
    }

    private static string WithoutQuery(string url) => url.Split('?', 2)[0].Split('#', 2)[0];

    private static string Unescaped(string text) => text.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(text) : text;
}
