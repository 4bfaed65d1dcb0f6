using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Plumbline.Benchmarks.Ingest;

namespace Plumbline.Benchmarks.Tiles;

/// <summary>A gigapixel from upload to a page that shows it: taken in, cut into tiles, served, opened in headless Chromium. Argument: how often to open (5).</summary>
internal static class TilesSuite
{
    private const int Requests = 400;

    public static async Task<int> RunAsync(string[] arguments)
    {
        var opens = arguments.Length > 0 ? arguments[0] : "5";
        using var picture = new GigapixelTiff();
        await using var server = await IngestServer.StartAsync();
        var project = await server.CreateProjectAsync();
        var upload = await server.UploadAsync(project, [picture.File]);
        var watch = Stopwatch.StartNew();
        if (await server.IngestAsync(upload) != 1) throw new InvalidOperationException("The picture was not added.");
        var taken = watch.Elapsed;
        var image = (await server.GetAsync($"/api/projects/{project}/images")).GetProperty("items")[0].GetProperty("id").GetString() ?? "";
        var tiles = await ReadyAsync(server, image);
        var job = await server.GetAsync($"/api/jobs/{tiles.GetProperty("jobId").GetString()}");
        var cut = job.GetProperty("finishedAt").GetDateTimeOffset() - job.GetProperty("startedAt").GetDateTimeOffset();

        var megapixels = (double)GigapixelTiff.Side * GigapixelTiff.Side / 1e6;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{GigapixelTiff.Side} × {GigapixelTiff.Side} pixels, TIFF in tiles, {Environment.ProcessorCount} processors"));
        Row("taken in: hashed, upright copy, thumbnail", taken.TotalSeconds, "s");
        Row("cut into tiles, one thread", cut.TotalSeconds, "s");
        Row("cut into tiles", megapixels / cut.TotalSeconds, "megapixels/s");
        Row("most memory of the server, all of it", Process.GetCurrentProcess().PeakWorkingSet64 / 1e6, "MB");
        var (median, late) = await FetchAsync(server, tiles);
        Row($"a tile over HTTP, median of {Requests}", median, "ms");
        Row("a tile over HTTP, 95th percentile", late, "ms");
        return await IngestServer.RunScriptAsync("tiles.mjs", new Uri(server.Address, $"/projects/{project}/images/{image}").ToString(), server.CookieHeader, opens);
    }

    private static async Task<JsonElement> ReadyAsync(IngestServer server, string image)
    {
        while (true)
        {
            var tiles = (await server.GetAsync($"/api/images/{image}")).GetProperty("tiles");
            switch (tiles.GetProperty("state").GetString())
            {
                case "ready": return tiles;
                case "failed": throw new InvalidOperationException("The picture could not be cut into tiles.");
                default: await Task.Delay(100); break;
            }
        }
    }

    /// <summary>Tiles of the full size all over the picture, one after the other.</summary>
    private static async Task<(double Median, double Late)> FetchAsync(IngestServer server, JsonElement tiles)
    {
        var (level, across) = (tiles.GetProperty("levels").GetInt32() - 1, GigapixelTiff.Side / tiles.GetProperty("side").GetInt32());
        var times = new double[Requests];
        for (var i = 0; i < Requests; i++)
        {
            var url = tiles.GetProperty("url").GetString()!.Replace("{level}", $"{level}", StringComparison.Ordinal).Replace("{column}", $"{i * 37 % across}", StringComparison.Ordinal)
                .Replace("{row}", $"{i * 53 % across}", StringComparison.Ordinal); // it is there, the state says so
            var watch = Stopwatch.StartNew();
            await server.GetBytesAsync(url);
            times[i] = watch.Elapsed.TotalMilliseconds;
        }

        Array.Sort(times);
        return (times[Requests / 2], times[Requests * 95 / 100]);
    }

    private static void Row(string what, double value, string unit) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-58}{value,10:0.0} {unit}"));
}
