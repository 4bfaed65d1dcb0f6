using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Reports;
using Plumbline.Formats.Tests.Support;

namespace Plumbline.Formats.Tests.Coco;

public class CocoReaderTests
{
    private const string Head = """{"images":[{"id":1,"file_name":"a.jpg","width":100,"height":80}],"categories":[{"id":7,"name":"cat"}],"annotations":[""";

    [Theory]
    [InlineData("""{"id":1,"image_id":1,"category_id":7,"bbox":[1,2,3,4]}""", ShapeKind.Box, "a box alone")]
    [InlineData("""{"id":1,"image_id":1,"category_id":7,"bbox":[1,2,3,4],"segmentation":[]}""", ShapeKind.Box, "an empty segmentation")]
    [InlineData("""{"id":1,"image_id":1,"category_id":7,"bbox":[1,2,3,4],"segmentation":null}""", ShapeKind.Box, "no segmentation")]
    [InlineData("""{"id":1,"image_id":1,"category_id":7,"segmentation":[[1,1,6,1,6,6]]}""", ShapeKind.Polygon, "an outline without a box")]
    [InlineData("""{"id":1,"image_id":1,"category_id":7,"segmentation":[1,1,6,1,6,6]}""", ShapeKind.Polygon, "one ring without the outer list")]
    [InlineData("""{"id":1,"image_id":1,"category_id":7,"bbox":[0,0,1,1],"segmentation":[[1,1,6,1,6,6],[10,10,12,10,12,12.5]]}""", ShapeKind.Polygon, "two parts")]
    [InlineData("""{"id":1,"image_id":1,"category_id":7,"bbox":[0,0,1,1],"segmentation":{"size":[80,100],"counts":[10,20,7970]},"iscrowd":1}""", ShapeKind.Mask, "run lengths as a list")]
    [InlineData("""{"id":1,"image_id":1,"category_id":7}""", ShapeKind.Tag, "a class for the whole image")]
    public async Task Every_kind_of_segmentation_is_read(string annotation, ShapeKind kind, string reason)
    {
        var read = await Read(Head + annotation + "]}");
        Assert.Empty(read.Issues);
        Assert.True(kind == read.Items[0].Annotations[0].Shape.Kind, reason);
    }

    [Theory]
    [InlineData("""{"id":1,"image_id":9,"category_id":7,"bbox":[1,2,3,4]}""", "dangling-image")]
    [InlineData("""{"id":1,"image_id":"1","category_id":7,"bbox":[1,2,3,4]}""", "dangling-image")]
    [InlineData("""{"id":1,"category_id":7,"bbox":[1,2,3,4]}""", "dangling-image")]
    [InlineData("""{"id":1,"image_id":1,"category_id":8,"bbox":[1,2,3,4]}""", "dangling-category")]
    [InlineData("""{"id":1,"image_id":1,"bbox":[1,2,3,4]}""", "no-category")]
    [InlineData("""{"id":1,"image_id":1,"category_id":7,"bbox":[1,2,-3,4]}""", "broken-annotation")]
    [InlineData("""{"id":1,"image_id":1,"category_id":7,"bbox":[1,2,3]}""", "broken-annotation")]
    [InlineData("""{"id":1,"image_id":1,"category_id":7,"bbox":[1,2,3,NaN]}""", "broken-annotation")]
    [InlineData("""{"id":1,"image_id":1,"category_id":7,"bbox":[1,2,3,1e999]}""", "broken-annotation")]
    [InlineData("""{"id":1,"image_id":1,"category_id":7,"bbox":["1","2","3","4"]}""", "broken-annotation")]
    [InlineData("""{"id":1,"image_id":1,"category_id":7,"bbox":[1e308,0,1e308,4]}""", "broken-annotation")]
    [InlineData("""{"id":1,"image_id":1,"category_id":7,"segmentation":[[1,1,6,1]]}""", "broken-annotation")]
    [InlineData("""{"id":1,"image_id":1,"category_id":7,"segmentation":{"size":[80,100],"counts":[10,20]}}""", "broken-annotation")]
    [InlineData("""{"id":1,"image_id":1,"category_id":7,"segmentation":{"size":[80,100],"counts":"xyz~~~"}}""", "broken-annotation")]
    public async Task A_broken_annotation_is_refused_and_the_rest_is_read(string annotation, string code)
    {
        var read = await Read(Head + annotation + """,{"id":2,"image_id":1,"category_id":7,"bbox":[1,2,3,4]}]}""");
        var issue = Assert.Single(read.Issues);
        Assert.Equal((IssueSeverity.Error, code, "a.json"), (issue.Severity, issue.Code, issue.File));
        Assert.NotNull(issue.Position.Offset);
        Assert.Equal("2", Assert.Single(read.Items[0].Annotations).SourceId);
    }

    [Fact]
    public async Task A_bad_outline_beside_a_good_box_becomes_the_box_with_a_warning()
    {
        var read = await Read(Head + """{"id":1,"image_id":1,"category_id":7,"bbox":[1,2,3,4],"segmentation":[[1,1,6,1]]}]}""");
        Assert.Equal("bad-segmentation", Assert.Single(read.Issues).Code);
        Assert.Equal(new BoxShape(new Box(1, 2, 3, 4)), read.Items[0].Annotations[0].Shape);
    }

    [Theory]
    [InlineData("", "an empty file")]
    [InlineData("{\"images\":[{\"id\":1,", "cut off in an image")]
    [InlineData("{\"images\":[]", "cut off at the end")]
    [InlineData("{\"images\":[]}x", "something behind the end")]
    [InlineData("{\"images\":[}]", "brackets that do not match")]
    [InlineData("[1,2]", "a list")]
    [InlineData("{\"images\":[],\"images\":[]}", "a section twice")]
    [InlineData("{\"annotations\":[]}", "no images")]
    [InlineData("{\"images\":{}}", "images that are no list")]
    public async Task What_cannot_be_read_says_where(string text, string reason)
    {
        var fault = await Assert.ThrowsAsync<DatasetFormatException>(() => Read(text));
        Assert.Equal("a.json", fault.File);
        Assert.False(string.IsNullOrEmpty(fault.Message), reason);
    }

    [Fact]
    public async Task Deep_nesting_is_an_error_and_no_crash()
    {
        var fault = await Assert.ThrowsAsync<DatasetFormatException>(() => Read("{\"images\":" + new string('[', 100_000)));
        Assert.Contains("64", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_byte_order_mark_is_skipped() => Assert.Single((await Read("\uFEFF" + Head + "]}")).Items);

    [Fact]
    public async Task Utf16_is_refused_in_words()
    {
        var tree = Trips.Tree(("a.json", System.Text.Encoding.Unicode.GetPreamble().Concat(System.Text.Encoding.Unicode.GetBytes(Head + "]}")).ToArray()));
        Assert.Contains("UTF-8", (await Assert.ThrowsAsync<DatasetFormatException>(() => Trips.ReadAsync("coco", tree))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Annotations_may_come_before_images_and_in_any_order()
    {
        var read = await Read("""
            {"annotations":[{"id":3,"image_id":2,"category_id":1,"bbox":[0,0,1,1]},{"id":1,"image_id":"b","category_id":1,"bbox":[0,0,2,2]},{"id":2,"image_id":2,"category_id":1,"bbox":[0,0,3,3]}],
             "categories":[{"id":1,"name":"x"}],"images":[{"id":2,"file_name":"z.jpg","width":9,"height":9},{"id":"b","file_name":"a.jpg","width":9,"height":9}]}
            """);
        Assert.Equal(["a.jpg", "z.jpg"], read.Items.Select(i => i.Path));
        Assert.Equal(["3", "2"], read.Items[1].Annotations.Select(a => a.SourceId));
    }

    [Fact]
    public async Task A_number_is_the_same_image_in_all_its_spellings_also_before_the_images_come()
    {
        var read = await Read("""
            {"annotations":[{"id":1,"image_id":2.0,"category_id":1,"bbox":[0,0,1,1]},{"id":2,"image_id":2,"category_id":1,"bbox":[0,0,1,1]},{"id":3,"image_id":8,"category_id":1,"bbox":[0,0,1,1]}],
             "categories":[{"id":1,"name":"x"}],"images":[{"id":2e0,"file_name":"z.jpg","width":9,"height":9}]}
            """);
        Assert.Equal(["1", "2"], read.Items[0].Annotations.Select(a => a.SourceId));
        Assert.Equal("2e0", read.Items[0].SourceId);
        var issue = Assert.Single(read.Issues);
        Assert.Equal(("dangling-image", "there is no image with the id 8; it is left out."), (issue.Code, issue.Message));
    }

    [Fact]
    public async Task Two_images_of_one_name_are_both_read_with_a_warning_at_the_second()
    {
        const string json = """{"images":[{"id":1,"file_name":"b.jpg","width":9,"height":9},{"id":2,"file_name":"a.jpg","width":9,"height":9},{"id":3,"file_name":"b.jpg","width":9,"height":9}],"annotations":[]}""";
        var read = await Read(json);
        Assert.Equal([("2", "a.jpg"), ("1", "b.jpg"), ("3", "b_2.jpg")], read.Items.Select(i => (i.SourceId!, i.Path))); // each has an id
        var issue = Assert.Single(read.Issues);
        Assert.Equal(("duplicate-path", (long?)json.IndexOf("{\"id\":3", StringComparison.Ordinal)), (issue.Code, issue.Position.Offset));
    }

    [Fact]
    public async Task A_file_name_that_leads_outside_is_made_safe_with_a_warning()
    {
        var read = await Read("""{"images":[{"id":1,"file_name":"../../etc/a.jpg","width":9,"height":9}],"annotations":[]}""");
        Assert.Equal("unsafe-path", Assert.Single(read.Issues).Code);
        Assert.Equal("etc/a.jpg", read.Items[0].Path);
    }

    [Fact]
    public async Task An_id_used_twice_is_replaced()
    {
        var read = await Read(Head + """{"id":5,"image_id":1,"category_id":7,"bbox":[0,0,1,1]},{"id":5,"image_id":1,"category_id":7,"bbox":[0,0,2,2]}]}""");
        Assert.Equal("duplicate-id", Assert.Single(read.Issues).Code);
        Assert.Equal(["5", "6"], read.Items[0].Annotations.Select(a => a.SourceId));
    }

    [Fact]
    public async Task For_boxes_the_outline_is_not_read_but_named()
    {
        var read = await Trips.ReadAsync("coco", Trips.Tree(("a.json", Head + """{"id":1,"image_id":1,"category_id":7,"bbox":[1,2,3,4],"segmentation":[[1,1,6,1,6,6]]}]}""")), ReadDetail.Boxes);
        var annotation = read.Items[0].Annotations[0];
        Assert.Equal((ShapeKind.Box, ShapeKind.Polygon), (annotation.Shape.Kind, annotation.SourceKind));
    }

    private static Task<ReadResult> Read(string json) => Trips.ReadAsync("coco", Trips.Tree(("a.json", json)));
}
