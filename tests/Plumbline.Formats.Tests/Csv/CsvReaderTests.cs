using Plumbline.Formats.Tests.Support;

namespace Plumbline.Formats.Tests.Csv;

public class CsvReaderTests
{
    [Theory]
    [InlineData("a.jpg,,1,2,3,4", "a box")]
    [InlineData("a.jpg,,,,3,", "a corner alone")]
    public async Task A_row_with_a_shape_and_no_class_is_refused_instead_of_read_as_an_empty_image(string row, string reason)
    {
        var read = await Trips.ReadAsync("csv", Trips.Tree(("a.csv", $"image,class,xmin,ymin,xmax,ymax\na.jpg,cat,0,0,1,1\n{row}\n")));
        var issue = Assert.Single(read.Issues);
        Assert.True((issue.Code, issue.Position.Line) == ("broken-row", 3), reason);
        Assert.Single(read.Items[0].Annotations);
    }

    [Fact]
    public async Task A_row_without_class_and_shape_is_an_image_without_annotations()
    {
        var read = await Trips.ReadAsync("csv", Trips.Tree(("a.csv", "image,class,xmin,ymin,xmax,ymax\na.jpg,,,,,\n")));
        Assert.Empty(read.Issues);
        Assert.Empty(Assert.Single(read.Items).Annotations);
    }
}
