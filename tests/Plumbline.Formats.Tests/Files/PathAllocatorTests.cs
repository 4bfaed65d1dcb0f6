using Plumbline.Formats.Files;

namespace Plumbline.Formats.Tests.Files;

public class PathAllocatorTests
{
    [Fact]
    public void Splits_and_stems_that_differ_in_case_alone_are_one_place_since_not_every_disk_tells_them_apart()
    {
        var paths = new PathAllocator();
        Assert.Equal("a.jpg", paths.Allocate("Train", "a.jpg"));
        Assert.Equal("a_2.png", paths.Allocate("train", "a.png"));
        Assert.Equal("A_3.jpg", paths.Allocate("train", "A.jpg"));
        Assert.Equal("a.jpg", paths.Allocate(null, "a.jpg"));
    }
}
