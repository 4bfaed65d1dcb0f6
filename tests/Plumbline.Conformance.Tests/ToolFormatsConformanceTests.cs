using System.Globalization;
using System.Text.RegularExpressions;
using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Formats;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Reports;

namespace Plumbline.Conformance.Tests;

/// <summary>Files that labelling tools and their test suites publish: counted as an independent reader counted them.</summary>
public class ToolFormatsConformanceTests
{
    public static TheoryData<string, string> Cvat => Kind("cvat");

    public static TheoryData<string, string> LabelStudio => Kind("labelstudio");

    public static TheoryData<string, string> Datumaro => Kind("datumaro");

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Cvat), DisableDiscoveryEnumeration = true)]
    public async Task Cvat_shapes_and_tracks_are_counted_alike(string file, string counts)
    {
        var (_, items, issues) = await ReadAsync("cvat", SharedData.Path(file));
        var refused = issues.Count(i => i.Severity == IssueSeverity.Error);
        if (Number(counts, "tracks") == 0) Assert.Equal((Number(counts, "images"), Sum(counts, "shapes")), (items.Count, items.Sum(i => i.Annotations.Count) + refused));
        Assert.Equal(Number(counts, "tracks"), items.SelectMany(i => i.Annotations).Select(a => a.TrackId).OfType<string>().Distinct().Count());
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(LabelStudio), DisableDiscoveryEnumeration = true)]
    public async Task Label_studio_regions_are_counted_alike(string file, string counts)
    {
        var (_, items, _) = await ReadAsync("labelstudio", SharedData.Path(file));
        Assert.Equal(Number(counts, "tasks"), items.Count);
        var annotations = items.SelectMany(i => i.Annotations).ToList();
        // The keypoints of a region and the region are one object here.
        var regions = annotations.Sum(a => a.Shape is KeypointsShape k ? 1 + k.Keypoints.Points.Count(p => p.Visibility != Visibility.Absent) : 1);
        Assert.Equal(Sum(counts, "results", "relation", "taxonomy", "chatmessage"), regions);
        Assert.Equal(Number(counts, "rotated"), annotations.Count(a => a.Shape is RotatedBoxShape));
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Datumaro), DisableDiscoveryEnumeration = true)]
    public async Task Datumaro_items_are_counted_alike(string file, string counts)
    {
        var (_, items, issues) = await ReadAsync("datumaro", SharedData.Path(file));
        Assert.Empty(issues);
        Assert.Equal((Number(counts, "items"), Number(counts, "annotations")), (items.Count, items.Sum(i => i.Annotations.Count)));
    }

    [Theory]
    [InlineData("cvat/datumaro/for_images/export_project", "cvat", 6, 12)]
    [InlineData("cvat/datumaro/for_video", "cvat", 4, 3)]
    [InlineData("labelme_mit_xml/datumaro", "labelme", 1, 7)]
    [InlineData("datumaro/legacy", "datumaro", 4, 7)]
    [InlineData("kitti/datumaro/kitti_detection", "kitti", 2, 5)]
    [InlineData("openimages/v6", "openimages", 4, 5)]
    [InlineData("cityscapes/datumaro/dataset", "cityscapes", 4, 9)]
    public async Task Folders_are_recognised_and_read(string folder, string format, int images, int annotations)
    {
        using var source = DatasetSource.Open(SharedData.Path(folder));
        Assert.Equal([format], DatasetFormats.Recognise(source.Tree).Select(f => f.Format.Name));
        var (_, items, issues) = await ReadAsync(format, SharedData.Path(folder));
        Assert.DoesNotContain(issues, i => i.Severity == IssueSeverity.Error);
        Assert.Equal((images, annotations), (items.Count, items.Sum(i => i.Annotations.Count)));
    }

    private static TheoryData<string, string> Kind(string kind) => new(SharedData.Counts().Where(c => c.Kind == kind).Select(c => (c.Path, c.Counts)));

    private static int Number(string counts, string name) => int.Parse(Regex.Match(counts, $@"\b{name}=(\d+)").Groups[1].Value, CultureInfo.InvariantCulture);

    private static int Sum(string counts, string name, params string[] without) => Regex.Matches(Regex.Match(counts, $@"\b{name}=\{{([^}}]*)\}}").Groups[1].Value, @"'(\w+)': (\d+)").Where(m => !without.Contains(m.Groups[1].Value)).Sum(m => int.Parse(m.Groups[2].Value, CultureInfo.InvariantCulture));

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
