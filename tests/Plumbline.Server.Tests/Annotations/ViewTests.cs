using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Core.Masks;
using Plumbline.Server.Storage;
using Plumbline.Testing;
using Xunit;
using static Plumbline.Server.Tests.Annotations.LabelBench;

namespace Plumbline.Server.Tests.Annotations;

/// <summary>The part of a set that a view shows.</summary>
public sealed class ViewTests
{
    private static readonly TimeProvider Clock = TimeProvider.System;

    [Fact]
    public async Task A_view_gets_what_touches_it_whatever_its_size_and_what_has_no_place()
    {
        await using var bench = await StartAsync();
        var random = new Random(25);
        var there = await FillAsync(bench, random, 900);

        for (var i = 0; i < 60; i++)
        {
            var (x, y, width, height) = (random.Next(-300, 4100), random.Next(-300, 3100), Math.Pow(2, random.NextDouble() * 12), Math.Pow(2, random.NextDouble() * 12));
            var expected = there.Where(one => one.Value is not { } box || (box.X <= x + width && box.X + box.Width >= x && box.Y <= y + height && box.Y + box.Height >= y)).Select(one => one.Key);
            var set = await bench.Ann.GetAsync(At(bench, x, y, width, height));

            Assert.Equal(expected.Order(), Ids(set).Order());
            Assert.Equal((there.Count, Ids(set).Count), (set.GetProperty("total").GetInt32(), set.GetProperty("matched").GetInt32()));
            Assert.Equal([x, y, width, height], set.GetProperty("view").EnumerateArray().Select(number => number.GetDouble()));
        }
    }

    [Fact]
    public async Task Over_the_limit_come_the_large_and_a_fair_sample_of_the_small_and_the_answer_says_how_many_there_are()
    {
        await using var bench = await StartAsync();
        var random = new Random(4);
        var large = Enumerable.Range(0, 20).Select(_ => Placed(RandomId(random), random.Next(0, 3000), random.Next(0, 2000), 700, 600)).ToList();
        var small = Enumerable.Range(0, 4_000).Select(_ => Placed(RandomId(random), random.NextDouble() * 3990, random.NextDouble() * 2990, 8, 6)).ToList();
        await SaveAllAsync(bench, [.. small, .. large]);

        var set = await bench.Ann.GetAsync(At(bench, 0, 0, 4000, 3000) + "&limit=600");

        var sent = set.GetProperty("annotations").EnumerateArray().ToList();
        Assert.InRange(sent.Count, 150, 600); // all levels but one that would be too much
        Assert.Equal((4_020, 4_020), (set.GetProperty("total").GetInt32(), set.GetProperty("matched").GetInt32()));
        Assert.Equal(large.Select(one => Text(one)).Order(), Ids(set).Intersect(large.Select(one => Text(one))).Order());
        var corners = sent.Select(Start).CountBy(start => (start.X < 2000, start.Y < 1500)).ToList();
        Assert.Equal(4, corners.Count);
        Assert.All(corners, corner => Assert.InRange(corner.Value, sent.Count / 8, sent.Count / 2));

        var closer = await bench.Ann.GetAsync(At(bench, 1000, 1000, 500, 500) + "&limit=600");
        Assert.Equal(closer.GetProperty("matched").GetInt32(), Ids(closer).Count);
        Assert.Empty(sent.Where(one => Start(one) is { X: >= 1000 and <= 1500, Y: >= 1000 and <= 1500 }).Select(one => Text(one, "id")).Except(Ids(closer)));
    }

    [Fact]
    public async Task A_small_set_comes_whole_where_that_is_asked_for_and_without_a_view_nothing_is_added()
    {
        await using var bench = await StartAsync();
        await bench.SaveAsync(bench.Ann, Put(Placed(Guid.CreateVersion7(), 10, 10, 5, 5)), Put(Placed(Guid.CreateVersion7(), 2000, 2000, 5, 5)));

        var whole = await bench.Ann.GetAsync(At(bench, 0, 0, 100, 100) + "&wholeUpTo=2");
        Assert.Equal((2, 2, 2, false), (Ids(whole).Count, whole.GetProperty("total").GetInt32(), whole.GetProperty("matched").GetInt32(), whole.TryGetProperty("view", out _)));
        Assert.Single(Ids(await bench.Ann.GetAsync(At(bench, 0, 0, 100, 100) + "&wholeUpTo=1")));
        Assert.False((await bench.Ann.GetAsync(bench.Set)).TryGetProperty("total", out _));

        using var first = await bench.Ann.Http.GetAsync(At(bench, 0, 0, 100, 100), TestContext.Current.CancellationToken);
        using var again = new HttpRequestMessage(HttpMethod.Get, At(bench, 0, 0, 100, 100)) { Headers = { IfNoneMatch = { first.Headers.ETag! } } };
        using var unchanged = await bench.Ann.Http.SendAsync(again, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
    }

    [Fact]
    public async Task Masks_that_the_label_map_names_come_with_every_view_for_their_pixels_may_be_anywhere()
    {
        await using var bench = await StartAsync();
        var (painted, own, far) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        object Mask(int x, int y) => new { kind = "mask", x, y, width = 4, height = 1, runs = new[] { 0, 4 } };
        await bench.SaveAsync(
            bench.Ann,
            Put(Shape(painted, 0, "car", Mask(3000, 2000))),
            Put(Shape(own, 0, "car", Mask(10, 10))),
            Put(Shape(far, 0, "car", Mask(3100, 2000))),
            Put(Shape(Guid.CreateVersion7(), 0, "car", new { kind = "box", x = 3000, y = 100, width = 5, height = 5 })),
            new { op = "paint", tile = new { column = 0, row = 0, revision = 0, segments = new[] { painted, own }, runs = new[] { 1, 100, 2, 50, 0, (LabelTile.Side * LabelTile.Side) - 150 } } });

        var set = await bench.Ann.GetAsync(At(bench, 0, 0, 200, 200));

        Assert.Equal(new[] { painted.ToString(), own.ToString() }.Order(), Ids(set).Order());
        Assert.Equal(1, set.GetProperty("tiles").GetArrayLength());
    }

    [Fact]
    public async Task A_database_of_an_earlier_version_is_given_the_index_with_every_shape_in_its_place()
    {
        await using var bench = await StartAsync();
        var random = new Random(7);
        await FillAsync(bench, random, 400);
        await SaveAllAsync(bench, [.. Enumerable.Range(0, 185).Select(n => Placed(Guid.Parse(string.Create(CultureInfo.InvariantCulture, $"0190a2b4-7c1e-7000-8000-0000{n % 37:x2}00{n % 5:x}000")), n * 31.5, n * 13.25, n % 70, n))]);
        var written = await CellsAsync(bench);

        await bench.Database.WriteAsync(async session =>
        {
            await session.ExecuteAsync("DROP INDEX annotations_place");
            await session.ExecuteAsync("ALTER TABLE annotations DROP COLUMN cell");
            await session.ExecuteAsync("DELETE FROM schema_versions WHERE name = 'places'");
        });
        await Migrator.MigrateAsync(bench.Database, Clock, TestContext.Current.CancellationToken);

        Assert.Equal(written, await CellsAsync(bench));
    }

    [Theory]
    [InlineData("?view=0,0,10", "three numbers")]
    [InlineData("?view=0,0,10,ten", "a word")]
    [InlineData("?view=0,0,NaN,10", "no number")]
    [InlineData("?view=0,0,-1,10", "inside out")]
    [InlineData("?view=0,0,10,10&limit=0", "nothing")]
    [InlineData("?view=0,0,10,10&limit=20001", "too much")]
    [InlineData("?view=0,0,10,10&wholeUpTo=-1", "less than nothing")]
    [InlineData("?limit=10", "a limit of the whole")]
    public async Task A_view_that_is_none_is_refused(string query, string why)
    {
        await using var bench = await StartAsync();
        var refused = await bench.Ann.RefusedAsync(HttpMethod.Get, bench.Set + query);
        Assert.True(refused == (400, "invalid"), $"A view of {why} was answered {refused}.");
    }

    /// <summary>Shapes of all sizes, in and around the image; some are moved, deleted or have no place. What is there afterwards: bounds by id, null for tags.</summary>
    private static async Task<Dictionary<string, (double X, double Y, double Width, double Height)?>> FillAsync(LabelBench bench, Random random, int count)
    {
        (double X, double Y, double Width, double Height) Any()
        {
            var (width, height) = (Math.Pow(2, (random.NextDouble() * 16) - 4), Math.Pow(2, (random.NextDouble() * 16) - 4));
            return (random.Next(-200, 4000), random.Next(-200, 3000), random.Next(8) == 0 ? 0 : width, random.Next(8) == 0 ? 0 : height);
        }

        var placed = Enumerable.Range(0, count).ToDictionary(_ => RandomId(random), _ => Any());
        var tags = Enumerable.Range(0, 3).Select(_ => RandomId(random)).ToList();
        await SaveAllAsync(bench, [.. placed.Select(one => Placed(one.Key, one.Value)), .. tags.Select(id => Shape(id, 0, "car", new { kind = "tag" }))]);
        var revisions = (await bench.Ann.GetAsync(bench.Set)).GetProperty("annotations").EnumerateArray().ToDictionary(one => Guid.Parse(Text(one, "id")), one => one.GetProperty("revision").GetInt64());
        foreach (var id in placed.Keys.Take(count / 3).ToList()) placed[id] = Any();
        await bench.SaveAsync(bench.Ben, [.. placed.Take(count / 3).Select(one => Put(Placed(one.Key, one.Value, revisions[one.Key])))]);
        var gone = placed.Keys.Skip(count / 4).Take(count / 6).ToList();
        var newest = (await bench.Ann.GetAsync(bench.Set)).GetProperty("annotations").EnumerateArray().ToDictionary(one => Guid.Parse(Text(one, "id")), one => one.GetProperty("revision").GetInt64());
        await bench.SaveAsync(bench.Ben, [.. gone.Select(id => Delete(id, newest[id]))]);
        return placed.Where(one => !gone.Contains(one.Key)).Select(one => (one.Key, Box: ((double, double, double, double)?)one.Value)).Concat(tags.Select(id => (id, ((double, double, double, double)?)null)))
            .ToDictionary(one => one.Item1.ToString(), one => one.Item2);
    }

    private static async Task SaveAllAsync(LabelBench bench, IReadOnlyList<JsonObject> annotations)
    {
        foreach (var chunk in annotations.Chunk(1_000))
        {
            var answer = await bench.SaveAsync(bench.Ann, [.. chunk.Select(Put)]);
            Assert.All(answer.GetProperty("results").EnumerateArray(), result => Assert.Equal("applied", Text(result, "status")));
        }
    }

    private static JsonObject Placed(Guid id, (double X, double Y, double Width, double Height) box, long revision = 0) => Placed(id, box.X, box.Y, box.Width, box.Height, revision);

    private static JsonObject Placed(Guid id, double x, double y, double width, double height, long revision = 0) =>
        Shape(id, revision, "car", width == 0 && height == 0 ? new { kind = "point", x, y } : new { kind = "polyline", points = new[] { x, y, x + width, y + height } });

    private static Guid RandomId(Random random)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }

    private static string At(LabelBench bench, double x, double y, double width, double height) =>
        string.Create(CultureInfo.InvariantCulture, $"{bench.Set}?view={x:R},{y:R},{width:R},{height:R}");

    private static List<string> Ids(JsonElement set) => [.. set.GetProperty("annotations").EnumerateArray().Select(one => Text(one, "id"))];

    /// <summary>The first point of a line.</summary>
    private static (double X, double Y) Start(JsonElement annotation) =>
        annotation.GetProperty("shape").GetProperty("points").EnumerateArray().Select(number => number.GetDouble()).ToArray() is [var x, var y, ..] ? (x, y) : default;

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static string Text(JsonObject annotation) => annotation["id"]!.GetValue<string>();

    private static Task<List<(string Id, long Cell)>> CellsAsync(LabelBench bench) =>
        bench.Database.ReadAsync(session => session.QueryAsync<(string, long)>("SELECT id, cell FROM annotations ORDER BY id"));
}
