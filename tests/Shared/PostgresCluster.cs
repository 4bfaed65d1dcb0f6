using System.Diagnostics;
using System.Text;
using Npgsql;

namespace Plumbline.Testing;

/// <summary>A private PostgreSQL cluster in a temporary folder, reached by a Unix socket only; ends with the process that started it.</summary>
/// <remarks>A cluster weighs gigabytes after a few hundred tests: its folder goes with the process, or, where that was killed, when the next cluster starts.</remarks>
public sealed class PostgresCluster : IAsyncDisposable
{
    private const string FolderPrefix = "plumbline-pg-";
    private readonly string _root = Directory.CreateTempSubdirectory(FolderPrefix).FullName;
    private readonly StringBuilder _log = new();
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
    /// <param name="settings">Settings such as <c>fsync=off</c>, beside those of the distribution.</param>
    public static async Task<PostgresCluster> StartAsync(params string[] settings)
    {
        RemoveAbandoned();
        var cluster = new PostgresCluster();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => cluster.End();
        Directory.CreateDirectory(cluster.Socket);
        Directory.CreateDirectory(cluster.Data);
        if (Environment.IsPrivilegedProcess) Run(new ProcessStartInfo("/bin/chown", ["-R", "postgres:postgres", cluster._root]));
        Run(cluster.Program("initdb", "-D", cluster.Data, "-U", "plumbline", "--auth-local=trust", "--auth-host=reject", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"));
        cluster.StartOnThreadThatLives(settings);
        await cluster.WaitUntilReadyAsync();
        return cluster;
    }

    /// <summary>Makes an empty database and returns its connection string.</summary>
    /// <param name="folder">Where its tables lie; null for the cluster's own folder.</param>
    public async Task<string> CreateDatabaseAsync(string? folder = null)
    {
        var name = "t" + Guid.NewGuid().ToString("N");
        if (folder is null)
        {
            await ExecuteAsync($"CREATE DATABASE {name}");
            return ConnectionString(name);
        }

        var tables = Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
        if (Environment.IsPrivilegedProcess) Run(new ProcessStartInfo("/bin/chown", ["postgres:postgres", tables]));
        await ExecuteAsync($"CREATE TABLESPACE {name} LOCATION '{tables}'");
        await ExecuteAsync($"CREATE DATABASE {name} TABLESPACE {name}");
        return ConnectionString(name);
    }

    /// <summary>Removes a database that <see cref="CreateDatabaseAsync"/> made, whoever is still connected to it.</summary>
    public Task DropDatabaseAsync(string connectionString) =>
        ExecuteAsync($"DROP DATABASE {new NpgsqlConnectionStringBuilder(connectionString).Database} WITH (FORCE)");

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        End();
        return ValueTask.CompletedTask;
    }

    /// <summary>Removes the folders of clusters whose process was killed.</summary>
    private static void RemoveAbandoned()
    {
        foreach (var folder in Directory.GetDirectories(Path.GetTempPath(), FolderPrefix + "*"))
        {
            if (DateTime.UtcNow - Directory.GetLastWriteTimeUtc(folder) < TimeSpan.FromMinutes(5)) continue; // perhaps being made
            var lockFile = Path.Combine(folder, "data", "postmaster.pid");
            try
            {
                if (!File.Exists(lockFile) || !Directory.Exists($"/proc/{File.ReadLines(lockFile).First()}")) Directory.Delete(folder, recursive: true);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                Console.Error.WriteLine($"{folder} is left from a run that was killed and cannot be removed: {fault.Message}");
            }
        }
    }

    private void End()
    {
        if (_server is { HasExited: false } server)
        {
            Run(Program("pg_ctl", "-D", Data, "-m", "immediate", "stop"));
            server.WaitForExit();
        }

        if (Directory.Exists(_root)) Directory.Delete(_root, recursive: true);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString("postgres") + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        try
        {
            await command.ExecuteNonQueryAsync();
        }
        catch (NpgsqlException fault)
        {
            lock (_log) throw new InvalidOperationException($"{sql}: {fault.Message}\nThe server's log: {_log}", fault);
        }
    }

    private string ConnectionString(string database) => $"Host={Socket};Username=plumbline;Database={database};Maximum Pool Size=40";

    /// <summary>The death signal that setpriv asks for follows the parent thread, so that thread must not be one of the pool.</summary>
    private void StartOnThreadThatLives(string[] settings)
    {
        using var started = new ManualResetEventSlim();
        new Thread(() =>
        {
            _server = Process.Start(Program(
                "postgres", ["-D", Data, "-k", Socket, .. settings.Concat(["listen_addresses=", "shared_buffers=128MB", "max_connections=200", "logging_collector=off"]).SelectMany(setting => new[] { "-c", setting })]));
            started.Set();
            _server?.StandardOutput.ReadToEnd();
            _server?.WaitForExit();
        })
        { IsBackground = true }.Start();
        started.Wait();
        _server!.ErrorDataReceived += (_, line) =>
        {
            lock (_log) if (_log.Length < 20_000) _log.AppendLine(line.Data);
        };
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
