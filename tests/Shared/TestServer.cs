using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Server;

namespace Plumbline.Testing;

/// <summary>A server that really listens, on a data folder and a database of its own. The engine comes from <c>PLUMBLINE_TEST_ENGINE</c>: sqlite (default) or postgres.</summary>
public sealed class TestServer : IAsyncDisposable
{
    private static readonly Lazy<Task<PostgresCluster>> Cluster = new(() => PostgresCluster.StartAsync("fsync=off", "max_wal_size=128MB", "min_wal_size=32MB"));
    private string? _ownDatabase;
    private WebApplication _app;
    private bool _stopped;

    private TestServer(WebApplication app, ServerOptions options) => (_app, Options) = (app, options);

    /// <summary>Whether this run is on PostgreSQL.</summary>
    public static bool OnPostgres => Environment.GetEnvironmentVariable("PLUMBLINE_TEST_ENGINE") == "postgres";

    /// <summary>How it was started.</summary>
    public ServerOptions Options { get; private set; }

    /// <summary>Where it listens.</summary>
    public Uri Url => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>The server's services, to look at state that has no endpoint.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>An empty database on the private PostgreSQL that the tests of this process share.</summary>
    public static async Task<string> CreatePostgresDatabaseAsync() => await (await Cluster.Value).CreateDatabaseAsync();

    /// <summary>Starts a server; the options can be changed before.</summary>
    public static async Task<TestServer> StartAsync(Func<ServerOptions, ServerOptions>? change = null)
    {
        var options = new ServerOptions
        {
            DataDirectory = Directory.CreateTempSubdirectory("plumbline-test-").FullName,
            Url = "http://127.0.0.1:0",
            Database = OnPostgres ? await CreatePostgresDatabaseAsync() : null,
            PlainLogs = true,
        };
        var database = options.Database;
        options = change?.Invoke(options) ?? options;
        return new TestServer(await StartAppAsync(options), options) { _ownDatabase = database };
    }

    /// <summary>Stops the server and starts another one on the same data; the options can be changed between.</summary>
    public async Task RestartAsync(Func<ServerOptions, ServerOptions>? change = null)
    {
        await StopAppAsync();
        Options = change?.Invoke(Options) ?? Options;
        await StartAgainAsync();
    }

    /// <summary>Stops the server, which keeps its port for <see cref="StartAgainAsync"/>.</summary>
    public Task StopAsync()
    {
        Options = Options with { Url = Url.GetLeftPart(UriPartial.Authority) };
        return StopAppAsync();
    }

    /// <summary>Starts a stopped server on the same data.</summary>
    public async Task StartAgainAsync()
    {
        _app = await StartAppAsync(Options);
        _stopped = false;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (!_stopped) await StopAppAsync();
        Directory.Delete(Options.DataDirectory, recursive: true);
        if (_ownDatabase is not null) await (await Cluster.Value).DropDatabaseAsync(_ownDatabase);
    }

    private async Task StopAppAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _stopped = true;
    }

    private static async Task<WebApplication> StartAppAsync(ServerOptions options)
    {
        var app = await ServerApp.BuildAsync(options);
        await app.StartAsync();
        return app;
    }
}
