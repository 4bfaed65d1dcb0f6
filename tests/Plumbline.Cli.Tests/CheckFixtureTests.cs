using System.Text.Json;
using System.Xml.Linq;
using Plumbline.Core.Checks;

namespace Plumbline.Cli.Tests;

/// <summary>Each fixture of <c>testdata/checks</c> shows the finding that it is named after; those that can be mended are.</summary>
[Collection(nameof(ConsoleCollection))]
public sealed class CheckFixtureTests : IDisposable
{
    private static readonly string Fixtures = Path.Combine(Golden.Root, "testdata/checks");

    // Checks that no format of boxes and polygons can show; CheckTests of the core has them.
    private static readonly string[] WithoutFixture = ["several-tags", "keypoint-count"];

    private readonly Workplace place = new();

    public static TheoryData<string> Names => [.. Directory.GetDirectories(Fixtures).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Fixture_shows_its_finding(string check)
    {
        var findings = await FindingsAsync(Path.Combine(Fixtures, check));
        Assert.Contains(findings, f => f.GetProperty("check").GetString() == check);
    }

    [Theory]
    [InlineData("outside-image")]
    [InlineData("zero-area")]
    [InlineData("duplicate-annotation")]
    [InlineData("dangling-image")]
    [InlineData("dangling-category")]
    [InlineData("duplicate-id")]
    [InlineData("broken-annotation")]
    public async Task What_can_be_mended_is_and_a_dry_run_touches_nothing(string check)
    {
        Workplace.CopyFolder(Path.Combine(Fixtures, check), place.At("data"));
        var before = File.ReadAllText(place.At("data/labels.json"));
        var dry = await Workplace.RunAsync("validate", place.At("data/labels.json"), "--fix", "--dry-run");
        Assert.Contains("would mend", dry.Errors, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(place.At("data/labels.json")));
        var mended = await Workplace.RunAsync("validate", place.At("data/labels.json"), "--fix");
        Assert.Contains("Mended", mended.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(await FindingsAsync(place.At("data")), f => f.GetProperty("check").GetString() == check);
        Assert.Equal(["data", "data/labels.json"], place.Everything());
    }

    [Fact]
    public async Task Mending_keeps_fields_that_nobody_knows()
    {
        Workplace.CopyFolder(Path.Combine(Fixtures, "outside-image"), place.At("data"));
        await Workplace.RunAsync("validate", place.At("data/labels.json"), "--fix");
        using var json = JsonDocument.Parse(File.ReadAllText(place.At("data/labels.json")));
        var boxes = json.RootElement.GetProperty("annotations").EnumerateArray().ToDictionary(a => a.GetProperty("id").GetInt32(), a => a);
        Assert.Equal([1, 3, 4], boxes.Keys.Order());
        Assert.Equal([50, 30, 14, 10], boxes[1].GetProperty("bbox").EnumerateArray().Select(n => n.GetDouble()));
        Assert.Equal([40, 10, 24, 20], boxes[4].GetProperty("bbox").EnumerateArray().Select(n => n.GetDouble()));
        Assert.Equal("kept", boxes[4].GetProperty("note").GetString());
        Assert.Equal([5, 5, 10, 10], boxes[3].GetProperty("bbox").EnumerateArray().Select(n => n.GetDouble()));
    }

    [Fact]
    public async Task Every_form_of_the_answer_is_well_formed_and_tells_the_same()
    {
        var source = Path.Combine(Fixtures, "outside-image");
        Environment.CurrentDirectory = Fixtures;
        Golden.Check("validate.json", (await Workplace.RunAsync("validate", "outside-image", "--output", "json")).Output);
        Golden.Check("validate.txt", (await Workplace.RunAsync("validate", "outside-image")).Output);
        var junit = XDocument.Parse((await Workplace.RunAsync("validate", source, "--output", "junit")).Output);
        Assert.Equal(["outside-image"], junit.Descendants("failure").Select(f => f.Parent!.Attribute("name")!.Value)); // a failure lies in a named test case
        using var sarif = JsonDocument.Parse((await Workplace.RunAsync("validate", source, "--output", "sarif")).Output);
        Assert.Equal("2.1.0", sarif.RootElement.GetProperty("version").GetString());
        var results = sarif.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray().ToList();
        Assert.Equal(3, results.Count(r => r.GetProperty("ruleId").GetString() == "outside-image" && r.GetProperty("level").GetString() == "error"));
        var rules = sarif.RootElement.GetProperty("runs")[0].GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray().Select(r => r.GetProperty("id").GetString()).ToHashSet();
        Assert.All(results, r => Assert.Contains(r.GetProperty("ruleId").GetString(), rules));
    }

    [Theory]
    [InlineData("outside-image", "error", ExitCode.NotGood)]
    [InlineData("too-small", "error", ExitCode.Done)]
    [InlineData("too-small", "warning", ExitCode.NotGood)]
    public async Task Fail_on_decides_the_exit_code(string check, string failOn, int exit) =>
        Assert.Equal(exit, (await Workplace.RunAsync("validate", Path.Combine(Fixtures, check), "--fail-on", failOn)).Exit);

    [Fact]
    public void Every_check_has_a_fixture_and_a_line_in_the_docs()
    {
        var docs = File.ReadAllText(Path.Combine(Golden.Root, "docs/checks.md"));
        foreach (var check in CheckSuite.Catalogue)
        {
            Assert.True(Directory.Exists(Path.Combine(Fixtures, check.Id)) || WithoutFixture.Contains(check.Id), $"{check.Id} has no fixture");
            Assert.Contains($"| `{check.Id}` | {(check.Severity == CheckSeverity.Error ? "error" : "warning")} | {check.Explanation} |", docs, StringComparison.Ordinal);
        }
    }

    public void Dispose()
    {
        Environment.CurrentDirectory = AppContext.BaseDirectory;
        place.Dispose();
    }

    private static async Task<List<JsonElement>> FindingsAsync(string folder)
    {
        string[] more = File.Exists(Path.Combine(folder, "ontology.json")) ? ["--ontology", Path.Combine(folder, "ontology.json")]
            : File.Exists(Path.Combine(folder, "contract.json")) ? ["--contract", Path.Combine(folder, "contract.json")] : [];
        var source = File.Exists(Path.Combine(folder, "labels.json")) ? Path.Combine(folder, "labels.json") : folder;
        var run = await Workplace.RunAsync(["validate", source, "--format", "coco", "--json", .. more]);
        Assert.True(run.Exit is ExitCode.Done or ExitCode.NotGood, run.Errors);
        using var json = JsonDocument.Parse(run.Output);
        var summary = json.RootElement.GetProperty("summary");
        var findings = json.RootElement.GetProperty("findings").EnumerateArray().Select(f => f.Clone()).ToList();
        Assert.Equal(findings.Count, summary.GetProperty("error").GetInt32() + summary.GetProperty("warning").GetInt32());
        return findings;
    }
}
