using System.Text;
using Plumbline.Core.Annotations;
using Plumbline.Formats.Pictures;
using Plumbline.Formats.Tests.Support;

namespace Plumbline.Formats.Tests.OpenImages;

public class OpenImagesMaskTests
{
    private const string Table = """
        MaskPath,ImageID,LabelName,BoxID,BoxXMin,BoxXMax,BoxYMin,BoxYMax,PredictedIoU,Clicks
        m.png,a,cat,1,0,1,0,1,,

        """;

    [Theory]
    [InlineData(60_000, 60_000, "3.6 gigapixels")]
    [InlineData(int.MaxValue, int.MaxValue, "as much as a header can claim")]
    [InlineData((1 << 26) + 1, 1, "one column too many")]
    public async Task A_picture_whose_header_claims_too_many_pixels_costs_no_memory_and_its_mask_is_refused(int width, int height, string reason)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var read = await Read([1, 1, 1, 1], 2, 2, width, height);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 16 << 20, reason);
        var issue = Assert.Single(read.Issues);
        Assert.Equal("bad-mask", issue.Code);
        Assert.Contains("64 megapixels", issue.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, 2, 7, 5)]
    [InlineData(3, 2, 3, 2)]
    [InlineData(7, 5, 3, 2)]
    [InlineData(5, 4, 100, 1)]
    [InlineData(64, 3, 5, 9)]
    public async Task Each_pixel_takes_what_lies_under_its_middle(int columns, int rows, int width, int height)
    {
        var random = new Random(columns + width);
        byte[] mask = [.. Enumerable.Range(0, columns * rows).Select(_ => (byte)random.Next(2))];
        mask[0] = 1;
        var shape = Assert.IsType<MaskShape>(Assert.Single((await Read(mask, columns, rows, width, height)).Items[0].Annotations).Shape);
        var pixels = shape.Mask.ToBitmap();
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var inside = x >= shape.Mask.X && x < shape.Mask.X + shape.Mask.Width && y >= shape.Mask.Y && y < shape.Mask.Y + shape.Mask.Height;
                var wanted = mask[((int)((y + .5) / height * rows) * columns) + (int)((x + .5) / width * columns)];
                Assert.Equal(wanted, inside ? pixels[((y - shape.Mask.Y) * shape.Mask.Width) + x - shape.Mask.X] : 0);
            }
        }
    }

    private static Task<ReadResult> Read(byte[] mask, int columns, int rows, int width, int height)
    {
        using var png = new MemoryStream();
        PngWriter.Write(png, new PngImage(columns, rows, PngColor.Grey, 8, mask, []));
        return Trips.ReadAsync("openimages", Trips.Tree(("train-annotations-object-segmentation.csv", Encoding.UTF8.GetBytes(Table)), ("masks/train/m.png", png.ToArray()), ("images/train/a.png", HeaderPicture.Bytes(width, height))));
    }
}
