namespace Plumbline.Imaging.Tests;

/// <summary>Finds third-party sample files beside the checkout; tests that need them skip where they are absent.</summary>
internal static class SampleData
{
    private static readonly string? Root = Find();

    internal static string Folder(string name)
    {
        Assert.SkipWhen(Root is null, "shared/data is not here");
        return Path.Combine(Root!, name); // SkipWhen throws when it is null
    }

    internal static string[] Files(string folder) => [.. Directory.EnumerateFiles(Folder(folder), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    private static string? Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var candidate = Path.Combine(at.FullName, "shared", "data");
            if (Directory.Exists(candidate)) return candidate;
        }

        return null;
    }
}
