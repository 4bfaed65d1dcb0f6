using System.Text.Json;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Tests.Support;

namespace Plumbline.Formats.Tests.Coco;

/// <summary>What COCO files hold beyond our model goes through a COCO → COCO conversion untouched.</summary>
public class CocoPassThroughTests
{
    private const string Odd = """
        {"info":{"year":2026,"note":"kept"},"licenses":[],"mine":{"a":[1,2]},
         "images":[{"id":0,"file_name":"b.jpg","width":9,"height":9,"coco_url":"http://x"},{"id":900000000001,"file_name":"a/c.jpg","width":9,"height":9}],
         "categories":[{"id":90,"name":"zebra","supercategory":"animal","keypoints":["nose"]},{"id":3,"name":"ant"}],
         "annotations":[{"id":900100,"image_id":0,"category_id":3,"bbox":[1.10,2.0,3e0,4],"area":12.5000,"iscrowd":1,"segmentation":{"size":[9,9],"counts":[1,2,78]},"track":7,"keypoints":[1,2,2]},
                        {"id":"x","image_id":900000000001,"category_id":90,"bbox":[0,0,1,1],"area":77,"iscrowd":0,"segmentation":[]}]}
        """;

    [Fact]
    public async Task Ids_areas_unknown_fields_digits_and_category_order_stay()
    {
        var written = await Convert(Odd);
        using var json = JsonDocument.Parse(written);
        var root = json.RootElement;
        Assert.Equal("kept", root.GetProperty("info").GetProperty("note").GetString());
        Assert.Equal(2, root.GetProperty("mine").GetProperty("a").GetArrayLength());
        Assert.Equal([90, 3], root.GetProperty("categories").EnumerateArray().Select(c => c.GetProperty("id").GetInt32()));
        Assert.Equal("nose", root.GetProperty("categories")[0].GetProperty("keypoints")[0].GetString());
        var crowd = root.GetProperty("annotations").EnumerateArray().Single(a => a.GetProperty("id").GetRawText() == "900100");
        Assert.Equal(("[1.10,2.0,3e0,4]", "12.5000", "7"), (crowd.GetProperty("bbox").GetRawText(), crowd.GetProperty("area").GetRawText(), crowd.GetProperty("track").GetRawText()));
        Assert.Equal(["900000000001", "0"], root.GetProperty("images").EnumerateArray().Select(i => i.GetProperty("id").GetRawText()));
        Assert.Contains("\"id\":\"x\"", written, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_trip_changes_no_byte()
    {
        var once = await Convert(Odd);
        Assert.Equal(once, await Convert(once));
    }

    private static async Task<string> Convert(string json)
    {
        var read = await Trips.ReadAsync("coco", Trips.Tree(("a.json", json)), ReadDetail.Verbatim);
        Assert.Empty(read.Issues);
        var written = await Trips.WriteAsync("coco", new ListReader(read.Header, read.Items), singleFile: true);
        Assert.Empty(written.Losses);
        return written.Tree.Text("instances.json");
    }
}
