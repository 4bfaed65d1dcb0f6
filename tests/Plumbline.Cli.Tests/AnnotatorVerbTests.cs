using System.Text.Json;
using Plumbline.Cli;

namespace Plumbline.Cli.Tests;

/// <summary>The verbs <c>agree</c>, <c>errors</c> and <c>consensus</c> as scripts use them, on the files of <c>testdata/examples</c>.</summary>
[Collection(nameof(ConsoleCollection))]
public sealed class AnnotatorVerbTests : IDisposable
{
    private static readonly string Examples = Path.Combine(Golden.Root, "testdata", "examples");
    private readonly string folder = Directory.CreateTempSubdirectory("plumbline-test-").FullName;

    [Fact]
    public async Task The_json_of_agree_is_held_stable()
    {
        var run = await RunAsync("agree", Example("anna"), Example("ben"), Example("carla"), "--json");
        Assert.Equal((ExitCode.Done, ""), (run.Exit, run.Errors));
        Golden.Check("agree.json", run.Output);
    }

    [Fact]
    public async Task Perfect_agreement_is_1_and_classes_do_not_count_when_blind()
    {
        var same = await JsonAsync("agree", Example("gold"), Example("gold"), "--json");
        Assert.Equal(1, Alpha(same), 1e-12);
        Assert.Equal(1, same.GetProperty("meanIoU").GetProperty("value").GetDouble(), 1e-12);
        var renamed = Write("renamed.json", File.ReadAllText(Example("gold")).Replace("\"category_id\":2", "\"category_id\":1", StringComparison.Ordinal));
        Assert.True(Alpha(await JsonAsync("agree", Example("gold"), renamed, "--json")) < .8);
        var blind = await JsonAsync("agree", Example("gold"), renamed, "--class-blind", "--json");
        Assert.Equal(JsonValueKind.Null, blind.GetProperty("krippendorffAlpha").GetProperty("value").ValueKind); // everything is one class and nothing was missed
        Assert.NotEmpty(blind.GetProperty("krippendorffAlpha").GetProperty("undefined").GetString()!);
    }

    [Fact]
    public async Task The_published_example_of_object_level_alpha_comes_out()
    {
        // cat/cat × 3, dog/dog × 1, cat/missing × 1 → 28/46.
        var first = Write("first.json", Dataset("[0,0,10,10]:1 [20,0,10,10]:1 [40,0,10,10]:1 [60,0,10,10]:2 [80,0,10,10]:1"));
        var second = Write("second.json", Dataset("[0,0,10,10]:1 [20,0,10,10]:1 [40,0,10,10]:1 [60,0,10,10]:2"));
        Assert.Equal(28 / 46.0, Alpha(await JsonAsync("agree", first, second, "--json")), 1e-12);
    }

    [Fact]
    public async Task Bad_input_of_agree_is_named()
    {
        Assert.Equal(ExitCode.WrongUsage, (await RunAsync("agree", Example("anna"))).Exit);
        Assert.Equal(ExitCode.WrongUsage, (await RunAsync("agree", Example("anna"), Example("ben"), "--iou", "0")).Exit);
        var elsewhere = Write("elsewhere.json", Dataset("[0,0,10,10]:1"));
        var apart = await RunAsync("agree", Example("anna"), elsewhere);
        Assert.Equal(ExitCode.Unreadable, apart.Exit);
        Assert.Contains("shares no image", apart.Errors, StringComparison.Ordinal);
        var smaller = Write("smaller.json", File.ReadAllText(Example("ben")).Replace("\"width\":640", "\"width\":320", StringComparison.Ordinal));
        var sizes = await RunAsync("agree", Example("anna"), smaller);
        Assert.Equal(ExitCode.Unreadable, sizes.Exit);
        Assert.Contains("street-1.jpg", sizes.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errors_are_found_as_what_they_are()
    {
        var run = await RunAsync("errors", "--truth", Example("gold"), "--given", Example("ben"), "--json");
        Assert.Equal((ExitCode.Done, ""), (run.Exit, run.Errors));
        Golden.Check("errors.json", run.Output);
        using var json = JsonDocument.Parse(run.Output);
        var summary = json.RootElement.GetProperty("summary");
        Assert.Equal((1, 1, 1), (summary.GetProperty("missed").GetInt32(), summary.GetProperty("wrongClass").GetInt32(), summary.GetProperty("looseBox").GetInt32()));
        var none = await JsonAsync("errors", "--truth", Example("gold"), "--given", Example("gold"), "--json");
        Assert.Empty(none.GetProperty("differences").EnumerateArray());
    }

    [Fact]
    public async Task Points_of_left_and_right_that_traded_places_are_told_from_points_that_are_wrong()
    {
        string People(string points) => $$"""
            {"images":[{"id":1,"file_name":"one.jpg","width":400,"height":400}],
             "categories":[{"id":1,"name":"person","keypoints":["nose","left_eye","right_eye","left_wrist","right_wrist"],"skeleton":[[1,2],[1,3]]}],
             "annotations":[{"id":1,"image_id":1,"category_id":1,"bbox":[100,100,200,200],"area":40000,"iscrowd":0,"num_keypoints":5,"keypoints":[{{points}}]}]}
            """;
        var gold = Write("people.json", People("200,120,2, 215,112,2, 185,112,2, 290,250,2, 110,250,2"));
        async Task<string[]> Found(string points)
        {
            var json = await JsonAsync("errors", "--truth", gold, "--given", Write("given.json", People(points)), "--json");
            return [.. json.GetProperty("summary").EnumerateObject().Where(kind => kind.Value.GetInt32() > 0).Select(kind => $"{kind.Name} {kind.Value}")];
        }

        Assert.Empty(await Found("201,120,2, 215,113,2, 185,112,2, 290,251,2, 110,250,2"));
        Assert.Equal(["leftRightSwapped 1"], await Found("200,120,2, 215,112,2, 185,112,2, 110,250,2, 290,250,2"));
        Assert.Equal(["wrongKeypoint 1"], await Found("200,120,2, 215,112,2, 185,112,2, 290,150,2, 110,250,2"));
        Assert.Equal(["wrongKeypoint 1", "leftRightSwapped 1"], await Found("300,120,2, 215,112,2, 185,112,2, 110,250,2, 290,250,2"));
    }

    [Fact]
    public async Task Equal_boxes_with_fractions_are_right_whatever_rounding_makes_of_their_overlap()
    {
        var boxes = Write("fractions.json", Dataset("[0.1,0.1,0.2,0.2]:1 [10.1,10.1,20.2,20.2]:1 [33.3,33.3,7.7,7.7]:2"));
        var json = await JsonAsync("errors", "--truth", boxes, "--given", boxes, "--json");
        Assert.Equal(1, json.GetProperty("scores").GetProperty("F1").GetProperty("value").GetDouble());
        Assert.Empty(json.GetProperty("differences").EnumerateArray());
    }

    [Fact]
    public async Task Tags_are_confused_by_class_and_what_cannot_be_compared_is_neither_missed_nor_false()
    {
        string Labels(string first, string second) => Write($"{first}-{second}.jsonl", $$$"""
            {"image":"one.jpg","width":100,"height":100,"annotations":[{"class":"{{{first}}}","shape":{"kind":"tag"}},{"class":"cat","shape":{"kind":"point","x":5,"y":5}}]}
            {"image":"two.jpg","width":100,"height":100,"annotations":[{"class":"{{{second}}}","shape":{"kind":"tag"}}]}

            """);
        var json = await JsonAsync("errors", "--truth", Labels("cat", "dog"), "--given", Labels("cat", "cat"), "--json");
        Assert.Equal(.5, json.GetProperty("scores").GetProperty("precision").GetProperty("value").GetDouble());
        Assert.Equal(0, json.GetProperty("scores").GetProperty("missed").GetProperty("value").GetDouble());
        Assert.Equal(2, json.GetProperty("uncompared").GetInt32());
        Assert.Equal(["cat cat 1", "dog cat 1"], json.GetProperty("confusion").EnumerateArray().Select(c => $"{c.GetProperty("truth")} {c.GetProperty("given")} {c.GetProperty("count")}"));
    }

    [Fact]
    public async Task Predictions_without_scores_are_refused()
    {
        var run = await RunAsync("errors", "--truth", Example("gold"), "--given", Example("ben"), "--predictions", Example("carla"));
        Assert.Equal(ExitCode.Unreadable, run.Exit);
        Assert.Contains("no score", run.Errors, StringComparison.Ordinal);
        Assert.Contains("image 1", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Results_lists_speak_for_likely_errors_too()
    {
        var json = await JsonAsync("errors", "--truth", Example("gold"), "--given", Example("ben"), "--predictions", Example("found"), "--json");
        var likely = json.GetProperty("likelyErrors").EnumerateArray().Select(e => (e.GetProperty("image").GetString(), e.GetProperty("kind").GetString())).ToList();
        Assert.Empty(likely); // nothing that the model is sure of speaks against ben's labels
        var sure = Write("sure.json", """[{"image_id":2,"category_id":2,"bbox":[470,188,42,116],"score":0.99},{"image_id":3,"category_id":2,"bbox":[60,200,30,90],"score":0.99}]""");
        json = await JsonAsync("errors", "--truth", Example("gold"), "--given", Example("ben"), "--predictions", sure, "--json");
        likely = json.GetProperty("likelyErrors").EnumerateArray().Select(e => (e.GetProperty("image").GetString(), e.GetProperty("kind").GetString())).Order().ToList();
        Assert.Equal([("street-2.jpg", "overlooked"), ("street-3.jpg", "swapped")], likely);
        var stray = await RunAsync("errors", "--truth", Example("gold"), "--given", Example("ben"), "--predictions", Write("stray.json", """[{"image_id":77,"category_id":2,"bbox":[0,0,9,9],"score":0.9}]"""));
        Assert.Equal(ExitCode.Unreadable, stray.Exit);
        Assert.Contains("image 77", stray.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_consensus_is_written_and_says_what_needs_a_decision()
    {
        var target = Path.Combine(folder, "fused.json");
        var run = await RunAsync("consensus", Example("anna"), Example("ben"), Example("carla"), target, "--json");
        Assert.Equal((ExitCode.Done, ""), (run.Exit, run.Errors));
        Golden.Check("consensus.json", run.Output.Replace(target, "fused.json", StringComparison.Ordinal));
        using var written = JsonDocument.Parse(File.ReadAllText(target));
        var annotations = written.RootElement.GetProperty("annotations").EnumerateArray().ToList();
        Assert.Equal(7, annotations.Count); // the eighth, drawn by one of three, is left out
        Assert.All(annotations, a => Assert.InRange(a.GetProperty("attributes").GetProperty("consensus_votes").GetInt32(), 2, 3));
        Assert.Equal(ExitCode.WrongUsage, (await RunAsync("consensus", Example("anna"), target)).Exit);
        Assert.Equal(ExitCode.WrongUsage, (await RunAsync("consensus", Example("anna"), Example("ben"), target)).Exit); // the target exists
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static double Alpha(JsonElement json) => json.GetProperty("krippendorffAlpha").GetProperty("value").GetDouble();

    private static string Example(string name) => Path.Combine(Examples, $"{name}.json");

    private static string Dataset(string objects) => $$"""
        {"images":[{"id":1,"file_name":"one.jpg","width":100,"height":100}],"categories":[{"id":1,"name":"cat"},{"id":2,"name":"dog"}],
         "annotations":[{{string.Join(',', objects.Split(' ').Select((o, i) => $$"""{"id":{{i + 1}},"image_id":1,"category_id":{{o[^1]}},"bbox":{{o[..^2]}}}"""))}}]}
        """;

    private string Write(string name, string text)
    {
        File.WriteAllText(Path.Combine(folder, name), text);
        return Path.Combine(folder, name);
    }

    private static async Task<JsonElement> JsonAsync(params string[] arguments)
    {
        var run = await RunAsync(arguments);
        Assert.Equal((ExitCode.Done, ""), (run.Exit, run.Errors));
        using var json = JsonDocument.Parse(run.Output);
        return json.RootElement.Clone();
    }

    private static async Task<(int Exit, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        using var output = new CapturedOutput();
        var exit = await CommandLine.RunAsync(arguments);
        return (exit, output.Standard, output.Errors);
    }
}
