namespace Plumbline.Conformance.Tests;

/// <summary>Files that other projects publish, where this machine has them: <c>shared/data</c> beside the repository or above it.</summary>
internal static class SharedData
{
    private static readonly Lazy<string?> Root = new(Find);

    /// <summary>The path on disk; skips the test where the files are not there.</summary>
    public static string Path(string relative)
    {
        Assert.SkipWhen(Root.Value is null, "There is no shared/data above the test.");
        return System.IO.Path.Combine(Root.Value!, relative); // not null: skipped otherwise
    }

    /// <summary>Rows of COUNTS.tsv: path, kind, counts.</summary>
    public static IEnumerable<(string Path, string Kind, string Counts)> Counts() => Root.Value is null
        ? []
        : File.ReadLines(System.IO.Path.Combine(Root.Value, "COUNTS.tsv")).Skip(1).Select(l => l.Split('\t')).Where(l => l.Length >= 3).Select(l => (l[0], l[1], l[2]));

    private static string? Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var candidate = System.IO.Path.Combine(at.FullName, "shared", "data");
            if (Directory.Exists(candidate)) return candidate;
        }

        return null;
    }
}
