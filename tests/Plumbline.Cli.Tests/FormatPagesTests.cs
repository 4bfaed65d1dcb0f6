using System.Text.RegularExpressions;
using Plumbline.Cli;
using Plumbline.Formats;

namespace Plumbline.Cli.Tests;

/// <summary>The pages in <c>docs/formats</c>: there is one for every format, and what they tell people to type works.</summary>
[Collection(nameof(ConsoleCollection))]
public sealed partial class FormatPagesTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("plumbline-test-").FullName;

    public static TheoryData<string, string> Examples => [.. Directory.GetFiles(Pages(), "*.md").Order(StringComparer.Ordinal)
        .SelectMany(page => Command().Matches(File.ReadAllText(page)).Select(m => new TheoryDataRow<string, string>(Path.GetFileName(page), m.Groups[1].Value)))];

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task What_a_page_tells_people_to_type_works(string page, string command)
    {
        var before = Environment.CurrentDirectory;
        Environment.CurrentDirectory = folder;
        try
        {
            await PrepareAsync();
            using var output = new CapturedOutput();
            var exit = await CommandLine.RunAsync([.. command.Split(' ')[1..]]);
            Assert.True(exit == ExitCode.Done, $"{page}: {command} ended with {exit}: {output.Errors}");
        }
        finally
        {
            Environment.CurrentDirectory = before;
        }
    }

    [Fact]
    public void Every_format_has_a_page_that_the_overview_links()
    {
        var overview = File.ReadAllText(Path.Combine(Pages(), "README.md"));
        foreach (var format in DatasetFormats.All)
        {
            var row = Assert.Single(overview.Split('\n'), l => l.StartsWith('|') && l.Contains($"`{format.Name}`", StringComparison.Ordinal));
            Assert.True(File.Exists(Path.Combine(Pages(), Link().Match(row).Groups[1].Value)), format.Name);
        }
    }

    [Fact]
    public void Every_option_of_a_format_stands_on_its_page()
    {
        var overview = File.ReadAllText(Path.Combine(Pages(), "README.md"));
        foreach (var format in DatasetFormats.All)
        {
            var row = overview.Split('\n').Single(l => l.StartsWith('|') && l.Contains($"`{format.Name}`", StringComparison.Ordinal));
            var page = File.ReadAllText(Path.Combine(Pages(), Link().Match(row).Groups[1].Value));
            Assert.All(format.Options, option => Assert.Contains($"--{option.Name}", page, StringComparison.Ordinal));
        }
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static string Pages()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Plumbline.slnx"))) return Path.Combine(at.FullName, "docs", "formats");
        }

        throw new InvalidOperationException("The tests run from a checkout.");
    }

    // The files that the pages speak of, made from one small COCO file.
    private static async Task PrepareAsync()
    {
        const string Coco = """
            {"images":[{"id":1,"file_name":"a.png","width":20,"height":10}],"categories":[{"id":7,"name":"cat","keypoints":["nose"],"skeleton":[]}],
             "annotations":[{"id":1,"image_id":1,"category_id":7,"bbox":[1,1,5,5],"area":12,"iscrowd":0,"segmentation":[[1,1,6,1,6,6]],"keypoints":[2,2,2],"num_keypoints":1}]}
            """;
        await File.WriteAllTextAsync("instances_val2017.json", Coco.Replace(",\"keypoints\":[2,2,2],\"num_keypoints\":1", "", StringComparison.Ordinal));
        await File.WriteAllTextAsync("instances_train2017.json", Coco.Replace(",\"keypoints\":[2,2,2],\"num_keypoints\":1", "", StringComparison.Ordinal));
        await File.WriteAllTextAsync("person_keypoints_val2017.json", Coco);
        await File.WriteAllTextAsync("detections.json", """[{"image_id":1,"category_id":7,"bbox":[1,1,5,5],"score":0.5}]""");
        Directory.CreateDirectory("val2017");
        await File.WriteAllBytesAsync("val2017/a.png", Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAABQAAAAKCAAAAABcPH3OAAAAAElFTkSuQmCC"));
        using (new CapturedOutput())
        {
            await CommandLine.RunAsync(["convert", "instances_val2017.json", "panoptic", "--to", "coco-panoptic"]);
            await CommandLine.RunAsync(["convert", "instances_val2017.json", "voc", "--to", "voc", "--image-root", "val2017"]);
        }

        Directory.Move("panoptic/annotations", "panoptic_annotations");
        File.Move(Directory.GetFiles("panoptic_annotations", "*.json").Single(), "panoptic_val2017.json");
        Directory.Move(Directory.GetDirectories("panoptic_annotations").Single(), "panoptic_val2017");
        await File.WriteAllTextAsync("labels.jsonl", """{"image":"a.png","width":20,"height":10,"annotations":[{"class":"cat","shape":{"kind":"tag"}}]}""");
        using (new CapturedOutput()) await CommandLine.RunAsync(["convert", "labels.jsonl", "labels.plumb", "--to", "plumb", "--image-root", "val2017"]);
    }

    [GeneratedRegex("^(plumbline convert .+)$", RegexOptions.Multiline)]
    private static partial Regex Command();

    [GeneratedRegex("\\]\\(([a-z-]+\\.md)\\)")]
    private static partial Regex Link();
}
