namespace Plumbline.Testing;

/// <summary>Finds files of the repository from wherever the tests were built to.</summary>
public static class Checkout
{
    /// <summary>The full path of a file or folder that is named from the root of the repository.</summary>
    public static string PathOf(string relative)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, relative);
            if (Path.Exists(candidate)) return candidate;
        }

        throw new FileNotFoundException($"{relative} was not found in the folders above the tests.");
    }
}
