using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Plumbline.Cli.Tests;

/// <summary>The verb <c>serve</c>: how it refuses, and how it stops.</summary>
[Collection(nameof(ConsoleCollection))]
public sealed class ServeTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly string _folder = Directory.CreateTempSubdirectory("plumbline-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("--folder nonsense", "NAME=PATH")]
    [InlineData("--folder pictures=/no/such/folder", "/no/such/folder")]
    [InlineData("--role api", "PostgreSQL")]
    [InlineData("--role nonsense", "--role")]
    [InlineData("--jobs many", "--jobs")]
    [InlineData("--tls cert.pem", "https://")]
    [InlineData("--demo --url http://0.0.0.0:0", "--demo")]
    [InlineData("--nonsense", "--nonsense")]
    public async Task Wrong_usage_answers_2_and_says_what_is_wrong(string line, string word)
    {
        using var output = new CapturedOutput();
        var exit = await CommandLine.RunAsync(["serve", "--data", Path.Combine(_folder, "data"), .. line.Split(' ')]);

        Assert.Equal(ExitCode.WrongUsage, exit);
        Assert.Contains(word, output.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_server_on_the_same_folder_is_refused_and_the_first_goes_on()
    {
        using var first = Start();
        await ListeningAsync(first);
        using var second = Start();
        var said = await second.StandardError.ReadToEndAsync().WaitAsync(Patience);
        await second.WaitForExitAsync().WaitAsync(Patience);

        Assert.Equal(ExitCode.Unreadable, second.ExitCode);
        Assert.Contains($"Another Plumbline server works on {_folder}", said, StringComparison.Ordinal);
        Assert.Contains("--data", said, StringComparison.Ordinal);
        Assert.False(first.HasExited);
        await SignalAsync(first, "TERM");
        Assert.Equal(ExitCode.Done, first.ExitCode);
    }

    [Fact]
    public async Task A_port_that_another_program_has_is_said_in_one_line_and_nothing_else()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var output = new List<string>();
        using var server = Start($"http://{other.LocalEndpoint}", output.Add);
        var said = await server.StandardError.ReadToEndAsync().WaitAsync(Patience);
        await server.WaitForExitAsync().WaitAsync(Patience);

        Assert.Equal("plumbline serve: Another program listens on that address. Choose another one with --url (or ./run --port N).", said.Trim());
        Assert.Empty(output);
        Assert.Equal(ExitCode.Unreadable, server.ExitCode);
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task Told_to_stop_the_moment_it_listens_it_stops(string signal)
    {
        using var server = Start();
        await ListeningAsync(server);
        await SignalAsync(server, signal);

        Assert.Equal(ExitCode.Done, server.ExitCode);
    }

    /// <summary>The folder's lock appears early in the start, before schema, services and socket.</summary>
    [Fact]
    public async Task Told_to_stop_while_it_starts_it_stops()
    {
        using var server = Start();
        for (var waited = Stopwatch.StartNew(); !File.Exists(Path.Combine(_folder, "server.lock")); await Task.Delay(5)) Assert.True(waited.Elapsed < Patience, "The server did not start.");
        await SignalAsync(server, "TERM");

        Assert.Equal(ExitCode.Done, server.ExitCode);
    }

    private Process Start(string url = "http://127.0.0.1:0", Action<string>? onOutput = null)
    {
        // A shell lets what it starts in the background ignore SIGINT, and so does whatever that starts: these servers must not.
        var start = new ProcessStartInfo("env", ["--default-signal=INT", "dotnet", Path.Combine(AppContext.BaseDirectory, "plumbline.dll"), "serve", "--data", _folder, "--url", url]) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment.Remove("PLUMBLINE_DATABASE");
        var process = Process.Start(start) ?? throw new InvalidOperationException("The server did not start.");
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is not null) onOutput?.Invoke(line.Data);
        };
        process.BeginOutputReadLine();
        return process;
    }

    private static async Task ListeningAsync(Process server)
    {
        while (await server.StandardError.ReadLineAsync().WaitAsync(Patience) is { } line)
        {
            if (line.Contains(" is at ", StringComparison.Ordinal)) return;
        }

        throw new InvalidOperationException("The server ended before it listened.");
    }

    private static async Task SignalAsync(Process server, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", server.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        await server.WaitForExitAsync().WaitAsync(Patience);
    }
}
