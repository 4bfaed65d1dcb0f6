using System.Globalization;

namespace Plumbline.Server;

/// <summary>Entity tags made of a revision number, and the precondition that carries one back.</summary>
public static class ETags
{
    /// <summary>The tag of a revision.</summary>
    public static string Of(long revision) => $"\"{revision}\"";

    /// <summary>Puts the tag on the answer.</summary>
    public static void Set(HttpResponse response, long revision) => response.Headers.ETag = Of(revision);

    /// <summary>The revision that an update was made on, from <c>If-Match</c>.</summary>
    /// <exception cref="ProblemException">428: the header is missing; 412: it is not a tag of ours, so nothing matches it.</exception>
    public static long Required(HttpRequest request)
    {
        var given = request.Headers.IfMatch.ToString().Trim();
        if (given.Length == 0) throw new ProblemException(428, "if-match-needed", "Send the ETag of what you changed in the header If-Match, so that nobody's work is overwritten.");
        return long.TryParse(given.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var revision)
            ? revision
            : throw new ProblemException(412, "stale", "The header If-Match holds no ETag of this. Load it again, then repeat your change.");
    }
}
