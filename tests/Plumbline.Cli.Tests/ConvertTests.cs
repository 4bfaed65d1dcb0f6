using System.Text.Json;
using Plumbline.Cli;

namespace Plumbline.Cli.Tests;

/// <summary>The verb <c>convert</c> as scripts use it: files, exit codes, what is printed.</summary>
[Collection(nameof(ConsoleCollection))]
public sealed class ConvertTests : IDisposable
{
    private const string Good = """
        {"images":[{"id":1,"file_name":"a.jpg","width":100,"height":50}],"categories":[{"id":7,"name":"cat"}],
         "annotations":[{"id":1,"image_id":1,"category_id":7,"bbox":[10,10,20,20],"area":200,"iscrowd":0,"segmentation":[[10,10,30,10,30,30]]}]}
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("plumbline-test-").FullName;

    [Fact]
    public async Task Coco_becomes_yolo_and_the_report_lists_what_is_lost()
    {
        var run = await RunAsync("convert", Write("in.json", Good), At("out"), "--to", "yolo", "--report", At("report.json"), "--json");
        Assert.Equal(ExitCode.Done, run.Exit);
        Assert.Equal("0 0.2 0.4 0.2 0.4\n", File.ReadAllText(At("out/labels/train/a.txt")));
        using var summary = JsonDocument.Parse(run.Output);
        Assert.Equal((1, 1), (summary.RootElement.GetProperty("images").GetInt32(), summary.RootElement.GetProperty("annotations").GetInt32()));
        using var report = JsonDocument.Parse(File.ReadAllText(At("report.json")));
        Assert.Contains(report.RootElement.GetProperty("losses").EnumerateArray(), l => l.GetProperty("item").GetString() == "a.jpg#1" && l.GetProperty("field").GetString() == "shape");
    }

    [Fact]
    public async Task Strict_answers_1_when_a_label_loses_anything_and_0_when_only_bookkeeping_does()
    {
        var source = Write("in.json", Good);
        var boxes = Write("boxes.json", Good.Replace("[[10,10,30,10,30,30]]", "[]", StringComparison.Ordinal));
        Assert.Equal(ExitCode.Done, (await RunAsync("convert", boxes, At("boxes"), "--to", "yolo", "--strict")).Exit);
        Assert.Equal(ExitCode.NotGood, (await RunAsync("convert", source, At("out"), "--to", "yolo", "--strict")).Exit);
        Assert.Equal(ExitCode.Done, (await RunAsync("convert", source, At("out.json"), "--to", "coco", "--strict")).Exit);
    }

    [Theory]
    [InlineData("convert")]
    [InlineData("convert IN OUT")]
    [InlineData("convert IN OUT --to nonsense")]
    [InlineData("convert IN OUT --to yolo --crowd maybe")]
    [InlineData("convert IN OUT --to coco --voc-pixels devkit")]
    [InlineData("convert IN OUT.json --to yolo")]
    [InlineData("convert IN IN --to coco")]
    [InlineData("convert IN OUT --to yolo --report OUT/losses.json")]
    [InlineData("convert IN OUT.json --to coco --report OUT.json")]
    [InlineData("convert IN OUT --to yolo --images steal")]
    [InlineData("nonsense")]
    public async Task Wrong_usage_answers_2_and_writes_nothing(string line)
    {
        var source = Write("in.json", Good);
        var run = await RunAsync([.. line.Split(' ').Select(w => w.Replace("IN", source, StringComparison.Ordinal).Replace("OUT", At("out"), StringComparison.Ordinal))]);
        Assert.Equal(ExitCode.WrongUsage, run.Exit);
        Assert.NotEmpty(run.Errors);
        Assert.Equal([source], Directory.EnumerateFileSystemEntries(folder));
    }

    [Theory]
    [InlineData("{\"images\":[{\"id\":1", "--from=coco", "cut off")]
    [InlineData("hello", "--from=coco", "not valid JSON")]
    [InlineData("", "--from=coco", "empty")]
    [InlineData("hello", "--json", "format")]
    public async Task Unreadable_input_answers_3_with_file_and_reason_and_leaves_no_debris(string text, string option, string word)
    {
        var source = Write("in.json", text);
        var run = await RunAsync("convert", source, At("out"), "--to", "yolo", option);
        Assert.Equal(ExitCode.Unreadable, run.Exit);
        Assert.Contains("in.json", run.Errors, StringComparison.Ordinal);
        Assert.Contains(word, run.Errors, StringComparison.Ordinal);
        Assert.Equal([source], Directory.EnumerateFileSystemEntries(folder));
    }

    [Fact]
    public async Task A_name_from_a_file_cannot_steer_the_terminal()
    {
        var source = Write("in.json", Good.Replace("\"id\":1,\"image_id\":1", "\"id\":\"\u001b[2J\",\"image_id\":9", StringComparison.Ordinal).Replace("a.jpg", "../\\u001b[2J.jpg", StringComparison.Ordinal));
        var run = await RunAsync("convert", source, At("out"), "--to", "yolo");
        Assert.Contains("\\u001B[2J", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', run.Errors);
    }

    [Fact]
    public async Task Refused_items_answer_4_and_the_rest_is_converted()
    {
        var source = Write("in.json", Good.Replace("[10,10,20,20]", "[10,10,-20,20]", StringComparison.Ordinal));
        var run = await RunAsync("convert", source, At("out"), "--to", "voc");
        Assert.Equal(ExitCode.PartlyDone, run.Exit);
        Assert.True(File.Exists(At("out/Annotations/a.xml")));
    }

    [Fact]
    public async Task A_folder_in_use_is_replaced_only_when_told_to()
    {
        var source = Write("in.json", Good);
        Write("out/mine.txt", "x");
        Assert.Equal(ExitCode.WrongUsage, (await RunAsync("convert", source, At("out"), "--to", "yolo")).Exit);
        Assert.True(File.Exists(At("out/mine.txt")));
        Assert.Equal(ExitCode.Done, (await RunAsync("convert", source, At("out"), "--to", "yolo", "--overwrite")).Exit);
        Assert.False(File.Exists(At("out/mine.txt")));
    }

    [Fact]
    public async Task Classes_are_renamed_and_dropped_by_a_map()
    {
        var source = Write("in.json", Good);
        await RunAsync("convert", source, At("renamed"), "--to", "yolo", "--classes", Write("map.json", """{"cat":"animal"}"""));
        Assert.Contains("0: \"animal\"", File.ReadAllText(At("renamed/data.yaml")), StringComparison.Ordinal);
        await RunAsync("convert", source, At("dropped"), "--to", "yolo", "--classes", Write("map.json", """{"cat":null}"""));
        Assert.Equal("", File.ReadAllText(At("dropped/labels/train/a.txt")));
    }

    [Fact]
    public async Task Formats_says_what_each_can()
    {
        using var json = JsonDocument.Parse((await RunAsync("formats", "--json")).Output);
        Assert.Equal(Plumbline.Formats.DatasetFormats.All.Select(f => f.Name), json.RootElement.GetProperty("formats").EnumerateArray().Select(f => f.GetProperty("name").GetString()!));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string At(string path) => Path.Combine(folder, path);

    private string Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!); // inside the test's folder
        File.WriteAllText(At(path), text);
        return At(path);
    }

    private static async Task<(int Exit, string Output, string Errors)> RunAsync(params string[] args)
    {
        using var output = new CapturedOutput();
        var exit = await CommandLine.RunAsync(args);
        return (exit, output.Standard, output.Errors);
    }
}

/// <summary>Tests that look at the console run one after the other.</summary>
[CollectionDefinition(nameof(ConsoleCollection), DisableParallelization = true)]
public sealed class ConsoleCollection;

/// <summary>What is printed while it lives.</summary>
internal sealed class CapturedOutput : IDisposable
{
    private readonly TextWriter standard = Console.Out;
    private readonly TextWriter errors = Console.Error;
    private readonly StringWriter outText = new();
    private readonly StringWriter errorText = new();

    public CapturedOutput()
    {
        Console.SetOut(outText);
        Console.SetError(errorText);
    }

    public string Standard => outText.ToString();

    public string Errors => errorText.ToString();

    public void Dispose()
    {
        Console.SetOut(standard);
        Console.SetError(errors);
    }
}
