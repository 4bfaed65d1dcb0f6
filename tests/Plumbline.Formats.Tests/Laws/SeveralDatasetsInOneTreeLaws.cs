using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;
using Plumbline.Formats.Pictures;
using Plumbline.Formats.Tests.Support;

namespace Plumbline.Formats.Tests.Laws;

/// <summary>A tree may hold several datasets, and a file one picture twice: whatever is read can be written, picture by picture.</summary>
public class SeveralDatasetsInOneTreeLaws
{
    [Theory]
    [InlineData("yolo")]
    [InlineData("voc")]
    [InlineData("kitti")]
    [InlineData("masks")]
    [InlineData("cityscapes")]
    public async Task Images_of_one_name_from_two_folders_are_told_apart(string format)
    {
        var mask = Core.Masks.Mask.FromBitmap([1, 1, 1, 1], 2, 2, 3, 4);
        Shape shape = format switch { "masks" => new MaskShape(mask), "cityscapes" => new PolygonShape(Polygon.FromRing([new(1, 1), new(5, 1), new(5, 5)])), _ => new BoxShape(new Box(1, 2, 3, 4)) };
        var item = new DatasetItem { Path = "a.png", Size = new PictureSize(20, 10), Annotations = [new() { ClassIndex = 0, Shape = shape }], Picture = new HeaderPicture(new(20, 10)) };
        var header = new DatasetHeader { Classes = [new() { Name = "car" }], Splits = [null] };
        var one = (await Trips.WriteAsync(format, new ListReader(header, [item]))).Tree;
        var both = new MemoryTree(one.Files.SelectMany(f => new[] { "one", "two" }.Select(folder => KeyValuePair.Create($"{folder}/{f}", Trips.Bytes(one, f)))));

        var read = await Trips.ReadAsync(format, both);
        Assert.Equal("duplicate-path", Assert.Single(read.Issues, i => i.Code == "duplicate-path").Code);
        Assert.Equal(["a.png", "a_2.png"], read.Items.Select(i => i.Path));
        Assert.All(read.Items, i => Assert.Single(i.Annotations));
        var written = await Trips.WriteAsync("coco", read);
        Assert.Equal(2, written.Tree.Files.Count(f => f.EndsWith(".png", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("coco")]
    [InlineData("jsonl")]
    [InlineData("plumb")]
    [InlineData("csv")]
    [InlineData("cvat")]
    [InlineData("yolo")]
    public async Task Two_coco_records_of_one_picture_do_not_end_the_conversion(string target)
    {
        const string json = """
            {"images":[{"id":1,"file_name":"a.png","width":20,"height":10},{"id":2,"file_name":"a.png","width":20,"height":10}],"categories":[{"id":1,"name":"car"}],
             "annotations":[{"id":1,"image_id":1,"category_id":1,"bbox":[1,2,3,4]},{"id":2,"image_id":2,"category_id":1,"bbox":[2,2,3,4]}]}
            """;
        var tree = Trips.Tree(("instances.json", System.Text.Encoding.UTF8.GetBytes(json)), ("images/a.png", HeaderPicture.Bytes(20, 10)));
        var passed = await Trips.WriteAsync("coco", await Trips.ReadAsync("coco", tree, ReadDetail.Verbatim));
        Assert.Single(passed.Tree.Files, f => f.EndsWith(".png", StringComparison.Ordinal));
        var read = await Trips.ReadAsync("coco", tree);
        Assert.All(read.Items, i => Assert.NotNull(i.Picture));
        var again = await Trips.ReadAsync(target, (await Trips.WriteAsync(target, read)).Tree);
        Assert.Equal(2, again.Items.Count);
        Assert.Equal(2, again.Items.Sum(i => i.Annotations.Count));
    }
}
