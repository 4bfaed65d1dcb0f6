using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Plumbline.Benchmarks.Saves;
using Plumbline.Core.Annotations;
using Plumbline.Core.Editing;
using Plumbline.Core.Geometry;
using Plumbline.Server;
using Plumbline.Server.Features.Annotations;
using Plumbline.Server.Features.Events;
using Plumbline.Server.Features.Jobs;
using Plumbline.Server.Storage;
using Plumbline.Testing.Load;

namespace Plumbline.Benchmarks.Views;

/// <summary>A million polygons of 12 vertices on one gigapixel image: how long a view with 5,000 of them takes over HTTP, and one of the whole image. Arguments: polygons (1,000,000), views of each kind (40).</summary>
internal static class ViewsSuite
{
    private const int Side = 32_768, InView = 5_000, Limit = 10_000;

    public static async Task<int> RunAsync(string[] arguments)
    {
        var shapes = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 1_000_000;
        var views = arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : 40;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{shapes:N0} polygons on {Side} × {Side} pixels, {Environment.ProcessorCount} processors"));
        Console.WriteLine($"{"",-46}{"shapes",10}{"kB sent",10}{"p50 ms",10}{"p95 ms",10}");
        await Engines.EachAsync(1, 1, async (engine, options, world) =>
        {
            var seconds = await FillAsync(options, world, shapes) / 1e3;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{engine + ", written in change sets of 1,000",-46}{shapes,10}{"",10}{seconds,10:F0} s"));
            using var server = new ServerProcess(options.DataDirectory, options.Database);
            await server.StartAsync();
            using var http = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None }) { BaseAddress = server.Url };
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", world.Tokens[0]);
            var side = Side * Math.Sqrt((double)InView / shapes);
            await MeasureAsync($"{engine}, a view of {InView:N0}", http, world.SetIds[0], side, views);
            await MeasureAsync($"{engine}, the whole image", http, world.SetIds[0], Side, views);
            await server.KillAsync();
        });
        return 0;
    }

    private static async Task<double> FillAsync(ServerOptions options, LabelWorld world, int shapes)
    {
        await using var database = await DataFolder.OpenDatabaseAsync(options);
        await database.WriteAsync(session => session.ExecuteAsync("UPDATE images SET width = @Side, height = @Side", new { Side }));
        return await FillAsync(database, new AnnotationStore(TimeProvider.System, new EventBus()), world.SetIds[0], shapes);
    }

    /// <summary>Through the same door as people's work, log and all. Milliseconds.</summary>
    private static async Task<double> FillAsync(Database database, AnnotationStore store, string setId, int shapes)
    {
        var by = new PersonRef(await database.ReadAsync(session => session.ScalarAsync<string>("SELECT MIN(id) FROM users")), "Owner");
        var random = new Random(25);
        var watch = Stopwatch.StartNew();
        for (var left = shapes; left > 0; left -= ChangeSetJson.MaximumChanges)
        {
            var changes = new ChangeSet(Guid.CreateVersion7(), [.. Enumerable.Range(0, Math.Min(left, ChangeSetJson.MaximumChanges)).Select(_ => new Change.Put(Polygon(random)))]);
            await database.WriteAsync(session => store.ApplyAsync(session, setId, changes, by));
        }

        return watch.Elapsed.TotalMilliseconds;
    }

    private static Annotation Polygon(Random random)
    {
        var (x, y, radius) = (40 + (random.NextDouble() * (Side - 80)), 40 + (random.NextDouble() * (Side - 80)), 3 * Math.Pow(2, random.NextDouble() * 3));
        return new Annotation
        {
            Id = Guid.CreateVersion7(),
            ClassId = LabelWorld.ClassId,
            Shape = new PolygonShape(Core.Geometry.Polygon.FromRing(
                [.. Enumerable.Range(0, 12).Select(i => new Point2(Math.Round(x + (radius * Math.Cos(i * Math.Tau / 12)), 2), Math.Round(y + (radius * Math.Sin(i * Math.Tau / 12)), 2)))])),
        };
    }

    /// <summary>From sending the request to the last byte, compressed as a browser asks for it; after two views to warm up.</summary>
    private static async Task MeasureAsync(string what, HttpClient http, string setId, double side, int views)
    {
        var (random, times, bytes, shapes) = (new Random(7), new List<double>(), 0L, 0L);
        for (var i = -2; i < views; i++)
        {
            var (x, y) = (random.NextDouble() * (Side - side), random.NextDouble() * (Side - side));
            using var request = new HttpRequestMessage(HttpMethod.Get, string.Create(CultureInfo.InvariantCulture, $"/api/annotation-sets/{setId}?view={x},{y},{side},{side}&limit={Limit}"));
            request.Headers.AcceptEncoding.ParseAdd("gzip");
            var watch = Stopwatch.StartNew();
            using var answer = await http.SendAsync(request);
            var body = await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync();
            var time = watch.Elapsed.TotalMilliseconds;
            if (i < 0) continue;
            times.Add(time);
            bytes += body.Length;
            shapes += await CountAsync(body);
        }

        times.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-46}{shapes / views,10}{bytes / views / 1e3,10:F0}{times[views / 2],10:F1}{times[views * 95 / 100],10:F1}"));
    }

    private static async Task<int> CountAsync(byte[] gzip)
    {
        await using var body = new System.IO.Compression.GZipStream(new MemoryStream(gzip), System.IO.Compression.CompressionMode.Decompress);
        using var set = await JsonDocument.ParseAsync(body);
        return set.RootElement.GetProperty("annotations").GetArrayLength();
    }
}
