namespace Plumbline.Formats.Files;

/// <summary>The linked folders that a listing has gone into, so that it never goes into one that it is inside of.</summary>
internal sealed class FollowedLinks
{
    private readonly Dictionary<string, string> targets = new(StringComparer.Ordinal);

    /// <summary>Notes a link that is about to be followed; false when it leads back to a folder above it, through whatever links.</summary>
    /// <param name="folder">The folder that it is in, as the listing came to it.</param>
    /// <param name="link">The link's full path, as the listing came to it.</param>
    public bool TryFollow(string folder, string link)
    {
        if (new DirectoryInfo(link).ResolveLinkTarget(returnFinalTarget: true) is not { Exists: true } found) return false;
        var target = Path.TrimEndingDirectorySeparator(found.FullName);
        for (var at = folder; at is not null;)
        {
            // From here up to the next link the path is what it seems to be.
            var through = at;
            while (through is not null && !targets.ContainsKey(through)) through = Path.GetDirectoryName(through);
            if (IsWithin(through is null ? at : targets[through] + at[through.Length..], target)) return false;
            at = Path.GetDirectoryName(through);
        }

        targets[link] = target;
        return true;
    }

    private static bool IsWithin(string folder, string target) => folder.StartsWith(target, StringComparison.Ordinal) && (folder.Length == target.Length || folder[target.Length] == '/' || target == "/");
}
