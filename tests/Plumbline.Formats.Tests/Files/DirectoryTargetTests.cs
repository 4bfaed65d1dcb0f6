using Plumbline.Formats.Files;

namespace Plumbline.Formats.Tests.Files;

public sealed class DirectoryTargetTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("plumbline-test-").FullName;

    [Fact]
    public void Nothing_shows_before_the_commit_and_nothing_is_left_without()
    {
        using (var target = new DirectoryTarget(Path.Combine(folder, "out")))
        {
            target.Write("a/b.txt", "x"u8);
            Assert.False(Directory.Exists(Path.Combine(folder, "out")));
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
    }

    [Fact]
    public void A_commit_renames_into_place()
    {
        using (var target = new DirectoryTarget(Path.Combine(folder, "out")))
        {
            target.Write("a/b.txt", "x"u8);
            target.Commit();
        }

        Assert.Equal("x", File.ReadAllText(Path.Combine(folder, "out", "a", "b.txt")));
        Assert.Single(Directory.EnumerateFileSystemEntries(folder));
    }

    [Theory]
    [InlineData("../evil")]
    [InlineData("/abs")]
    [InlineData("a/../../evil")]
    public void Paths_outside_are_refused(string path)
    {
        using var target = new DirectoryTarget(Path.Combine(folder, "out"));
        Assert.Throws<ArgumentException>(() => target.Write(path, "x"u8));
    }

    [Fact]
    public void A_folder_in_use_is_not_touched()
    {
        File.WriteAllText(Path.Combine(folder, "mine.txt"), "precious");
        Assert.Throws<TargetInUseException>(() => new DirectoryTarget(folder));
        Assert.Equal("precious", File.ReadAllText(Path.Combine(folder, "mine.txt")));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
