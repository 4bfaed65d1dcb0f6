using System.Text.Json;
using Plumbline.Core;
using Plumbline.Imaging;

namespace Plumbline.Cli.Tests;

/// <summary>The JSON of every verb on files, and how the verbs end.</summary>
[Collection(nameof(ConsoleCollection))]
public sealed class VerbAnswerTests : IDisposable
{
    private const string First = """
        {"images":[{"id":1,"file_name":"a.jpg","width":100,"height":50},{"id":2,"file_name":"b.jpg","width":100,"height":50},{"id":3,"file_name":"c.jpg","width":100,"height":50},{"id":4,"file_name":"d.jpg","width":60,"height":50}],
         "categories":[{"id":7,"name":"cat"},{"id":8,"name":"dog"},{"id":9,"name":"fox"}],
         "annotations":[
          {"id":1,"image_id":1,"category_id":7,"bbox":[10,10,20,20],"area":200,"iscrowd":0,"segmentation":[[10,10,30,10,30,30]]},
          {"id":2,"image_id":1,"category_id":8,"bbox":[50,10,40,40],"area":1600,"iscrowd":0,"segmentation":[]},
          {"id":3,"image_id":2,"category_id":8,"bbox":[5,5,30,30],"area":900,"iscrowd":0,"segmentation":[]},
          {"id":4,"image_id":3,"category_id":7,"bbox":[5,5,90,40],"area":3600,"iscrowd":1,"segmentation":[]}]}
        """;

    private readonly Workplace place = new();

    [Fact]
    public async Task Stats_counts() => Golden.Check("stats.json", (await DoneAsync("stats", place.Write("first.json", First), "--json")).Output);

    [Fact]
    public async Task Diff_says_what_became_of_each_annotation()
    {
        var second = First.Replace("[5,5,30,30]", "[7,5,30,30]", StringComparison.Ordinal)
            .Replace("\"id\":2,\"image_id\":1,\"category_id\":8", "\"id\":2,\"image_id\":1,\"category_id\":9", StringComparison.Ordinal)
            .Replace("{\"id\":4,\"image_id\":3,\"category_id\":7,\"bbox\":[5,5,90,40]", "{\"id\":4,\"image_id\":4,\"category_id\":7,\"bbox\":[5,5,40,40]", StringComparison.Ordinal);
        Golden.Check("diff.json", (await DoneAsync("diff", place.Write("first.json", First), place.Write("second.json", second), "--json")).Output);
    }

    [Fact]
    public async Task A_dataset_does_not_differ_from_itself_in_another_format()
    {
        var source = place.Write("first.json", First);
        await DoneAsync("convert", source, place.At("voc"), "--to", "voc", "--images", "none");
        await DoneAsync("convert", place.At("voc"), place.At("back.json"), "--to", "coco", "--images", "none");
        using var same = JsonDocument.Parse((await DoneAsync("diff", place.At("voc"), place.At("back.json"), "--json")).Output);
        var counts = same.RootElement.GetProperty("summary").GetProperty("annotations");
        Assert.Equal((4, 0, 0), (counts.GetProperty("same").GetInt32(), counts.GetProperty("moved").GetInt32(), counts.GetProperty("removed").GetInt32()));
    }

    [Fact]
    public async Task Merge_keeps_once_what_both_have()
    {
        var second = First.Replace("\"name\":\"fox\"", "\"name\":\"owl\"", StringComparison.Ordinal).Replace("[5,5,30,30]", "[7,5,30,30]", StringComparison.Ordinal)
            .Replace("[50,10,40,40]", "[80,10,10,40]", StringComparison.Ordinal).Replace("\"file_name\":\"d.jpg\",\"width\":60", "\"file_name\":\"d.jpg\",\"width\":61", StringComparison.Ordinal);
        Environment.CurrentDirectory = place.Folder; // the answer names the sources as they were given
        place.Write("first.json", First);
        place.Write("second.json", second);
        Golden.Check("merge.json", (await DoneAsync("merge", "first.json", "second.json", "merged.json", "--to", "coco", "--json")).Output);
        using var merged = JsonDocument.Parse(File.ReadAllText(place.At("merged.json")));
        Assert.Equal(["cat", "dog", "fox", "owl"], merged.RootElement.GetProperty("categories").EnumerateArray().Select(c => c.GetProperty("name").GetString()));
        Assert.Equal(5, merged.RootElement.GetProperty("images").GetArrayLength());
        Assert.Equal(5, merged.RootElement.GetProperty("annotations").GetArrayLength());
    }

    [Fact]
    public async Task Sample_draws_as_many_as_asked_and_the_same_with_the_same_seed()
    {
        var source = place.Write("first.json", First);
        var answer = (await DoneAsync("sample", source, place.At("one"), "--count", "2", "--seed", "5", "--json")).Output;
        Golden.Check("sample.json", answer);
        Assert.Equal(answer, (await DoneAsync("sample", source, place.At("two"), "--count", "2", "--seed", "5", "--json")).Output);
        Assert.Equal(ExitCode.WrongUsage, (await Workplace.RunAsync("sample", source, place.At("three"), "--count", "5")).Exit);
    }

    [Fact]
    public async Task Split_keeps_groups_and_near_duplicates_on_one_side()
    {
        WritePictures();
        var answer = await DoneAsync("split", place.At("photos"), place.At("out"), "--format", "coco", "--ratios", "train=.5,val=.5", "--group-by", "regex:^(.)", "--seed", "3", "--json");
        Golden.Check("split.json", answer.Output);
        using var dataset = JsonDocument.Parse((await DoneAsync("stats", place.At("out"), "--json")).Output);
        Assert.Equal(8, dataset.RootElement.GetProperty("images").GetInt32());
        Assert.Equal(["train", "val"], dataset.RootElement.GetProperty("splits").EnumerateArray().Select(s => s.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task Dedupe_tells_equal_from_near()
    {
        WritePictures();
        File.Delete(place.At("photos/labels.json"));
        Golden.Check("dedupe.json", (await DoneAsync("dedupe", place.At("photos"), "--json")).Output);
        using var other = JsonDocument.Parse((await DoneAsync("dedupe", place.At("photos"), "--hash", "phash", "--json")).Output);
        Assert.Contains(other.RootElement.GetProperty("groups").EnumerateArray(), group => group.GetProperty("kind").GetString() == "exact");
    }

    [Fact]
    public async Task A_picture_that_cannot_be_read_is_named_and_the_others_are_compared()
    {
        WritePictures();
        File.Delete(place.At("photos/labels.json"));
        place.Write("photos/broken.png", [1, 2, 3]);
        var run = await Workplace.RunAsync("dedupe", place.At("photos"));
        Assert.Equal(ExitCode.PartlyDone, run.Exit);
        Assert.Contains("broken.png", run.Errors, StringComparison.Ordinal);
        Assert.Contains("8 pictures", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Synth_and_render_work_hand_in_hand()
    {
        Golden.Check("synth.json", (await DoneAsync("synth", place.At("made"), "--images", "3", "--size", "160x120", "--to", "coco", "--json")).Output);
        await DoneAsync("synth", place.At("again"), "--images", "3", "--size", "160x120", "--to", "coco");
        Assert.Equal(Bytes(place.At("made")), Bytes(place.At("again")));
        Assert.Equal(ExitCode.Done, (await Workplace.RunAsync("validate", place.At("made"))).Exit);
        Golden.Check("render.json", (await DoneAsync("render", place.At("made"), place.At("drawn"), "--json")).Output);
        Assert.Equal(3, Directory.GetFiles(place.At("drawn/pictures"), "*.jpg", SearchOption.AllDirectories).Length);
        Assert.True(File.Exists(place.At("drawn/contact-sheets/0001.jpg")));
    }

    [Theory]
    [InlineData("stats missing.json", ExitCode.Unreadable)]
    [InlineData("stats IN --nonsense", ExitCode.WrongUsage)]
    [InlineData("split IN OUT --ratios train=.5", ExitCode.WrongUsage)]
    [InlineData("split IN OUT --ratios train=.5,val=x", ExitCode.WrongUsage)]
    [InlineData("split IN OUT --group-by nothing --near-duplicates off", ExitCode.WrongUsage)]
    [InlineData("split IN OUT --group-by regex:( --near-duplicates off", ExitCode.WrongUsage)]
    [InlineData("split IN out.json", ExitCode.WrongUsage)]
    [InlineData("split IN OUT --near-duplicates 99", ExitCode.WrongUsage)]
    [InlineData("sample IN OUT --count 0", ExitCode.WrongUsage)]
    [InlineData("sample IN IN --count 1", ExitCode.WrongUsage)]
    [InlineData("dedupe IN --threshold 65", ExitCode.WrongUsage)]
    [InlineData("dedupe IN", ExitCode.Unreadable)]
    [InlineData("merge IN OUT --to nothing", ExitCode.WrongUsage)]
    [InlineData("merge IN OUT --to coco --iou 0", ExitCode.WrongUsage)]
    [InlineData("diff IN missing.json", ExitCode.Unreadable)]
    [InlineData("render IN OUT --count 0", ExitCode.WrongUsage)]
    [InlineData("synth OUT --images 1 --scene moon", ExitCode.WrongUsage)]
    [InlineData("synth OUT --images 1 --size 1x1", ExitCode.WrongUsage)]
    [InlineData("validate IN --fail-on nothing", ExitCode.WrongUsage)]
    [InlineData("validate IN --output yaml", ExitCode.WrongUsage)]
    [InlineData("validate IN --dry-run", ExitCode.WrongUsage)]
    [InlineData("validate IN --contract missing.json", ExitCode.Unreadable)]
    [InlineData("validate IN --contract IN", ExitCode.Unreadable)]
    public async Task What_cannot_be_done_says_so_and_writes_nothing(string line, int exit)
    {
        var source = place.Write("in.json", First);
        Environment.CurrentDirectory = place.Folder;
        var run = await Workplace.RunAsync([.. line.Split(' ').Select(w => w == "IN" ? source : w == "OUT" ? place.At("out") : w)]);
        Assert.Equal(exit, run.Exit);
        Assert.NotEmpty(run.Errors);
        Assert.Equal(["in.json"], place.Everything());
    }

    [Fact]
    public async Task Every_verb_shows_an_example()
    {
        foreach (var verb in (string[])["stats", "validate", "diff", "merge", "split", "dedupe", "sample", "render", "synth", "convert", "formats"])
        {
            var help = await Workplace.RunAsync(verb, "--help");
            Assert.Equal(ExitCode.Done, help.Exit);
            Assert.Contains($"  plumbline {verb} ", help.Output, StringComparison.Ordinal);
        }
    }

    public void Dispose()
    {
        Environment.CurrentDirectory = AppContext.BaseDirectory;
        place.Dispose();
    }

    private static async Task<(int Exit, string Output, string Errors)> DoneAsync(params string[] args)
    {
        var run = await Workplace.RunAsync(args);
        Assert.True(run.Exit == ExitCode.Done, $"{string.Join(' ', args)} ended with {run.Exit}: {run.Errors}");
        return run;
    }

    private static IEnumerable<(string, string)> Bytes(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(f => (Path.GetRelativePath(folder, f), Convert.ToHexString(File.ReadAllBytes(f)))).ToList();

    // Eight pictures: p1 twice, once a little brighter; the others each of its own.
    private void WritePictures()
    {
        var images = new List<string>();
        var annotations = new List<string>();
        (string, int, int)[] pictures = [("p1.png", 1, 0), ("p2.png", 2, 0), ("q1.png", 3, 0), ("q2-copy.png", 1, 0), ("r1.png", 1, 3), ("r2.png", 4, 0), ("s1.png", 5, 0), ("s2.png", 6, 0)];
        foreach (var (index, (name, seed, brighter)) in pictures.Index())
        {
            place.Write($"photos/{name}", Pattern(seed, brighter).ToPng());
            images.Add($$"""{"id":{{index + 1}},"file_name":"{{name}}","width":72,"height":64}""");
            annotations.Add($$"""{"id":{{index + 1}},"image_id":{{index + 1}},"category_id":{{(index % 2) + 1}},"bbox":[1,1,20,20],"area":400,"iscrowd":0,"segmentation":[]}""");
        }

        place.Write("photos/labels.json", $$"""{"images":[{{string.Join(',', images)}}],"categories":[{"id":1,"name":"cat"},{"id":2,"name":"dog"}],"annotations":[{{string.Join(',', annotations)}}]}""");
    }

    private static Raster Pattern(int seed, int brighter)
    {
        var random = new Random(seed);
        var cells = new byte[72];
        random.NextBytes(cells);
        var rgb = new byte[72 * 64 * 3];
        for (var i = 0; i < rgb.Length; i++) rgb[i] = (byte)Math.Min(255, (cells[(i / 3 / 72 / 8 * 9) + (i / 3 % 72 / 8)] * 9 / 10) + brighter);
        return new Raster(72, 64, rgb);
    }
}
