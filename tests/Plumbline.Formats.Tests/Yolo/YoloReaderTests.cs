using System.Text;
using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Formats.Files;
using Plumbline.Formats.Tests.Support;

namespace Plumbline.Formats.Tests.Yolo;

public class YoloReaderTests
{
    private const string Names = "train: images/train\nval: images/val\nnames: [bus, 'a: b']\n";

    [Theory]
    [InlineData("images/train/a.png", "labels/train/a.txt", "data.yaml", Names, "train", "Ultralytics")]
    [InlineData("images/train/sub/a.png", "labels/train/sub/a.txt", "data.yaml", Names, "train", "sub-folders")]
    [InlineData("train/images/a.png", "train/labels/a.txt", "data.yaml", "train: ../train/images\nval: ../valid/images\nnc: 2\nnames: ['bus', 'x']\n", "train", "Roboflow")]
    [InlineData("images/train/a.png", "labels/train/a.txt", "coco.yaml", "path: ../datasets/coco\ntrain: images/train\nval: images/val\nnames:\n  0: bus\n  1: x\n", "train", "a path of another machine")]
    [InlineData("obj_train_data/a.png", "obj_train_data/a.txt", "obj.names", "bus\nx\n", "train", "darknet")]
    [InlineData("images/a.png", "labels/a.txt", "classes.txt", "bus\nx\n", null, "Label Studio")]
    [InlineData("images/a.png", "labels/a.txt", "notes.json", """{"categories":[{"id":1,"name":"x"},{"id":0,"name":"bus"}]}""", null, "Label Studio without classes.txt")]
    [InlineData("a.png", "a.txt", "classes.txt", "bus\nx\n", null, "all in one folder")]
    public async Task Every_layout_is_read(string picture, string labels, string namesFile, string names, string? split, string reason)
    {
        var read = await Trips.ReadAsync("yolo", Tree((picture, null), (labels, "0 0.5 0.5 0.25 0.5\n"), (namesFile, names)));
        Assert.DoesNotContain(read.Issues, i => i.Severity == Plumbline.Formats.Reports.IssueSeverity.Error);
        var item = Assert.Single(read.Items);
        Assert.True(split == item.Split, reason);
        Assert.Equal("bus", read.Header.Classes[item.Annotations[0].ClassIndex].Name);
        Assert.Equal(new BoxShape(new Box(75, 50, 50, 100)), item.Annotations[0].Shape);
    }

    [Theory]
    [InlineData("x 0.5 0.5 0.1 0.1", "not-numbers")]
    [InlineData("0 0.5 nan 0.1 0.1", "not-numbers")]
    [InlineData("0 0.5 1e999 0.1 0.1", "not-numbers")]
    [InlineData("0.5 0.5 0.5 0.1 0.1", "bad-class")]
    [InlineData("-1 0.5 0.5 0.1 0.1", "bad-class")]
    [InlineData("2 0.5 0.5 0.1 0.1", "dangling-class")]
    [InlineData("0 0.5 0.5 0.1", "bad-row")]
    [InlineData("0 0.5 0.5 -0.1 0.1", "bad-row")]
    public async Task A_broken_row_is_refused_with_its_line(string row, string code)
    {
        var read = await Trips.ReadAsync("yolo", Tree(("images/train/a.png", null), ("labels/train/a.txt", $"0 0.5 0.5 0.1 0.1\n{row}\n"), ("data.yaml", Names)));
        var issue = Assert.Single(read.Issues, i => i.Code != "split-missing");
        Assert.Equal((code, 2L), (issue.Code, issue.Position.Line));
        Assert.Single(read.Items[0].Annotations);
    }

    [Fact]
    public async Task Labels_without_a_picture_are_refused_and_pictures_without_labels_are_empty_images()
    {
        var read = await Trips.ReadAsync("yolo", Tree(("images/train/a.png", null), ("labels/train/b.txt", "0 0.5 0.5 0.1 0.1"), ("data.yaml", Names)));
        Assert.Equal(("a.png", 0), (Assert.Single(read.Items).Path, read.Items[0].Annotations.Count));
        Assert.Contains(read.Issues, i => i.Code == "no-picture");
    }

    [Fact]
    public void Yaml_bombs_do_not_blow_up()
    {
        var bomb = new StringBuilder("a: &a [x]\n");
        for (var i = 1; i < 40; i++) bomb.Append(System.Globalization.CultureInfo.InvariantCulture, $"b{i}: &b{i} [*{(i == 1 ? "a" : $"b{i - 1}")},*{(i == 1 ? "a" : $"b{i - 1}")}]\n");
        Assert.Empty(DatasetFormats.Recognise(Tree(("data.yaml", bomb.ToString()))));
        Assert.Empty(DatasetFormats.Recognise(Tree(("data.yaml", "names: " + new string('[', 100_000)))));
    }

    [Fact]
    public void Parts_and_holes_become_one_ring_of_the_same_area()
    {
        var square = Ring(0, 0, 40);
        var polygon = new Polygon([new PolygonPart(square, [Ring(10, 10, 20)]), new PolygonPart(Ring(60, 60, 10), [])]);
        var ring = new Ring(Plumbline.Formats.Yolo.RingBridge.Join(polygon));
        Assert.Equal(polygon.Area(), ring.Area(), 9);
        Assert.Equal(4 + 4 + 2 + 4 + 2, ring.Points.Length);
    }

    private static Ring Ring(double x, double y, double side) => new([new(x, y), new(x + side, y), new(x + side, y + side), new(x, y + side)]);

    private static MemoryTree Tree(params (string Path, string? Text)[] files) =>
        Trips.Tree([.. files.Select(f => (f.Path, f.Text is null ? HeaderPicture.Bytes(200, 200) : Encoding.UTF8.GetBytes(f.Text)))]);
}
