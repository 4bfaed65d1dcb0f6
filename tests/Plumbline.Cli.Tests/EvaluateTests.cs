using System.Text.Json;
using Plumbline.Cli;

namespace Plumbline.Cli.Tests;

/// <summary>The verb <c>evaluate</c> as scripts use it.</summary>
[Collection(nameof(ConsoleCollection))]
public sealed class EvaluateTests : IDisposable
{
    private const string Truth = """
        {"images":[{"id":1,"file_name":"a.jpg","width":100,"height":100},{"id":2,"file_name":"b.jpg","width":100,"height":100}],
         "categories":[{"id":1,"name":"cat"},{"id":2,"name":"dog"}],
         "annotations":[{"id":1,"image_id":1,"category_id":1,"bbox":[10,10,40,40],"area":1600,"iscrowd":0,"segmentation":[[10,10,50,10,50,50,10,50]]},
                        {"id":2,"image_id":2,"category_id":1,"bbox":[20,20,40,40],"area":1600,"iscrowd":0,"segmentation":[[20,20,60,20,60,60,20,60]]},
                        {"id":3,"image_id":2,"category_id":1,"bbox":[60,60,10,10],"area":100,"iscrowd":0,"segmentation":[[60,60,70,60,70,70,60,70]]}]}
        """;

    private const string Found = """
        [{"image_id":1,"category_id":1,"bbox":[10,10,40,40],"score":0.9},{"image_id":2,"category_id":1,"bbox":[20,20,40,40],"score":0.8}]
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("plumbline-test-").FullName;

    [Fact]
    public async Task The_json_is_held_stable()
    {
        var run = await RunAsync("--truth", Write("truth.json", Truth), "--predictions", Write("found.json", Found), "--task", "bbox", "--json");
        Assert.Equal(ExitCode.Done, run.Exit);
        Assert.Empty(run.Errors);
        Golden.Check("evaluate.json", run.Output);
        using var json = JsonDocument.Parse(run.Output);
        Assert.Equal(67 / 101.0, json.RootElement.GetProperty("metrics").GetProperty("AP").GetDouble(), 1e-12); // two of three found, nothing else
    }

    [Fact]
    public async Task People_get_a_table_with_a_line_for_each_class()
    {
        var run = await RunAsync("--truth", Write("truth.json", Truth), "--predictions", Write("found.json", Found), "--task", "bbox");
        Assert.Equal(ExitCode.Done, run.Exit);
        Assert.Contains("AP        0.6634", run.Output, StringComparison.Ordinal);
        Assert.Contains("undefined: no large truth objects", run.Output, StringComparison.Ordinal);
        Assert.Contains(run.Output.Split('\n'), line => line.StartsWith("dog", StringComparison.Ordinal) && line.Contains('—'));
    }

    [Fact]
    public async Task Intervals_stand_beside_the_scores_that_exist_in_all_and_in_each_class()
    {
        var run = await RunAsync("--truth", Write("truth.json", Truth), "--predictions", Write("found.json", Found), "--task", "bbox", "--intervals", "--json");
        Assert.Equal((ExitCode.Done, ""), (run.Exit, run.Errors));
        using var json = JsonDocument.Parse(run.Output);
        double[] Ends(JsonElement of) => [.. of.GetProperty("intervals").GetProperty("AP").EnumerateArray().Select(end => end.GetDouble())];
        // Of two images, one with one object found, one with one of two: the draws score 1, 67/101 and 51/101.
        Assert.Equal([51 / 101.0, 1], Ends(json.RootElement), (a, b) => Math.Abs(a - b) < 1e-9);
        var cat = json.RootElement.GetProperty("perClass").EnumerateArray().First();
        Assert.Equal(Ends(json.RootElement), Ends(cat));
        Assert.False(json.RootElement.GetProperty("intervals").TryGetProperty("APl", out _));
        var table = await RunAsync("--truth", At("truth.json"), "--predictions", At("found.json"), "--task", "bbox", "--intervals");
        Assert.Contains("AP        0.6634   [0.5050, 1.0000]", table.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Predictions_may_be_a_dataset_with_scores_and_the_truth_of_another_format()
    {
        var truth = Write("truth.json", Truth);
        await CommandLine.RunAsync(["convert", truth, At("voc"), "--to", "voc"]);
        var scored = Truth.Replace("\"iscrowd\":0", "\"iscrowd\":0,\"score\":0.5", StringComparison.Ordinal);
        var run = await RunAsync("--truth", At("voc"), "--predictions", Write("scored.json", scored), "--task", "bbox", "--json");
        Assert.Equal((ExitCode.Done, ""), (run.Exit, run.Errors));
        using var json = JsonDocument.Parse(run.Output);
        Assert.Equal(1, json.RootElement.GetProperty("metrics").GetProperty("AP").GetDouble(), 1e-12);
    }

    [Fact]
    public async Task Masks_come_from_outlines_and_run_lengths()
    {
        var counts = $"1010,{string.Join(",60,", Enumerable.Repeat(40, 40))},5050"; // a square of 40 × 40 pixels at (10, 10)
        var masks = $$"""[{"image_id":1,"category_id":1,"segmentation":{"size":[100,100],"counts":[{{counts}}]},"score":0.9}]""";
        var run = await RunAsync("--truth", Write("truth.json", Truth), "--predictions", Write("masks.json", masks), "--task", "segm", "--json");
        Assert.Equal((ExitCode.Done, ""), (run.Exit, run.Errors));
        using var json = JsonDocument.Parse(run.Output);
        Assert.Equal(34 / 101.0, json.RootElement.GetProperty("metrics").GetProperty("AP").GetDouble(), 1e-12); // one of three, pixel by pixel the same
    }

    [Theory]
    [InlineData("""[{"image_id":1,"category_id":1,"bbox":[10,10,40,40],"score":-1}]""", "image 1")]
    [InlineData("""[{"image_id":1,"category_id":1,"bbox":[10,10,40,40],"score":NaN}]""", "image 1")]
    [InlineData("""[{"image_id":1,"category_id":1,"bbox":[10,10,40,40],"score":1},{"image_id":1,"category_id":8,"bbox":[10,10,40,40],"score":1}]""", "class 8")]
    [InlineData("""[{"image_id":1,"category_id":1,"bbox":[10,10,40,40],"score":1},{"image_id":9,"category_id":1,"bbox":[10,10,40,40],"score":1}]""", "image 9")]
    [InlineData("""[{"image_id":9,"category_id":1,"bbox":[10,10,40,40],"score":1}]""", "shares no image")]
    [InlineData("""[{"image_id":1,"category_id":8,"bbox":[10,10,40,40],"score":1}]""", "shares no class")]
    [InlineData("""[{"image_id":1,"category_id":1,"bbox":[10,10,40,40],"score":1}""", "cut off")]
    public async Task What_cannot_be_compared_answers_3_names_the_item_and_prints_no_number(string predictions, string word)
    {
        var run = await RunAsync("--truth", Write("truth.json", Truth), "--predictions", Write("found.json", predictions), "--task", "bbox", "--json");
        Assert.Equal(ExitCode.Unreadable, run.Exit);
        Assert.Contains(word, run.Errors, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task A_dataset_without_scores_is_no_prediction()
    {
        var run = await RunAsync("--truth", Write("truth.json", Truth), "--predictions", Write("same.json", Truth), "--task", "bbox");
        Assert.Equal((ExitCode.Unreadable, ""), (run.Exit, run.Output));
        Assert.Contains("no score", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Slices_federated_truth_and_pictures_are_scored()
    {
        var (truth, found) = (Write("truth.json", Truth.Replace("\"width\":100", "\"metadata\":{\"site\":\"north\"},\"width\":100", StringComparison.Ordinal)), Write("found.json", Found));
        using var sliced = JsonDocument.Parse((await RunAsync("--truth", truth, "--predictions", found, "--task", "bbox", "--slice", "metadata.site", "--json")).Output);
        var slice = Assert.Single(sliced.RootElement.GetProperty("slices").EnumerateArray());
        Assert.Equal("north", slice.GetProperty("value").GetString());
        Assert.Equal(67 / 101.0, slice.GetProperty("metrics").GetProperty("AP").GetDouble(), 1e-12);
        var wrong = await RunAsync("--truth", truth, "--predictions", found, "--task", "bbox", "--slice", "weather");
        Assert.Equal(ExitCode.WrongUsage, wrong.Exit);
        Assert.Contains("metadata.site", wrong.Errors, StringComparison.Ordinal);
        Assert.Equal(ExitCode.WrongUsage, (await RunAsync("--truth", truth, "--predictions", found, "--task", "bbox", "--federated")).Exit);
        foreach (var (task, metric) in new[] { ("panoptic", "PQ"), ("semantic", "mIoU"), ("boundary", "AP") })
        {
            var scored = Write("scored.json", Truth.Replace("\"iscrowd\":0", "\"iscrowd\":0,\"score\":0.5", StringComparison.Ordinal));
            using var json = JsonDocument.Parse((await RunAsync("--truth", truth, "--predictions", scored, "--task", task, "--json")).Output);
            Assert.Equal(1, json.RootElement.GetProperty("metrics").GetProperty(metric).GetDouble(), 1e-12);
        }
    }

    [Theory]
    [InlineData("--truth", "x.json")]
    [InlineData("--truth", "x.json", "--predictions", "y.json", "--task", "nonsense")]
    public async Task Wrong_usage_answers_2(params string[] arguments) => Assert.Equal(ExitCode.WrongUsage, (await RunAsync(arguments)).Exit);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string At(string path) => Path.Combine(folder, path);

    private string Write(string path, string text)
    {
        File.WriteAllText(At(path), text);
        return At(path);
    }

    private static async Task<(int Exit, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        using var output = new CapturedOutput();
        var exit = await CommandLine.RunAsync(["evaluate", .. arguments]);
        return (exit, output.Standard, output.Errors);
    }
}
