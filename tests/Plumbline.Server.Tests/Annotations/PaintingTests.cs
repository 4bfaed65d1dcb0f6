using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Core.Annotations;
using Plumbline.Core.Masks;
using Plumbline.Testing;
using Xunit;
using static Plumbline.Server.Tests.Annotations.LabelBench;

namespace Plumbline.Server.Tests.Annotations;

/// <summary>The label map of a set: tiles that say which mask each pixel belongs to.</summary>
public sealed class PaintingTests
{
    private const int Pixels = LabelTile.Side * LabelTile.Side;

    [Fact]
    public async Task A_tile_is_stored_with_the_masks_that_it_names_and_read_back()
    {
        await using var bench = await StartAsync();
        var (road, sky) = (Guid.CreateVersion7(), Guid.CreateVersion7());

        var answer = await bench.SaveAsync(bench.Ann, Paint(3, 5, 0, [road, sky], 1, 100, 0, 50, 2, Pixels - 150), Put(Segment(road)), Put(Segment(sky)));

        var tile = new TilePlace(3, 5).Id;
        Assert.Equal($$"""{"status":"applied","id":"{{tile}}","revision":1}""", answer.GetProperty("results")[0].GetRawText());
        var set = await bench.Ann.GetAsync(bench.Set);
        var expected = $$"""{"column":3,"row":5,"revision":1,"segments":["{{road}}","{{sky}}"],"runs":[1,100,0,50,2,{{Pixels - 150}}]}""";
        Assert.Equal(expected, Assert.Single(set.GetProperty("tiles").EnumerateArray()).GetRawText());
        var delta = await bench.Ben.GetAsync($"{bench.Set}/changes?since=0");
        Assert.Equal(expected, Assert.Single(delta.GetProperty("tiles").EnumerateArray()).GetRawText());
        Assert.Equal(0, (await bench.Ben.GetAsync($"{bench.Set}/changes?since=1")).GetProperty("tiles").GetArrayLength());
        await bench.AssertSoundAsync();
    }

    [Fact]
    public async Task Two_people_on_different_tiles_do_not_meet_and_on_one_tile_the_second_is_asked()
    {
        await using var bench = await StartAsync();
        var road = Guid.CreateVersion7();
        await bench.SaveAsync(bench.Ann, Put(Segment(road)), Paint(0, 0, 0, [road], 1, Pixels));
        await bench.SaveAsync(bench.Ben, Paint(1, 0, 0, [road], 1, Pixels));
        await bench.SaveAsync(bench.Ben, Paint(0, 0, 1, [road], 1, 10, 0, Pixels - 10));

        var answer = await bench.SaveAsync(bench.Ann, Paint(0, 0, 1, [road], 1, 20, 0, Pixels - 20), Paint(2, 0, 0, [road], 1, Pixels));

        var (first, second) = (answer.GetProperty("results")[0], answer.GetProperty("results")[1]);
        Assert.Equal(("conflict", 3, "applied"), (Text(first, "status"), first.GetProperty("revision").GetInt64(), Text(second, "status")));
        Assert.Equal(bench.Ben.UserId, Text(first.GetProperty("by"), "id"));
        Assert.Equal([1, 10, 0, Pixels - 10], first.GetProperty("tile").GetProperty("runs").EnumerateArray().Select(n => n.GetInt32()));

        // Overruled by naming what was seen; and what is so already is no conflict, whatever was seen.
        var overruled = await bench.SaveAsync(bench.Ann, Paint(0, 0, 3, [road], 1, 20, 0, Pixels - 20));
        Assert.Equal("applied", Text(overruled.GetProperty("results")[0], "status"));
        var same = await bench.SaveAsync(bench.Ben, Paint(0, 0, 1, [road], 1, 20, 0, Pixels - 20));
        Assert.Equal(("applied", 5), (Text(same.GetProperty("results")[0], "status"), same.GetProperty("results")[0].GetProperty("revision").GetInt64()));
        await bench.AssertSoundAsync();
    }

    [Fact]
    public async Task How_one_mask_was_is_told_with_the_tiles_that_gave_it_pixels_then_or_do_now()
    {
        await using var bench = await StartAsync();
        var (road, sky) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await bench.SaveAsync(bench.Ann, Put(Segment(road)), Put(Segment(sky)), Paint(0, 0, 0, [road], 1, Pixels), Paint(2, 0, 0, [sky], 1, Pixels));
        await bench.SaveAsync(bench.Ben, Paint(0, 0, 1, [sky], 1, Pixels), Paint(1, 0, 0, [road], 1, Pixels), Paint(2, 0, 1, [sky], 1, 10, 0, Pixels - 10));

        var earlier = await bench.Ann.GetAsync($"{bench.Set}/earlier?revision=1&annotationId={road}");

        var tiles = earlier.GetProperty("tiles").EnumerateArray().OrderBy(tile => tile.GetProperty("column").GetInt32()).Select(tile => (tile.GetProperty("column").GetInt32(), tile.GetProperty("segments").GetRawText()));
        Assert.Equal([(0, $"[\"{road}\"]"), (1, "[]")], tiles);
        Assert.Equal(0, earlier.GetProperty("changed").GetArrayLength() + earlier.GetProperty("deleted").GetArrayLength());
    }

    [Fact]
    public async Task A_stroke_sent_again_is_answered_as_the_first_time()
    {
        await using var bench = await StartAsync();
        var road = Guid.CreateVersion7();
        var stroke = ChangeSet(Put(Segment(road)), Paint(0, 0, 0, [road], 1, Pixels));

        var first = await bench.Ann.PostAsync($"{bench.Set}/changes", stroke);
        await bench.SaveAsync(bench.Ben, Paint(0, 0, 1, [road], 1, 10, 0, Pixels - 10));
        var again = await bench.Ann.PostAsync($"{bench.Set}/changes", stroke);

        Assert.Equal(first.GetRawText(), again.GetRawText());
        Assert.Equal(2, (await bench.Ann.GetAsync(bench.Set)).GetProperty("revision").GetInt64());
        await bench.AssertSoundAsync();
    }

    public static TheoryData<string, int, int, int[], string> BadTiles => new()
    {
        { "runs that do not fill it", 0, 0, [1, Pixels - 1], "bad-tile" },
        { "runs that fill more than it", 0, 0, [1, Pixels, 0, 1], "bad-tile" },
        { "a run of nothing", 0, 0, [0, 0, 1, Pixels], "bad-tile" },
        { "a run so long that a sum of lengths overflows", 0, 0, [1, int.MaxValue, 0, int.MaxValue], "bad-tile" },
        { "a label that it does not name", 0, 0, [2, Pixels], "bad-tile" },
        { "a label below none", 0, 0, [-1, Pixels], "bad-tile" },
        { "a segment without a pixel", 0, 0, [0, Pixels], "bad-tile" },
        { "half a run", 0, 0, [1, Pixels, 0], "bad-tile" },
        { "pixels right of the image", 15, 0, [1, Pixels], "bad-tile" },
        { "pixels below the image", 0, 11, [1, Pixels], "bad-tile" },
        { "a place beyond the image", 16, 0, [1, 1, 0, Pixels - 1], "bad-tile" },
        { "the farthest place there is", int.MaxValue / LabelTile.Side, 0, [1, 1, 0, Pixels - 1], "bad-tile" },
    };

    [Theory]
    [MemberData(nameof(BadTiles))]
    public async Task A_bad_tile_is_refused_and_holds_nothing_else_up(string why, int column, int row, int[] runs, string rule)
    {
        await using var bench = await StartAsync();
        var road = Guid.CreateVersion7();

        var answer = await bench.SaveAsync(bench.Ann, Paint(column, row, 0, [road], runs), Put(Segment(road)));

        var (tile, mask) = (answer.GetProperty("results")[0], answer.GetProperty("results")[1]);
        Assert.True(Text(tile, "status") == "refused" && Text(tile, "rule") == rule, $"{why}: {tile}");
        Assert.Equal("applied", Text(mask, "status"));
        Assert.Equal(0, (await bench.Ann.GetAsync(bench.Set)).GetProperty("tiles").GetArrayLength());
    }

    [Theory]
    [InlineData("-1", "0")]
    [InlineData("8388608", "0")]
    [InlineData("0", "1.5")]
    public async Task A_tile_without_a_sound_place_is_no_change(string column, string row)
    {
        await using var bench = await StartAsync();
        var change = JsonNode.Parse($$$"""{"op":"paint","tile":{"column":{{{column}}},"row":{{{row}}},"revision":0,"segments":[],"runs":[0,{{{Pixels}}}]}}""")!; // is JSON
        Assert.Equal((400, "invalid"), await bench.Ann.RefusedAsync(HttpMethod.Post, $"{bench.Set}/changes", ChangeSet(change)));
    }

    [Fact]
    public async Task Tiles_name_masks_of_the_set_only_and_no_annotation_takes_a_tiles_id()
    {
        await using var bench = await StartAsync();
        var box = Guid.CreateVersion7();

        var answer = await bench.SaveAsync(bench.Ann, Put(Box(box)), Paint(0, 0, 0, [Guid.CreateVersion7()], 1, Pixels), Paint(1, 0, 0, [box], 1, Pixels), Put(Segment(new TilePlace(2, 0).Id)));

        Assert.Equal(["applied", "unknown-segment", "unknown-segment", "bad-tile"], answer.GetProperty("results").EnumerateArray().Select(r => Text(r, "status") == "refused" ? Text(r, "rule") : Text(r, "status")));
    }

    [Fact]
    public async Task Restoring_brings_pixels_back_and_history_tells_of_them()
    {
        await using var bench = await StartAsync();
        var road = Guid.CreateVersion7();
        await bench.SaveAsync(bench.Ann, Put(Segment(road)), Paint(0, 0, 0, [road], 1, Pixels));
        await bench.SaveAsync(bench.Ann, Paint(0, 0, 1, [], 0, Pixels), Paint(1, 0, 0, [road], 1, Pixels), Delete(road, 1));

        await bench.Ann.PostAsync($"{bench.Set}/restore", new { revision = 1, changeSetId = Guid.CreateVersion7(), annotationId = (string?)null });

        var set = await bench.Ann.GetAsync(bench.Set);
        Assert.Single(set.GetProperty("annotations").EnumerateArray());
        Assert.Equal(
            [(0, Pixels), (1, 0)],
            set.GetProperty("tiles").EnumerateArray().Select(tile => LabelTileJson.Parse(Encoding.UTF8.GetBytes(tile.GetRawText())))
                .Select(placed => (placed.Place.Column, placed.Tile.Runs.Where(run => run.Label > 0).Sum(run => run.Length))));
        var newest = (await bench.Ann.GetAsync($"{bench.Set}/history?annotationId={new TilePlace(0, 0).Id}")).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(["paint", "paint", "paint"], newest.Select(item => Text(item, "op")));
        Assert.Equal([1, Pixels], newest[0].GetProperty("tile").GetProperty("runs").EnumerateArray().Select(n => n.GetInt32()));
        await bench.AssertSoundAsync();

        await bench.Ann.PostAsync($"{bench.Set}/restore", new { revision = 2, changeSetId = Guid.CreateVersion7(), annotationId = new TilePlace(0, 0).Id });
        Assert.Equal([0, Pixels], (await bench.Ann.GetAsync(bench.Set)).GetProperty("tiles")[0].GetProperty("runs").EnumerateArray().Select(n => n.GetInt32()));
        await bench.AssertSoundAsync();
    }

    private static object Paint(int column, int row, long revision, Guid[] segments, params int[] runs) => new { op = "paint", tile = new { column, row, revision, segments, runs } };

    /// <summary>A mask whose pixels are in the label map alone.</summary>
    private static JsonObject Segment(Guid id) => Shape(id, 0, "car", new { kind = "mask", x = 0, y = 0, width = 0, height = 0, runs = Array.Empty<int>() });

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? "";
}
