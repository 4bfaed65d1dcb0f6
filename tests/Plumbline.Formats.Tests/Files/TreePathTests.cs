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
}
