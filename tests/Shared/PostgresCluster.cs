using System.Diagnostics;
using Npgsql;

namespace Plumbline.Testing;

/// <summary>A private PostgreSQL cluster in a temporary folder, reached by a Unix socket only; ends with the process that started it.</summary>
public sealed class PostgresCluster : IAsyncDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("plumbline-pg-").FullName;
    private readonly string _programs;
    private Process? _server;

    private PostgresCluster()
    {
        const string versions = "/usr/lib/postgresql";
        var newest = Directory.Exists(versions) ? Directory.GetDirectories(versions).OrderDescending().FirstOrDefault() : null;
        _programs = newest is null
            ? throw new InvalidOperationException("PostgreSQL is not installed; ./test installs it, or run: apt-get install postgresql-15")
            : Path.Combine(newest, "bin");
    }

    private string Socket => Path.Combine(_root, "socket");

    private string Data => Path.Combine(_root, "data");

    /// <summary>Makes and starts a cluster; about three seconds.</summary>
    public static async Task<PostgresCluster> StartAsync()
    {
        var cluster = new PostgresCluster();
        Directory.CreateDirectory(cluster.Socket);
        Directory.CreateDirectory(cluster.Data);
        if (Environment.IsPrivilegedProcess) Run(new ProcessStartInfo("/bin/chown", ["-R", "postgres:postgres", cluster._root]));
        Run(cluster.Program("initdb", "-D", cluster.Data, "-U", "plumbline", "--auth-local=trust", "--auth-host=reject", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"));
        cluster.StartOnThreadThatLives();
        await cluster.WaitUntilReadyAsync();
        return cluster;
    }

    /// <summary>Makes an empty database and returns its connection string.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = "t" + Guid.NewGuid().ToString("N");
        await using var source = NpgsqlDataSource.Create(ConnectionString("postgres") + ";Pooling=false");
        await using var create = source.CreateCommand($"CREATE DATABASE {name}");
        await create.ExecuteNonQueryAsync();
        return ConnectionString(name);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_server is { HasExited: false } server)
        {
            NpgsqlConnection.ClearAllPools();
            Run(Program("pg_ctl", "-D", Data, "-m", "immediate", "stop"));
            await server.WaitForExitAsync();
        }

        Directory.Delete(_root, recursive: true);
    }

    private string ConnectionString(string database) => $"Host={Socket};Username=plumbline;Database={database};Maximum Pool Size=40";

    /// <summary>The death signal that setpriv asks for follows the parent thread, so that thread must not be one of the pool.</summary>
    private void StartOnThreadThatLives()
    {
        using var started = new ManualResetEventSlim();
        new Thread(() =>
        {
            _server = Process.Start(Program(
                "postgres", "-D", Data, "-k", Socket, "-c", "listen_addresses=", "-c", "fsync=on", "-c", "shared_buffers=128MB", "-c", "max_connections=200", "-c", "logging_collector=off"));
            started.Set();
            _server?.StandardOutput.ReadToEnd();
            _server?.WaitForExit();
        })
        { IsBackground = true }.Start();
        started.Wait();
        _server!.ErrorDataReceived += (_, _) => { };
        _server.BeginErrorReadLine();
    }

    private async Task WaitUntilReadyAsync()
    {
        var deadline = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false;Timeout=2");
                await connection.OpenAsync();
                return;
            }
            catch (NpgsqlException) when (deadline.Elapsed < TimeSpan.FromSeconds(60) && _server is { HasExited: false })
            {
                await Task.Delay(50);
            }
        }
    }

    private ProcessStartInfo Program(string name, params string[] arguments)
    {
        var program = Path.Combine(_programs, name);
        var start = Environment.IsPrivilegedProcess
            ? new ProcessStartInfo("/usr/bin/setpriv", ["--reuid=postgres", "--regid=postgres", "--init-groups", "--pdeathsig=INT", program, .. arguments])
            : new ProcessStartInfo(program, arguments);
        start.WorkingDirectory = "/";
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        return start;
    }

    private static void Run(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start.");
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{start.FileName} {string.Join(' ', start.ArgumentList)}: {output.Result}{errors}");
    }
}
