using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Core.Masks;
using Plumbline.Formats.Pictures;
using Plumbline.Formats.Reports;
using Plumbline.Formats.Tests.Support;

namespace Plumbline.Formats.Tests.LabelMe;

public class LabelMeReaderTests
{
    [Fact]
    public async Task Shapes_are_read_as_labelme_draws_them()
    {
        using var png = new MemoryStream();
        PngWriter.Write(png, new PngImage(2, 1, PngColor.Grey, 8, [0, 255], []));
        var read = await ReadAsync($$$"""
            {"label":"b","shape_type":"rectangle","points":[[5,6],[1,2]]},
            {"label":"b","shape_type":"circle","points":[[10,10],[13,14]],"flags":{"hidden":true}},
            {"label":"b","shape_type":"line","points":[[1,1],[2,2]],"description":"kerb"},
            {"label":"b","shape_type":"mask","points":[[4,7],[5,7]],"mask":"{{{Convert.ToBase64String(png.ToArray())}}}"}
            """);
        Assert.Empty(read.Issues);
        var annotations = Assert.Single(read.Items).Annotations;
        Assert.Equal(new BoxShape(new Box(1, 2, 4, 4)), annotations[0].Shape);
        Assert.Equal(new EllipseShape(new Ellipse(10, 10, 5, 5, 0)), annotations[1].Shape);
        Assert.Equal(new AttributeValue.Flag(true), annotations[1].Attributes["hidden"]);
        Assert.Equal(new AttributeValue.Text("kerb"), annotations[2].Attributes["description"]);
        Assert.True(Assert.IsType<MaskShape>(annotations[3].Shape).Mask.SamePixels(Mask.FromRectangle(5, 7, 1, 1)));
    }

    [Fact]
    public async Task Polygons_of_one_label_and_group_are_parts_of_one_object_and_others_stay_a_group()
    {
        var read = await ReadAsync("""
            {"label":"b","shape_type":"polygon","points":[[0,0],[1,0],[1,1]],"group_id":1},
            {"label":"b","shape_type":"polygon","points":[[5,5],[6,5],[6,6]],"group_id":1},
            {"label":"a","shape_type":"polygon","points":[[0,0],[1,0],[1,1]],"group_id":2},
            {"label":"b","shape_type":"point","points":[[3,3]],"group_id":2}
            """);
        var annotations = Assert.Single(read.Items).Annotations;
        Assert.Equal([2, 1], annotations.Take(2).Select(a => ((PolygonShape)a.Shape).Polygon.Parts.Length));
        Assert.Equal([null, "2", "2"], annotations.Select(a => a.GroupId));
    }

    [Theory]
    [InlineData("""{"label":"b","shape_type":"polygon","points":[[0,0],[1,0]]}""", "needs 3")]
    [InlineData("""{"label":"b","shape_type":"star","points":[[0,0]]}""", "star")]
    [InlineData("""{"label":"b","shape_type":"mask","points":[[0,0],[1,1]],"mask":"AAAA"}""", "PNG")]
    [InlineData("""{"shape_type":"point","points":[[0,0]]}""", "no label")]
    [InlineData("""{"label":"b","shape_type":"point","points":[["x",0]]}""", "finite")]
    public async Task A_bad_shape_is_left_out_in_words(string shape, string word)
    {
        var read = await ReadAsync(shape);
        Assert.Contains(word, Assert.Single(read.Issues).Message, StringComparison.Ordinal);
        Assert.Empty(read.Items[0].Annotations);
    }

    [Fact]
    public async Task A_broken_file_is_left_out_and_the_rest_is_read()
    {
        var read = await Trips.ReadAsync("labelme", Trips.Tree(("a.json", File("")), ("b.json", "{\"shapes\":[{\"label\":\"\\ud800\"}],\"imagePath\":\"b.png\"}"), ("c.json", "{\"shapes\":[")));
        Assert.Single(read.Items);
        Assert.Equal([("b.json", "bad-json", IssueSeverity.Error), ("c.json", "bad-json", IssueSeverity.Error)], read.Issues.Select(i => (i.File, i.Code, i.Severity)));
    }

    private static string File(string shapes) => $$"""{"version":"5.0.0","flags":{},"shapes":[{{shapes}}],"imagePath":"..\\pictures\\a.png","imageData":null,"imageHeight":20,"imageWidth":30}""";

    private static Task<ReadResult> ReadAsync(string shapes) => Trips.ReadAsync("labelme", Trips.Tree(("a.json", File(shapes))));
}
