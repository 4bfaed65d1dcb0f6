using System.Text.Json;

namespace Plumbline.Core.Tests;

/// <summary>Files that lie above the test's folder: the project's own vectors, and sample data that a machine may not have.</summary>
internal static class Vectors
{
    public static JsonElement Read(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Find(Path.Combine("testdata", "vectors", name)) ?? throw new FileNotFoundException(name)));
        return document.RootElement.Clone();
    }

    /// <summary>A file of the shared sample data; the test is skipped where it is absent.</summary>
    public static JsonElement ReadShared(string path)
    {
        var file = Find(Path.Combine("shared", "data", path));
        Assert.SkipWhen(file is null, $"shared/data/{path} is not here");
        using var document = JsonDocument.Parse(File.ReadAllText(file!));
        return document.RootElement.Clone();
    }

    /// <summary>A folder of the repository.</summary>
    public static string Folder(string path) => Find(path) ?? throw new DirectoryNotFoundException(path);

    private static string? Find(string path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, path);
            if (File.Exists(file) || Directory.Exists(file)) return file;
        }

        return null;
    }
}
