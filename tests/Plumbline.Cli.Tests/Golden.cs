namespace Plumbline.Cli.Tests;

/// <summary>Output that scripts depend on, byte for byte: files of <c>testdata/golden</c>, renewed only with <c>PLUMBLINE_UPDATE_GOLDEN=1</c> and reviewed as a diff.</summary>
internal static class Golden
{
    /// <summary>The checkout that the tests run in.</summary>
    public static string Root { get; } = Find();

    /// <summary>Whether golden files are written anew instead of compared.</summary>
    public static bool Renews => Environment.GetEnvironmentVariable("PLUMBLINE_UPDATE_GOLDEN") == "1";

    /// <summary>Fails when the text differs from the file.</summary>
    public static void Check(string name, string actual)
    {
        var path = Path.Combine(Root, "testdata", "golden", "cli", name);
        if (Renews)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!); // a path of several parts has a folder
            File.WriteAllText(path, actual);
        }

        Assert.True(File.Exists(path), $"There is no golden file {path}; PLUMBLINE_UPDATE_GOLDEN=1 writes it.");
        Assert.Equal(File.ReadAllText(path), actual);
    }

    private static string Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Plumbline.slnx"))) return at.FullName;
        }

        throw new InvalidOperationException("The tests do not run inside a checkout.");
    }
}
