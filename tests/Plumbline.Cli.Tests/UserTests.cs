using System.Text.Json;
using Plumbline.Server.Storage;

namespace Plumbline.Cli.Tests;

/// <summary>The verb <c>user</c>: accounts from the server's own machine.</summary>
[Collection(nameof(ConsoleCollection))]
public sealed class UserTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("plumbline-test-").FullName;

    /// <summary>An installation without people.</summary>
    public async ValueTask InitializeAsync()
    {
        await using var database = await DataFolder.OpenDatabaseAsync(new() { DataDirectory = _folder });
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Add_prints_a_link_and_list_shows_the_person()
    {
        var added = await RunAsync("add", "admin@example.org", "--name", "First Admin", "--admin", "--url", "https://labels.example.org/");
        var listed = await RunAsync("list");
        var asJson = JsonDocument.Parse((await RunAsync("list", "--json")).Output).RootElement[0];

        Assert.Equal(ExitCode.Done, added.Exit);
        Assert.StartsWith("https://labels.example.org/reset/", added.Output, StringComparison.Ordinal);
        Assert.Equal("admin@example.org\tFirst Admin\tadministrator\n", listed.Output);
        Assert.Equal(("admin@example.org", true), (asJson.GetProperty("email").GetString(), asJson.GetProperty("admin").GetBoolean()));
    }

    [Fact]
    public async Task Nobody_is_added_twice()
    {
        await RunAsync("add", "a@example.org", "--name", "A");
        var again = await RunAsync("add", "A@Example.org", "--name", "B");

        Assert.Equal(ExitCode.NotGood, again.Exit);
        Assert.Contains("plumbline user reset", again.Errors, StringComparison.Ordinal);
        Assert.Single((await RunAsync("list")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Reset_prints_another_link_each_time_and_refuses_strangers()
    {
        var added = await RunAsync("add", "a@example.org", "--name", "A");
        var reset = await RunAsync("reset", "a@example.org");
        var stranger = await RunAsync("reset", "b@example.org");

        Assert.Equal(ExitCode.Done, reset.Exit);
        Assert.StartsWith("http://localhost:5080/reset/", reset.Output, StringComparison.Ordinal);
        Assert.NotEqual(added.Output, reset.Output);
        Assert.Equal((ExitCode.NotGood, ""), (stranger.Exit, stranger.Output));
    }

    [Theory]
    [InlineData("add")]
    [InlineData("add a@example.org")]
    [InlineData("add nonsense --name A")]
    [InlineData("reset")]
    [InlineData("list everybody")]
    [InlineData("nonsense")]
    public async Task Wrong_usage_answers_2(string line)
    {
        var run = await RunAsync(line.Split(' '));

        Assert.Equal((ExitCode.WrongUsage, ""), (run.Exit, run.Output));
        Assert.NotEmpty(run.Errors);
    }

    [Fact]
    public async Task A_folder_without_an_installation_answers_3_and_stays_empty()
    {
        var empty = Directory.CreateDirectory(Path.Combine(_folder, "empty")).FullName;
        using var output = new CapturedOutput();

        Assert.Equal(ExitCode.Unreadable, await CommandLine.RunAsync(["user", "list", "--data", empty]));
        Assert.Contains("--data", output.Errors, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(empty));
    }

    private async Task<(int Exit, string Output, string Errors)> RunAsync(params string[] words)
    {
        using var output = new CapturedOutput();
        var exit = await CommandLine.RunAsync(["user", .. words, "--data", _folder]);
        return (exit, output.Standard, output.Errors);
    }
}
