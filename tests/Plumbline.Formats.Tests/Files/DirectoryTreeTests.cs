using Plumbline.Formats.Files;

namespace Plumbline.Formats.Tests.Files;

public sealed class DirectoryTreeTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("plumbline-test-").FullName;

    [Fact]
    public void Links_that_lead_back_are_not_followed_and_others_are()
    {
        Write("data/labels/a.txt");
        Write("elsewhere/b.txt");
        Link("data/labels/up", "..");
        Link("data/self", ".");
        Link("data/here", "../elsewhere");
        Link("data/there", "../elsewhere");
        Link("elsewhere/home", "../data");
        Link("data/nowhere", "../missing");
        Link("data/file.txt", "../elsewhere/b.txt");
        using var tree = new DirectoryTree(Path.Combine(root, "data"));
        Assert.Equal(["file.txt", "here/b.txt", "labels/a.txt", "there/b.txt"], tree.Files);
    }

    [Fact]
    public void Without_following_links_only_real_files_are_listed()
    {
        Write("data/a.txt");
        Write("elsewhere/b.txt");
        Link("data/here", "../elsewhere");
        Link("data/file.txt", "../elsewhere/b.txt");
        using var tree = new DirectoryTree(Path.Combine(root, "data"), followLinks: false);
        Assert.Equal(["a.txt"], tree.Files);
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    private void Write(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(root, path))!); // inside the test's folder
        File.WriteAllText(Path.Combine(root, path), "x");
    }

    private void Link(string path, string target) => File.CreateSymbolicLink(Path.Combine(root, path), target);
}
