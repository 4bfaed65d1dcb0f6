using Plumbline.Formats.Files;

namespace Plumbline.Formats.Tests.Files;

public class TreePathTests
{
    [Theory]
    [InlineData("a.jpg", "a.jpg", "a plain name")]
    [InlineData("sub/dir/a.jpg", "sub/dir/a.jpg", "folders")]
    [InlineData("sub\\a.jpg", "sub/a.jpg", "separators of Windows")]
    [InlineData("./a//b.jpg", "a/b.jpg", "empty and dot segments")]
    [InlineData(".hidden", ".hidden", "a name that starts with a dot")]
    [InlineData("a/..b/c", "a/..b/c", "dots inside of a name")]
    [InlineData("人/é.png", "人/é.png", "any script")]
    public void Paths_inside_are_normalised(string given, string expected, string reason)
    {
        Assert.True(TreePath.TryNormalise(given, out var normal), reason);
        Assert.Equal(expected, normal);
    }

    [Theory]
    [InlineData("/etc/passwd", "absolute")]
    [InlineData("../a", "leaves the folder")]
    [InlineData("a/../../b", "leaves it in the middle")]
    [InlineData("a\\..\\..\\b", "leaves it with separators of Windows")]
    [InlineData("C:\\a", "a drive")]
    [InlineData("\\\\server\\share", "a share")]
    [InlineData("a\0b", "a NUL cuts the name short for the system")]
    [InlineData("", "nothing")]
    [InlineData(".", "the folder itself")]
    public void Paths_outside_are_refused(string given, string reason) => Assert.False(TreePath.TryNormalise(given, out _), reason);

    [Theory]
    [InlineData("a/", 'x', 251, true, "255 bytes are what disks take")]
    [InlineData("a/", 'x', 252, false, "a byte too many")]
    [InlineData("a\\", 'x', 252, false, "a byte too many behind a separator of Windows")]
    [InlineData("", '人', 83, true, "bytes count, not letters: 3 × 83 + 4")]
    [InlineData("", '人', 84, false, "3 × 84 + 4")]
    public void A_name_that_no_disk_takes_is_refused_and_shortened(string folder, char letter, int count, bool fits, string reason)
    {
        var path = $"{folder}{new string(letter, count)}.jpg";
        Assert.True(fits == TreePath.TryNormalise(path, out _), reason);
        var salvaged = TreePath.Salvage(path)!; // something is left of it
        Assert.True(TreePath.TryNormalise(salvaged, out _));
        Assert.EndsWith($"{letter}.jpg", salvaged, StringComparison.Ordinal);
    }
}
