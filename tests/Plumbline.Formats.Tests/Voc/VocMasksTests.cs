using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Core.Masks;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Pictures;
using Plumbline.Formats.Tests.Support;
using Plumbline.Formats.Voc;

namespace Plumbline.Formats.Tests.Voc;

public class VocMasksTests
{
    [Fact]
    public async Task Masks_go_through_segmentation_pictures_with_their_boxes_classes_and_order()
    {
        var mask = Mask.FromBitmap([1, 0, 1, 1, 1, 1], 3, 2, 4, 5);
        DatasetAnnotation[] given =
        [
            new() { ClassIndex = 1, Shape = new BoxShape(new Box(0, 0, 5, 5)) },
            new() { ClassIndex = 0, Shape = new MaskShape(mask) },
        ];
        var item = new DatasetItem { Path = "a.png", Size = new PictureSize(20, 10), Annotations = given, Picture = new HeaderPicture(new(20, 10)) };
        var dataset = new ListReader(new DatasetHeader { Classes = [new() { Name = "cat" }, new() { Name = "dog" }], Splits = [null] }, [item]);
        var written = await Trips.WriteAsync("voc", dataset, false, ("voc-masks", "write"));
        Assert.Empty(written.Losses);
        var read = await Trips.ReadAsync("voc", written.Tree);
        Assert.Empty(read.Issues);
        Assert.IsType<BoxShape>(read.Items[0].Annotations[0].Shape);
        Assert.True(Assert.IsType<MaskShape>(read.Items[0].Annotations[1].Shape).Mask.SamePixels(mask));
        Assert.Equal("cat", read.Header.Classes[read.Items[0].Annotations[1].ClassIndex].Name);
        var classes = PngReader.Read(written.Tree.OpenRead("SegmentationClass/a.png"));
        Assert.Equal((PngColor.Palette, 1), (classes.Color, classes.Labels()[(5 * 20) + 4]));
    }

    // The first colours that VOCcolormap.m gives.
    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(1, 128, 0, 0)]
    [InlineData(2, 0, 128, 0)]
    [InlineData(3, 128, 128, 0)]
    [InlineData(8, 64, 0, 0)]
    [InlineData(15, 192, 128, 128)]
    [InlineData(255, 224, 224, 192)]
    public void The_palette_is_the_devkits(int place, int red, int green, int blue) => Assert.Equal(red | (green << 8) | (blue << 16), VocMasks.Palette[place]);
}
