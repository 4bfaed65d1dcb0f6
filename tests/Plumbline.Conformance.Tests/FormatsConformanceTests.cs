using System.Globalization;
using System.Text.RegularExpressions;
using Plumbline.Core.Annotations;
using Plumbline.Formats;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;
using Plumbline.Formats.Pictures;
using Plumbline.Formats.Reports;

namespace Plumbline.Conformance.Tests;

/// <summary>Third-party files: what an independent reader counted is counted alike, what is broken is refused in words, nothing crashes.</summary>
public class FormatsConformanceTests
{
    public static TheoryData<string, string> CocoCounts => new(SharedData.Counts().Where(c => c.Kind == "coco").Select(c => (c.Path, c.Counts)));

    public static TheoryData<string, string> PanopticCounts => new(SharedData.Counts().Where(c => c.Kind == "coco" && c.Counts.Contains("panoptic_segments", StringComparison.Ordinal)).Select(c => (c.Path, c.Counts)));

    public static TheoryData<string, string> KeypointCounts => new(SharedData.Counts().Where(c => c.Kind == "coco" && !c.Counts.Contains("keypoints=0", StringComparison.Ordinal)).Select(c => (c.Path, c.Counts)));

    public static TheoryData<string, string> ResultCounts => new(SharedData.Counts().Where(c => c.Kind == "coco-results").Select(c => (c.Path, c.Counts)));

    public static TheoryData<string, string> Folders => new(
    [
        ("coco/datumaro/coco", "coco"), ("coco/datumaro/coco_roboflow", "coco"), ("coco/datumaro_kaggle/relaxed_coco", "coco"), ("coco/val2014_100", "coco"),
        ("voc/datumaro/voc_dataset1", "voc"), ("voc/datumaro/voc_dataset2", "voc"), ("voc/datumaro/voc_dataset3", "voc"), ("voc/datumaro/voc", "voc"), ("voc/datumaro/relaxed_voc1", "voc"),
        ("yolo/datumaro/yolo_dataset/strict", "yolo"), ("yolo/datumaro/yolo_dataset/labels", "yolo"), ("yolo/datumaro/yolo_dataset/annotations", "yolo"),
        ("yolo/datumaro/roboflow_dataset/yolo", "yolo"), ("yolo/datumaro/kaggle_dataset/relaxed_yolo", "yolo"), ("yolo/labelstudio/test_import_yolo_data", "yolo"),
    ]);

    public static TheoryData<string, int, int> ItemCounts => new(
    [
        ("coco/datumaro/coco", 2, 3), ("coco/datumaro/coco_roboflow", 2, 3), ("voc/datumaro/voc_dataset1", 2, 3), ("voc/datumaro/voc", 3, 4), ("voc/datumaro/relaxed_voc1", 1, 2),
        ("yolo/datumaro/yolo_dataset/strict", 1, 2), ("yolo/datumaro/yolo_dataset/labels", 2, 4), ("yolo/datumaro/yolo_dataset/annotations", 1, 2), ("yolo/datumaro/roboflow_dataset/yolo", 3, 4),
        ("yolo/datumaro/kaggle_dataset/relaxed_yolo", 2, 4), ("yolo/labelstudio/test_import_yolo_data", 7, 25),
    ]);

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(CocoCounts), DisableDiscoveryEnumeration = true)]
    public async Task Coco_files_are_counted_like_an_independent_reader_counts_them(string file, string counts)
    {
        var (header, items, issues) = await ReadAsync("coco", SharedData.Path(file));
        var refusedAnnotations = issues.Count(i => i.Severity == IssueSeverity.Error && i.Code is "dangling-image" or "dangling-category" or "no-category" or "broken-annotation");
        var repeated = issues.Count(i => i.Code == "duplicate-id" && i.Item!.StartsWith("category", StringComparison.Ordinal));
        Assert.Equal(Count("images"), items.Count);
        Assert.Equal(Count("annotations"), items.Sum(i => i.Annotations.Count) + refusedAnnotations);
        Assert.Equal(Count("categories"), header.Classes.Length + repeated);
        Assert.Equal(Count("dangling_image"), issues.Count(i => i.Code == "dangling-image"));

        int Count(string name) => int.Parse(Regex.Match(counts, name + @"=(\d+)").Groups[1].Value, CultureInfo.InvariantCulture);
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(PanopticCounts), DisableDiscoveryEnumeration = true)]
    public async Task Panoptic_segments_are_counted_alike(string file, string counts)
    {
        var (_, items, issues) = await ReadAsync("coco-panoptic", SharedData.Path(file));
        Assert.Equal(Number(counts, "images"), items.Count);
        Assert.Equal(Number(counts, "'panoptic_segments'"), items.Sum(i => i.Annotations.Count) + issues.Count(i => i.Code == "broken-segment"));
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(KeypointCounts), DisableDiscoveryEnumeration = true)]
    public async Task Skeletons_are_counted_alike(string file, string counts)
    {
        var (_, items, issues) = await ReadAsync("coco-keypoints", SharedData.Path(file));
        var skeletons = items.SelectMany(i => i.Annotations).Where(a => a.Shape is KeypointsShape).ToList();
        Assert.Equal(Number(counts, "keypoints"), skeletons.Count + issues.Count(i => i.Code == "broken-annotation"));
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(ResultCounts), DisableDiscoveryEnumeration = true)]
    public async Task Results_are_counted_alike(string file, string counts)
    {
        var (_, items, issues) = await ReadAsync("coco-results", SharedData.Path(file));
        Assert.DoesNotContain(issues, i => i.Severity == IssueSeverity.Error);
        Assert.Equal((Number(counts, "results"), Number(counts, "images")), (items.Sum(i => i.Annotations.Count), items.Count));
    }

    [Fact]
    public void Every_png_is_read_or_refused_in_words()
    {
        var read = 0;
        foreach (var file in Directory.EnumerateFiles(SharedData.Path("."), "*.png", SearchOption.AllDirectories))
        {
            try
            {
                using var stream = File.OpenRead(file);
                var image = PngReader.Read(stream);
                Assert.Equal((long)image.Width * image.Height * PngImage.ChannelsOf(image.Color) * image.Depth / 8, image.Samples.Length);
                read++;
            }
            catch (InvalidDataException fault)
            {
                Assert.NotEmpty(fault.Message);
            }
        }

        Assert.True(read > 20, $"{read} were read");
    }

    private static int Number(string counts, string name) => int.Parse(Regex.Match(counts, $@"(?<![a-z_]){name}[=:]\s*(\d+)").Groups[1].Value, CultureInfo.InvariantCulture);

    [Theory]
    [MemberData(nameof(Folders))]
    public async Task Folders_are_recognised_and_survive_a_conversion_into_every_format(string folder, string format)
    {
        using var source = DatasetSource.Open(SharedData.Path(folder));
        Assert.Equal([format], DatasetFormats.Recognise(source.Tree).Select(f => f.Format.Name));
        foreach (var target in DatasetFormats.All)
        {
            var plan = new ConversionPlan(DatasetFormats.Find(format)!, target, FormatOptions.Defaults, PictureMode.None);
            var result = await DatasetConversion.RunAsync(plan, source, () => new MemoryTarget(), new LossReport(), new IssueLog(), cancellationToken: TestContext.Current.CancellationToken);
            Assert.True(result.ImagesRead > 0, target.Name);
        }
    }

    [Theory]
    [MemberData(nameof(ItemCounts))]
    public async Task Folders_have_the_images_and_objects_that_they_show(string folder, int images, int annotations)
    {
        var format = folder[..folder.IndexOf('/', StringComparison.Ordinal)];
        var (_, items, _) = await ReadAsync(format, SharedData.Path(folder));
        Assert.Equal((images, annotations), (items.Count, items.Sum(i => i.Annotations.Count)));
    }

    [Fact]
    public async Task Masks_of_real_crowds_cover_what_their_file_says()
    {
        var (_, items, issues) = await ReadAsync("coco", SharedData.Path("coco/val2014_100/instances_val2014_100.json"));
        Assert.Empty(issues);
        var crowds = items.SelectMany(i => i.Annotations).Where(a => a.Ignore).ToList();
        Assert.Equal(9, crowds.Count);
        Assert.All(crowds, c => Assert.IsType<MaskShape>(c.Shape));
    }

    [Theory]
    [InlineData("corrupt/generated/coco_truncated.json", "cut off")]
    [InlineData("bomb/generated/deep_nesting.json", "nested more than 64")]
    [InlineData("coco/val2014_100/instances_val2014_fakebbox100_results.json", "'{'")]
    public async Task Broken_files_are_refused_in_words(string file, string word)
    {
        var fault = await Assert.ThrowsAsync<DatasetFormatException>(() => ReadAsync("coco", SharedData.Path(file)));
        Assert.Contains(word, fault.Line, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Archives_that_are_bombs_are_refused_and_names_that_lead_outside_are_left_out()
    {
        Assert.Throws<InvalidDataException>(() => DatasetSource.Open(SharedData.Path("bomb/generated/zip_annotations_1GB.zip")));
        using var slip = DatasetSource.Open(SharedData.Path("bomb/generated/zip_slip.zip"));
        Assert.NotEmpty(slip.Tree.Refused);
        Assert.All(slip.Tree.Files, f => Assert.DoesNotContain("..", f, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("bomb/generated/billion_laughs_voc.xml")]
    [InlineData("bomb/generated/xxe_voc.xml")]
    public async Task Xml_with_entities_is_refused(string file)
    {
        var (_, items, issues) = await ReadAsync("voc", SharedData.Path(file));
        Assert.Empty(items);
        Assert.Equal("bad-xml", Assert.Single(issues).Code);
    }

    [Fact]
    public async Task Every_other_file_is_read_or_refused_and_nothing_crashes()
    {
        foreach (var (path, _, _) in SharedData.Counts().Where(c => File.Exists(SharedData.Path(c.Path))))
        {
            foreach (var format in DatasetFormats.All)
            {
                try
                {
                    await ReadAsync(format.Name, SharedData.Path(path));
                }
                catch (DatasetFormatException fault)
                {
                    Assert.NotEmpty(fault.Line);
                }
            }
        }
    }

    private static async Task<(DatasetHeader Header, List<DatasetItem> Items, List<DatasetIssue> Issues)> ReadAsync(string format, string path)
    {
        var issues = new List<DatasetIssue>();
        using var source = DatasetSource.Open(path);
        await using var reader = await DatasetFormats.Find(format)!.OpenAsync(source, new ReadRequest(ReadDetail.Shapes, FormatOptions.Defaults, new IssueLog(issues.Add)), TestContext.Current.CancellationToken);
        var items = new List<DatasetItem>();
        await foreach (var item in reader.ReadItemsAsync(TestContext.Current.CancellationToken)) items.Add(item);
        return (reader.Header, items, issues);
    }
}
