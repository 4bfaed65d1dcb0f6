using System.Text;
using System.Text.Json;
using Plumbline.Server.Features.Annotations;
using Plumbline.Server.Tests.Annotations;
using Plumbline.Server.Tests.Uploads;
using Plumbline.Testing;
using Xunit;

namespace Plumbline.Server.Tests.BadInput;

/// <summary>A project with an image on which Ann has saved one box, and the means to behave badly there.</summary>
internal sealed class BadInputScene : IAsyncDisposable
{
    private readonly SmallDisk? _disk;
    private readonly PostgresCluster? _cluster;

    private BadInputScene(LabelBench bench, SettableClock clock, SmallDisk? disk, PostgresCluster? cluster) => (Bench, Clock, _disk, _cluster) = (bench, clock, disk, cluster);

    public LabelBench Bench { get; }

    /// <summary>The server's clock.</summary>
    public SettableClock Clock { get; }

    /// <summary>The box that was there before.</summary>
    public Guid Box { get; } = Guid.CreateVersion7();

    public SmallDisk Disk => _disk ?? throw new InvalidOperationException("The row does not ask for a small disk.");

    public static async Task<BadInputScene> StartAsync(BadInputRow row)
    {
        var clock = new SettableClock();
        var disk = row.DiskMegabytes is { } size ? await SmallDisk.MountAsync(size) : null;
        // A cluster of its own: while one disk of a cluster is full, none of its other databases can be dropped.
        var cluster = disk is not null && TestServer.OnPostgres ? await PostgresCluster.StartAsync() : null;
        var database = cluster is null ? null : await cluster.CreateDatabaseAsync(disk?.Folder);
        var bench = await LabelBench.StartAsync(options =>
        {
            options = options with { Clock = clock, DataDirectory = disk is null ? options.DataDirectory : Path.Combine(disk.Folder, "data"), Database = database ?? options.Database };
            return row.Options?.Invoke(options) ?? options;
        });
        var scene = new BadInputScene(bench, clock, disk, cluster);
        await bench.SaveAsync(bench.Ann, LabelBench.Put(LabelBench.Box(scene.Box)));
        return scene;
    }

    /// <summary>Nothing came and nothing went: no picture, the one box at revision 1.</summary>
    public Task UnchangedAsync() => HoldsAsync();

    /// <summary>What the project holds beside the image of the scene, and what the image's set holds.</summary>
    public async Task HoldsAsync(int pictures = 0, long revision = 1, long objects = 1)
    {
        var set = await Bench.Database.ReadAsync(session => AnnotationSql.FindSetAsync(session, Bench.SetId, default)) ?? throw new InvalidOperationException("The set is gone.");
        Assert.Equal((pictures, revision, objects), ((await PathsAsync()).Count, set.Revision, set.AnnotationCount));
    }

    /// <summary>Where the pictures lie that came beside the image of the scene.</summary>
    public Task<List<string>> PathsAsync() =>
        Bench.Database.ReadAsync(session => session.QueryAsync<string>("SELECT path FROM images WHERE id <> @ImageId AND removed_at IS NULL ORDER BY path", new { Bench.ImageId }));

    public async Task<Answer> SignInAsync(string email, string password)
    {
        using var anonymous = ApiClient.Anonymous(Bench.Server);
        return await SendAsync(anonymous, HttpMethod.Post, "/api/session", new { email, password });
    }

    public async Task<Answer> SignInTimesAsync(int times, string email, string password)
    {
        var answer = new Answer(0);
        for (var i = 0; i < times; i++) answer = await SignInAsync(email, password);
        return answer;
    }

    /// <summary>A change set of Ann's, sent as <paramref name="who"/> sees fit.</summary>
    public Task<Answer> SaveAsync(ApiClient who, params object[] changes) => SendAsync(who, HttpMethod.Post, $"{Bench.Set}/changes", LabelBench.ChangeSet(changes));

    /// <summary>A change set whose list of changes is this text.</summary>
    public Task<Answer> SaveTextAsync(string changes) => SendTextAsync($"{Bench.Set}/changes", $$"""{"changeSetId":"{{Guid.CreateVersion7()}}","baseRevision":0,"changes":{{changes}}}""");

    /// <summary>Ann posts this text as JSON.</summary>
    public async Task<Answer> SendTextAsync(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await ReadAsync(Bench.Ann.SendContentAsync(HttpMethod.Post, path, content));
    }

    public Task<Answer> SendAsync(ApiClient who, HttpMethod method, string path, object? body = null, params (string Name, string? Value)[] headers) =>
        ReadAsync(who.SendAsync(method, path, body, headers));

    /// <summary>The owner uploads files; the detail names each that the report refuses, with its reason.</summary>
    public async Task<Answer> UploadAsync(params (string Path, byte[] Bytes)[] files)
    {
        var report = await Bench.Owner.AddAsync(Bench.ProjectId, files);
        return new Answer(202, "", string.Join("; ", report.Issues().Select(issue => $"{issue.Item}: {issue.Code}")));
    }

    public async ValueTask DisposeAsync()
    {
        await Bench.DisposeAsync();
        if (_cluster is not null) await _cluster.DisposeAsync();
        if (_disk is not null) await _disk.DisposeAsync();
    }

    private static async Task<Answer> ReadAsync(Task<HttpResponseMessage> request)
    {
        using var response = await request;
        var text = await response.Content.ReadAsStringAsync();
        var body = text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
        if (response.IsSuccessStatusCode) return new Answer((int)response.StatusCode, "", Results(body));
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.NotEmpty(body.GetProperty("title").GetString()!);
        return new Answer((int)response.StatusCode, body.GetProperty("type").GetString()!.Split('/')[^1], Pointer(body));
    }

    private static string Results(JsonElement body) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty("results", out var results)
            ? string.Join("; ", results.EnumerateArray().Select(result => result.GetProperty("status").GetString() + (result.TryGetProperty("rule", out var rule) ? $" {rule.GetString()}" : "")))
            : "";

    private static string Pointer(JsonElement problem) =>
        problem.TryGetProperty("errors", out var errors) && errors.GetArrayLength() > 0 && errors[0].TryGetProperty("pointer", out var pointer) ? pointer.GetString() ?? "" : "";
}
