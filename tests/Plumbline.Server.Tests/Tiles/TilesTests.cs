using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Core;
using Plumbline.Imaging;
using Plumbline.Imaging.Tiles;
using Plumbline.Server.Storage;
using Plumbline.Server.Tests.BadInput;
using Plumbline.Server.Tests.Images;
using Plumbline.Server.Tests.Uploads;
using Plumbline.Testing;
using Xunit;

namespace Plumbline.Server.Tests.Tiles;

public sealed class TilesTests
{
    private const long Large = 500_000;

    [Fact]
    public async Task A_large_picture_is_cut_upright_and_its_tiles_are_cached_for_ever()
    {
        await using var server = await TestServer.StartAsync(options => options with { TilesAbovePixels = Large });
        using var owner = await ApiClient.OwnerAsync(server);
        var project = await owner.CreateProjectAsync();
        var stored = Photos.Scene(3, 1200, 900);
        await owner.AddAsync(project, ("large.jpg", Photos.Turned(stored.ToJpeg(), 6)), ("small.jpg", Photos.Jpeg(4)));
        var large = await FindAsync(owner, project, "large.jpg");
        var tiles = await ReadyAsync(owner, large);

        Assert.Equal((512, 3), (tiles.GetProperty("side").GetInt32(), tiles.GetProperty("levels").GetInt32()));
        Assert.Equal(JsonValueKind.Null, (await owner.GetAsync($"/api/images/{await FindAsync(owner, project, "small.jpg")}")).GetProperty("tiles").ValueKind);
        var listed = (await owner.GetAsync($"/api/projects/{project}/images")).GetProperty("items")[0].GetProperty("tiles");
        Assert.Equal(tiles.GetProperty("url").GetString(), listed.GetProperty("url").GetString());

        using var tile = await owner.Http.GetAsync(At(tiles, 2, 1, 2), TestContext.Current.CancellationToken);
        Assert.Equal(("max-age=31536000, private, immutable", "nosniff", "image/jpeg"),
            (tile.Headers.GetValues("Cache-Control").Single(), tile.Headers.GetValues("X-Content-Type-Options").Single(), tile.Content.Headers.ContentType!.MediaType));
        var raster = RasterCodec.Decode(ImageSource.FromBytes(await tile.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)), ImageLimits.Default);
        Assert.Equal((900 - 512, 1200 - 1024), (raster.Width, raster.Height));
        var (red, green, blue) = raster[100, 50];
        var upright = stored[1024 + 50, 899 - 612]; // turned clockwise by a quarter, column x and row y were row height − 1 − x and column y
        Assert.InRange(Math.Abs(red - upright.Red) + Math.Abs(green - upright.Green) + Math.Abs(blue - upright.Blue), 0, 24);

        using var known = new HttpRequestMessage(HttpMethod.Get, At(tiles, 2, 1, 2).Split('?')[0]) { Headers = { IfNoneMatch = { tile.Headers.ETag! } } };
        using var unchanged = await owner.Http.SendAsync(known, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.NotModified, true), (unchanged.StatusCode, unchanged.Headers.CacheControl!.NoCache));
        foreach (var (level, column, row) in ((int, int, int)[])[(3, 0, 0), (2, 2, 0), (2, 0, 3), (-1, 0, 0)])
        {
            Assert.Equal((404, "not-found"), await owner.RefusedAsync(HttpMethod.Get, At(tiles, level, column, row)));
        }

        using var stranger = await owner.InviteStrangerAsync();
        Assert.Equal((404, "not-found"), await stranger.RefusedAsync(HttpMethod.Get, At(tiles, 0, 0, 0)));
    }

    [Fact]
    public async Task The_same_picture_is_cut_once_whatever_the_project()
    {
        await using var server = await TestServer.StartAsync(options => options with { TilesAbovePixels = Large });
        using var owner = await ApiClient.OwnerAsync(server);
        var photo = Photos.Jpeg(5, 1000, 800);
        var (first, second) = (await owner.CreateProjectAsync(), await owner.CreateProjectAsync("Copy"));
        await owner.AddAsync(first, ("a.jpg", photo));
        await ReadyAsync(owner, await FindAsync(owner, first, "a.jpg"));

        await owner.AddAsync(second, ("b.jpg", photo));

        var tiles = (await owner.GetAsync($"/api/images/{await FindAsync(owner, second, "b.jpg")}")).GetProperty("tiles");
        Assert.Equal(("ready", null), (tiles.GetProperty("state").GetString(), tiles.GetProperty("jobId").GetString()));
    }

    [Fact]
    public async Task Pictures_from_before_there_were_tiles_are_cut_when_the_server_starts()
    {
        await using var server = await TestServer.StartAsync();
        using var owner = await ApiClient.OwnerAsync(server);
        var project = await owner.CreateProjectAsync();
        await owner.AddAsync(project, ("a.jpg", Photos.Jpeg(6, 1000, 800)));
        var image = await FindAsync(owner, project, "a.jpg");
        Assert.Equal(JsonValueKind.Null, (await owner.GetAsync($"/api/images/{image}")).GetProperty("tiles").ValueKind);

        await server.RestartAsync(options => options with { TilesAbovePixels = Large });

        using var again = await ApiClient.SignInAsync(server, owner.Email);
        await ReadyAsync(again, image);
    }

    [Fact]
    public async Task A_picture_that_cannot_be_cut_says_so_and_can_be_tried_again()
    {
        await using var server = await TestServer.StartAsync(options => options with { TilesAbovePixels = Large });
        using var owner = await ApiClient.OwnerAsync(server);
        var project = await owner.CreateProjectAsync();
        await owner.AddAsync(project, ("a.jpg", Photos.Jpeg(7, 1000, 800)));
        var image = await FindAsync(owner, project, "a.jpg");
        var jobId = (await ReadyAsync(owner, image)).GetProperty("jobId").GetString();

        // As if the upright picture had been damaged on the disk.
        var blobs = server.Services.GetRequiredService<BlobStore>();
        var database = server.Services.GetRequiredService<Database>();
        var pixels = blobs.PathOf((await database.ReadAsync(session => session.FindAsync<string>("SELECT pixels_sha256 FROM images", new { })))!);
        var whole = await File.ReadAllBytesAsync(pixels, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(pixels, whole[..(whole.Length / 2)], TestContext.Current.CancellationToken);
        await database.WriteAsync(async session =>
        {
            await session.ExecuteAsync("DELETE FROM pyramids");
            await session.ExecuteAsync("UPDATE jobs SET state = 'Cancelled' WHERE id = @jobId", new { jobId });
        });
        Assert.Equal("failed", await StateAsync(owner, image));
        await owner.PostAsync($"/api/jobs/{jobId}/retry");
        var failed = await owner.EndOfAsync(jobId!);
        Assert.Equal(("failed", "The picture could not be cut into tiles. The file ends before the picture is complete."), (failed.GetProperty("state").GetString(), failed.GetProperty("error").GetString()));
        Assert.Equal("failed", await StateAsync(owner, image));

        await File.WriteAllBytesAsync(pixels, whole, TestContext.Current.CancellationToken);
        await owner.PostAsync($"/api/jobs/{jobId}/retry");
        await ReadyAsync(owner, image);
    }

    [Fact]
    public async Task A_full_disk_is_not_taken_for_a_damaged_picture()
    {
        var noise = new byte[3 * 3000 * 3000];
        new Random(8).NextBytes(noise);
        var source = ImageSource.FromBytes(new Raster(3000, 3000, noise).ToPng());
        await using var disk = await SmallDisk.MountAsync(80);
        Exception? Cut() => Record.Exception(() => PyramidWriter.Write(source, ImageFormat.Png, Path.Combine(disk.Folder, "tiles"), Stream.Null, _ => { }, CancellationToken.None));

        var halfway = Cut();
        Assert.True(DiskFull.Is(halfway!), halfway?.ToString());
        disk.Fill();
        var atOnce = Cut();
        Assert.True(DiskFull.Is(atOnce!), atOnce?.ToString());
    }

    private static async Task<string?> StateAsync(ApiClient who, string image) => (await who.GetAsync($"/api/images/{image}")).GetProperty("tiles").GetProperty("state").GetString();

    private static string At(JsonElement tiles, int level, int column, int row)
    {
        static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
        var url = tiles.GetProperty("url").GetString()!; // they are ready
        return url.Replace("{level}", Text(level), StringComparison.Ordinal).Replace("{column}", Text(column), StringComparison.Ordinal).Replace("{row}", Text(row), StringComparison.Ordinal);
    }

    private static async Task<string> FindAsync(ApiClient who, string project, string path) =>
        (await who.GetAsync($"/api/projects/{project}/images")).GetProperty("items").EnumerateArray().Single(image => image.GetProperty("path").GetString() == path).GetProperty("id").GetString()!;

    /// <summary>Waits until the tiles are there and returns what the image says of them.</summary>
    private static async Task<JsonElement> ReadyAsync(ApiClient who, string image)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var tiles = (await who.GetAsync($"/api/images/{image}")).GetProperty("tiles");
            if (tiles.ValueKind == JsonValueKind.Object && tiles.GetProperty("state").GetString() == "ready") return tiles;
            await Task.Delay(20, limit.Token);
        }
    }
}
