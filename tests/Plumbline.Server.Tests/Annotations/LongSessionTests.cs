using System.Diagnostics;
using System.Text.Json;
using Plumbline.Testing;
using Xunit;
using static Plumbline.Server.Tests.Annotations.LabelBench;

namespace Plumbline.Server.Tests.Annotations;

/// <summary>
/// Two editors on one set of a real server: random edits, requests and answers that are lost, pages that are reloaded. <c>web/editor/session</c> plays it without a browser and
/// compares the hashes of both editors and the server; <c>PLUMBLINE_LONG_TESTS=1</c> makes 2,000 edits of the 300.
/// </summary>
public sealed class LongSessionTests
{
    private static int Edits => Environment.GetEnvironmentVariable("PLUMBLINE_LONG_TESTS") == "1" ? 2_000 : 300;

    [Fact]
    public async Task Both_editors_and_the_server_agree_and_every_acknowledged_edit_is_in_the_log()
    {
        await using var bench = await LabelBench.StartAsync();
        var (sky, road) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var nothing = new { kind = "mask", x = 0, y = 0, width = 0, height = 0, runs = Array.Empty<int>() };
        var tile = new { column = 0, row = 0, revision = 0, segments = new[] { sky, road }, runs = new[] { 1, 60, 2, 30, 0, 166, 1, 60, 2, 30, 0, 65_190 } };
        await bench.SaveAsync(bench.Owner, Put(Shape(sky, 0, "car", nothing)), Put(Shape(road, 0, "car", nothing)), new { op = "paint", tile });
        var plan = new
        {
            url = bench.Server.Url.GetLeftPart(UriPartial.Authority),
            setId = bench.SetId,
            tokens = new[] { await TokenOfAsync(bench.Ann), await TokenOfAsync(bench.Ben) },
            people = new[] { bench.Ann.UserId, bench.Ben.UserId },
            edits = Edits,
            seed = 20_261,
        };

        var (exitCode, said) = await PlayAsync(JsonSerializer.Serialize(plan));

        Assert.True(exitCode == 0, said);
        TestContext.Current.TestOutputHelper?.WriteLine(said);
        await bench.AssertSoundAsync();
    }

    private static async Task<string> TokenOfAsync(ApiClient person) =>
        (await person.PostAsync("/api/tokens", new { name = "session", scopes = new[] { "read", "annotate" } })).GetProperty("token").GetString()!; // the answer that makes a token has it

    private static async Task<(int ExitCode, string Said)> PlayAsync(string plan)
    {
        var web = Checkout.PathOf("web/vitest.session.config.ts");
        var start = new ProcessStartInfo("node", [Checkout.PathOf("web/node_modules/vitest/vitest.mjs"), "run", "--config", web])
        {
            WorkingDirectory = Path.GetDirectoryName(web)!, // a file has a folder
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["PLUMBLINE_SESSION"] = plan, ["NO_COLOR"] = "1" },
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("Node did not start.");
        try
        {
            var cancellation = TestContext.Current.CancellationToken;
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(cancellation), process.StandardError.ReadToEndAsync(cancellation));
            await process.WaitForExitAsync(cancellation);
            return (process.ExitCode, await output + await errors);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }
}
