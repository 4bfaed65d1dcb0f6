using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.LabelStudio;
using Plumbline.Formats.Reports;
using Plumbline.Formats.Tests.Support;

namespace Plumbline.Formats.Tests.LabelStudio;

public class LabelStudioReaderTests
{
    private const string Size = "\"original_width\":200,\"original_height\":100,\"image_rotation\":90";

    [Fact]
    public async Task A_turned_box_turns_about_its_corner_in_pixels()
    {
        var read = await ReadAsync($$$"""{"id":"r","type":"rectanglelabels",{{{Size}}},"value":{"x":50,"y":20,"width":20,"height":10,"rotation":90,"rectanglelabels":["cat"]}}""");
        Assert.Empty(read.Issues);
        // 40 × 10 pixels from (100, 20), a quarter turn clockwise: they reach down to (90..100, 20..60).
        var box = Assert.IsType<RotatedBoxShape>(Assert.Single(read.Items[0].Annotations).Shape).Box;
        Assert.Equal((95.0, 40.0, 40.0, 10.0), (box.CenterX, box.CenterY, box.Width, box.Height));
        Assert.Equal(new Box(90, 20, 10, 40), new Box(Math.Round(box.Bounds.X, 9), Math.Round(box.Bounds.Y, 9), Math.Round(box.Bounds.Width, 9), Math.Round(box.Bounds.Height, 9)));
    }

    [Fact]
    public async Task An_ellipse_has_radii_of_different_sides()
    {
        var read = await ReadAsync($$$"""{"id":"e","type":"ellipselabels",{{{Size}}},"value":{"x":50,"y":50,"radiusX":10,"radiusY":10,"rotation":0,"ellipselabels":["cat"]}}""");
        Assert.Equal(new EllipseShape(new Ellipse(100, 50, 20, 10, 0)), Assert.Single(read.Items[0].Annotations).Shape);
    }

    [Fact]
    public async Task Keypoints_belong_to_their_region_and_results_of_one_id_are_one_object()
    {
        var read = await ReadAsync($$$"""
            {"id":"a1","type":"keypointlabels","parentID":"a",{{{Size}}},"value":{"x":10,"y":10,"keypointlabels":["nose"]}},
            {"id":"b1","type":"keypointlabels","parentID":"b",{{{Size}}},"value":{"x":60,"y":10,"keypointlabels":["nose"]}},
            {"id":"b2","type":"keypointlabels","parentID":"b",{{{Size}}},"value":{"x":70,"y":10,"keypointlabels":["ear"]}},
            {"id":"a","type":"rectanglelabels",{{{Size}}},"value":{"x":0,"y":0,"width":50,"height":50,"rectanglelabels":["person"]}},
            {"id":"b","type":"rectangle",{{{Size}}},"value":{"x":50,"y":0,"width":50,"height":50}},
            {"id":"b","type":"labels",{{{Size}}},"value":{"x":50,"y":0,"width":50,"height":50,"labels":["person"]}},
            {"id":"b","type":"choices","from_name":"pose","value":{"choices":["sits"]}},
            {"id":"t","type":"choices","from_name":"class","value":{"choices":["street"]}},
            {"type":"relation","from_id":"a","to_id":"b","direction":"left","labels":["behind"]},
            {"type":"relation","from_id":"b1","to_id":"b","direction":"right"}
            """);
        Assert.Empty(read.Issues);
        Assert.Equal(["person", "street"], read.Header.Classes.Select(c => c.Name));
        Assert.Equal("nose ear", string.Join(' ', read.Header.Classes[0].Skeleton!.Points));
        var item = Assert.Single(read.Items);
        var people = item.Annotations.Where(a => a.Shape is KeypointsShape).ToList();
        Assert.Equal([new Keypoints([new(new(20, 10), Visibility.Visible), default]), new Keypoints([new(new(120, 10), Visibility.Visible), new(new(140, 10), Visibility.Visible)])], people.Select(p => ((KeypointsShape)p.Shape).Keypoints));
        Assert.Equal(new BoxShape(new Box(100, 0, 100, 50)), people[1].Outline);
        Assert.Equal(new AttributeValue.Text("sits"), people[1].Attributes["pose"]);
        Assert.IsType<TagShape>(item.Annotations[2].Shape);
        Assert.Equal(new DatasetRelation(0, 1, "behind", RelationDirection.Backward), Assert.Single(item.Relations));
    }

    [Fact]
    public async Task Json_min_is_read_too()
    {
        var read = await Trips.ReadAsync("labelstudio", Trips.Tree(("min.json", """
            [{"image":"/data/upload/29/ab-1.png","id":4,"weather":"rain","label":[{"x":50,"y":0,"width":50,"height":100,"rotation":0,"rectanglelabels":["cat"],"original_width":20,"original_height":10}],"annotator":1,"annotation_id":7,"created_at":"2024-01-01","lead_time":1.5}]
            """)));
        Assert.Empty(read.Issues);
        var item = Assert.Single(read.Items);
        Assert.Equal("ab-1.png", item.Path);
        Assert.Equal(new AttributeValue.Text("rain"), item.Attributes["weather"]);
        Assert.Equal(new BoxShape(new Box(10, 0, 10, 10)), Assert.Single(item.Annotations).Shape);
    }

    [Fact]
    public async Task Predictions_stand_beside_annotations_and_are_read_when_asked_for()
    {
        const string Json = """[{"id":1,"data":{"image":"a.png"},"annotations":[{"id":1,"result":[RESULT]}],"predictions":[{"score":0.7,"result":[RESULT,RESULT]}]}]""";
        var tree = Trips.Tree(("a.json", Json.Replace("RESULT", $$$"""{"type":"keypointlabels",{{{Size}}},"value":{"x":1,"y":1,"keypointlabels":["k"]}}""", StringComparison.Ordinal)));
        var people = await Trips.ReadAsync("labelstudio", tree);
        Assert.Equal((1, "predictions-not-read"), (people.Items[0].Annotations.Count, Assert.Single(people.Issues).Code));
        var models = await Trips.ReadAsync("labelstudio", tree, ReadDetail.Shapes, ("results", "predictions"));
        Assert.Equal([0.7, 0.7], models.Items[0].Annotations.Select(a => a.Score!.Value));
        Assert.Equal(3, (await Trips.ReadAsync("labelstudio", tree, ReadDetail.Shapes, ("results", "all"))).Items[0].Annotations.Count);
    }

    [Theory]
    [InlineData("/data/upload/29/sub-x.png", "sub-x.png")]
    [InlineData("/data/local-files/?d=set%20a/b.png", "set a/b.png")]
    [InlineData("s3://bucket/a/b.png", "a/b.png")]
    [InlineData("https://host/a/b.png?sig=1&x=2", "a/b.png")]
    [InlineData("a/b.png", "a/b.png")]
    public void Urls_say_where_the_picture_lies(string url, string path) => Assert.Equal(path, LabelStudioImage.PathOf(url));

    [Theory]
    [InlineData("""{"id":"r","type":"rectanglelabels",SIZE,"value":{"x":1,"y":1,"width":-2,"height":1,"rectanglelabels":["c"]}}""", "negative")]
    [InlineData("""{"id":"r","type":"rectanglelabels",SIZE,"value":{"x":1e999,"y":1,"width":2,"height":1,"rectanglelabels":["c"]}}""", "finite")]
    [InlineData("""{"id":"r","type":"rectanglelabels",SIZE,"value":{"x":1,"y":1,"width":2,"height":1}}""", "no label")]
    [InlineData("""{"id":"r","type":"polygonlabels",SIZE,"value":{"points":[[1,1],[2]],"polygonlabels":["c"]}}""", "[x, y]")]
    [InlineData("""{"id":"r","type":"brushlabels",SIZE,"value":{"format":"rle","rle":[1,2,3],"brushlabels":["c"]}}""", "early")]
    public async Task A_bad_region_is_left_out_in_words(string result, string word)
    {
        var read = await ReadAsync(result.Replace("SIZE", Size, StringComparison.Ordinal));
        Assert.Contains(word, Assert.Single(read.Issues, i => i.Severity == IssueSeverity.Error).Message, StringComparison.Ordinal);
        Assert.Empty(read.Items[0].Annotations);
    }

    [Fact]
    public async Task Dangling_ends_are_remarked_on()
    {
        var read = await ReadAsync($$$"""{"id":"k","type":"keypointlabels","parentID":"gone",{{{Size}}},"value":{"x":1,"y":1,"keypointlabels":["c"]}},{"type":"relation","from_id":"k","to_id":"gone","direction":"right"}""");
        Assert.Equal(["dangling-parent", "dangling-relation"], read.Issues.Select(i => i.Code));
        Assert.IsType<PointShape>(Assert.Single(read.Items[0].Annotations).Shape);
    }

    private static Task<ReadResult> ReadAsync(string results) => Trips.ReadAsync("labelstudio", Trips.Tree(("a.json", $$"""[{"id":1,"data":{"image":"a.png"},"annotations":[{"id":1,"result":[{{results}}]}],"predictions":[]}]""")));
}
