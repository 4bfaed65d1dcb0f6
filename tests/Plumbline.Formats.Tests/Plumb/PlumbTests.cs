using System.Text.Json;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Reports;
using Plumbline.Formats.Tests.Support;

namespace Plumbline.Formats.Tests.Plumb;

public class PlumbTests
{
    private const string Item = """{"image":"a.jpg","width":9,"height":9,"annotations":[{"class":0,"shape":{"kind":"box","x":1,"y":2,"width":3,"height":4}}]}""";

    [Fact]
    public async Task What_is_written_fits_the_published_schema()
    {
        using var document = JsonDocument.Parse(await File.ReadAllBytesAsync(Repository.Path("docs", "formats", "plumb.schema.json"), TestContext.Current.CancellationToken));
        var schema = new SchemaCheck(document.RootElement);
        for (var seed = 0; seed < 100; seed++)
        {
            var tree = (await Trips.WriteAsync("plumb", RandomDataset.Make(seed))).Tree;
            Assert.Null(schema.Fault(JsonDocument.Parse(tree.Text("manifest.json")).RootElement, "manifest"));
            foreach (var line in tree.Text("items.jsonl").Split('\n', StringSplitOptions.RemoveEmptyEntries)) Assert.Null(schema.Fault(JsonDocument.Parse(line).RootElement, "item"));
        }
    }

    [Theory]
    [InlineData("""{"image":"a.jpg","annotations":[{"class":0,"shape":{"kind":"circle"}}]}""")]
    [InlineData("""{"image":"a.jpg","annotations":[{"class":0,"shape":{"kind":"box","x":1,"y":2,"width":-3,"height":4}}]}""")]
    [InlineData("""{"image":"a.jpg","annotations":[],"extra":1}""")]
    [InlineData("""{"annotations":[]}""")]
    public async Task What_the_schema_refuses_the_reader_refuses(string line)
    {
        using var document = JsonDocument.Parse(await File.ReadAllBytesAsync(Repository.Path("docs", "formats", "plumb.schema.json"), TestContext.Current.CancellationToken));
        Assert.NotNull(new SchemaCheck(document.RootElement).Fault(JsonDocument.Parse(line).RootElement, "item"));
        Assert.Contains((await Read(Manifest(1, 1), line)).Issues, i => i.Severity == IssueSeverity.Error);
    }

    [Fact]
    public async Task Fields_of_coco_survive_a_stay_in_plumb()
    {
        const string Coco = """
            {"info":{"note":"kept"},"images":[{"id":7,"file_name":"a.jpg","width":9,"height":9,"license":3}],"categories":[{"id":90,"name":"zebra","mine":1}],
             "annotations":[{"id":5,"image_id":7,"category_id":90,"bbox":[1,2,3,4],"area":12,"iscrowd":0,"segmentation":[],"track":"t"}]}
            """;
        var plumb = await Trips.WriteAsync("plumb", await Trips.ReadAsync("coco", Trips.Tree(("a.json", Coco)), ReadDetail.Everything));
        Assert.Empty(plumb.Losses);
        var read = await Trips.ReadAsync("plumb", plumb.Tree, ReadDetail.Everything);
        var back = await Trips.WriteAsync("coco", new ListReader(read.Header, read.Items), singleFile: true);
        Assert.Empty(back.Losses);
        using var json = JsonDocument.Parse(back.Tree.Text("instances.json"));
        Assert.Equal("kept", json.RootElement.GetProperty("info").GetProperty("note").GetString());
        Assert.Equal((7, 3), (json.RootElement.GetProperty("images")[0].GetProperty("id").GetInt32(), json.RootElement.GetProperty("images")[0].GetProperty("license").GetInt32()));
        Assert.Equal((5, "t"), (json.RootElement.GetProperty("annotations")[0].GetProperty("id").GetInt32(), json.RootElement.GetProperty("annotations")[0].GetProperty("track").GetString()));
        Assert.Equal((90, 1), (json.RootElement.GetProperty("categories")[0].GetProperty("id").GetInt32(), json.RootElement.GetProperty("categories")[0].GetProperty("mine").GetInt32()));
    }

    [Fact]
    public async Task A_file_that_lost_lines_is_noticed() => Assert.Equal("count-mismatch", Assert.Single((await Read(Manifest(2, 1), Item)).Issues).Code);

    [Fact]
    public async Task Another_version_is_refused_in_words()
    {
        var fault = await Assert.ThrowsAsync<DatasetFormatException>(() => Read(Manifest(1, 1).Replace("\"plumb\":1", "\"plumb\":2", StringComparison.Ordinal), Item));
        Assert.Contains("version 2", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"image":"b.jpg","annotations":[{"class":1,"shape":{"kind":"tag"}}]}""", "broken-annotation")]
    [InlineData("""{"image":"b.jpg","annotations":[],"relations":[{"from":0,"to":1}]}""", "dangling-relation")]
    [InlineData("""{"image":"b.jpg","annotations":""", "broken-line")]
    [InlineData("""{"image":"a.jpg","annotations":[]}""", "duplicate-path")]
    [InlineData("""{"image":"b.jpg","split":"../x","annotations":[]}""", "broken-line")]
    [InlineData("""{"image":"b.jpg","annotations":[],"annotations":[]}""", "broken-line")]
    public async Task A_broken_line_is_an_issue_with_its_number_and_the_rest_is_read(string line, string code)
    {
        var read = await Read(Manifest(2, 1), $"{Item}\n{line}");
        Assert.Contains(read.Issues, i => i.Code == code && i.Position.Line == 2);
        Assert.Single(read.Items[0].Annotations);
    }

    private static string Manifest(int images, int annotations) => $$"""{"plumb":1,"images":{{images}},"annotations":{{annotations}},"splits":[null],"classes":[{"name":"cat"}]}""";

    private static Task<ReadResult> Read(string manifest, string items) => Trips.ReadAsync("plumb", Trips.Tree(("manifest.json", manifest), ("items.jsonl", items)));
}
