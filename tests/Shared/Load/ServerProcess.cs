using System.Diagnostics;

namespace Plumbline.Testing.Load;

/// <summary>The real program in a process of its own, to be killed without warning.</summary>
public sealed class ServerProcess : IDisposable
{
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(60);
    private readonly string _dataDirectory;
    private readonly string? _database;
    private Process? _process;
    private volatile Uri _url = new("http://127.0.0.1:9");

    /// <param name="dataDirectory">The data folder.</param>
    /// <param name="database">A PostgreSQL connection string; null for SQLite.</param>
    public ServerProcess(string dataDirectory, string? database) => (_dataDirectory, _database) = (dataDirectory, database);

    /// <summary>Where it listens, or listened last.</summary>
    public Uri Url => _url;

    /// <summary>Starts it and waits until it listens.</summary>
    public async Task StartAsync()
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "plumbline.dll"), "serve", "--data", _dataDirectory, "--url", "http://127.0.0.1:0"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (_database is not null) start.Environment["PLUMBLINE_DATABASE"] = _database;
        var listening = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var said = new List<string>();
        var process = Process.Start(start) ?? throw new InvalidOperationException("The server did not start.");
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is null) listening.TrySetException(new InvalidOperationException($"The server ended: {string.Join('\n', said)}"));
            else said.Add(line.Data);
            if (line.Data?.Split(" is at ") is [_, var address]) listening.TrySetResult(new Uri(address));
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _process = process;
        _url = await listening.Task.WaitAsync(StartTime);
    }

    /// <summary>Kills it at once, as a power cut would (signal 9).</summary>
    public async Task KillAsync()
    {
        if (_process is not { } process) return;
        _process = null;
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _process?.Kill();
        _process?.Dispose();
    }
}
