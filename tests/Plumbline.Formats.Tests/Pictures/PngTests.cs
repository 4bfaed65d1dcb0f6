using Plumbline.Formats.Pictures;

namespace Plumbline.Formats.Tests.Pictures;

public class PngTests
{
    [Theory]
    [InlineData(PngColor.Grey, 8)]
    [InlineData(PngColor.Grey, 16)]
    [InlineData(PngColor.Palette, 8)]
    [InlineData(PngColor.GreyAlpha, 8)]
    [InlineData(PngColor.Rgb, 8)]
    [InlineData(PngColor.Rgba, 8)]
    [InlineData(PngColor.Rgb, 16)]
    public void What_is_written_is_read_back(PngColor color, int depth)
    {
        var random = new Random(5);
        foreach (var (width, height) in new[] { (1, 1), (7, 3), (640, 480) })
        {
            var samples = new byte[width * height * PngImage.ChannelsOf(color) * depth / 8];
            random.NextBytes(samples);
            var palette = color == PngColor.Palette ? new byte[768] : [];
            random.NextBytes(palette);
            var read = PngReader.Read(new MemoryStream(Bytes(new(width, height, color, depth, samples, palette))));
            Assert.Equal((width, height, color, depth), (read.Width, read.Height, read.Color, read.Depth));
            Assert.Equal(samples, read.Samples);
            Assert.Equal(palette, read.Palette);
        }
    }

    [Theory]
    [InlineData(PngColor.Palette, 1)]
    [InlineData(PngColor.Palette, 2)]
    [InlineData(PngColor.Grey, 4)]
    [InlineData(PngColor.Grey, 8)]
    [InlineData(PngColor.Rgb, 8)]
    [InlineData(PngColor.Grey, 16)]
    public void Every_filter_and_depth_is_read(PngColor color, int bits)
    {
        const int Width = 13, Height = 10;
        var random = new Random(bits);
        var row = ((Width * PngImage.ChannelsOf(color) * bits) + 7) / 8;
        var rows = Enumerable.Range(0, Height).Select(_ => { var r = new byte[row]; random.NextBytes(r); return r; }).ToArray();
        var read = PngReader.Read(new MemoryStream(FilteredPng.Bytes(Width, Height, color, bits, rows)));
        var expected = bits >= 8 ? rows.SelectMany(r => r).ToArray() : [.. rows.SelectMany(r => Enumerable.Range(0, Width).Select(x => (byte)((r[x * bits / 8] >> (8 - bits - (x * bits % 8))) & ((1 << bits) - 1))))];
        Assert.Equal(expected, read.Samples);
    }

    [Fact]
    public void Every_cut_and_every_flipped_bit_is_noticed_or_harmless()
    {
        var whole = Bytes(new(9, 5, PngColor.Palette, 8, [.. Enumerable.Range(0, 45).Select(i => (byte)(i % 4))], [.. Enumerable.Range(0, 12).Select(i => (byte)i)]));
        for (var cut = 0; cut < whole.Length; cut++) Assert.Throws<InvalidDataException>(() => PngReader.Read(new MemoryStream(whole[..cut])));
        for (var bit = 0; bit < whole.Length * 8; bit++)
        {
            var broken = (byte[])whole.Clone();
            broken[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Throws<InvalidDataException>(() => PngReader.Read(new MemoryStream(broken)));
        }
    }

    [Fact]
    public void A_small_file_that_declares_a_huge_picture_costs_nothing()
    {
        var huge = Bytes(new(16000, 16000, PngColor.Grey, 8, new byte[16000 * 16000], []))[..33];
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<InvalidDataException>(() => PngReader.Read(new MemoryStream(huge)));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1 << 20);
    }

    [Fact]
    public void Sides_whose_product_no_number_holds_are_refused()
    {
        byte[] header = [0x7F, 0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, 8, 6, 0, 0, 0];
        Assert.Contains("MiB", Assert.Throws<InvalidDataException>(() => PngReader.Read(new MemoryStream(FilteredPng.WithHeader(header)))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_and_colours_are_the_numbers_of_the_file()
    {
        Assert.Equal([258, 7], new PngImage(2, 1, PngColor.Grey, 16, [1, 2, 0, 7], []).Labels());
        Assert.Equal([1 + (256 * 2) + (65536 * 3)], new PngImage(1, 1, PngColor.Rgb, 8, [1, 2, 3], []).Colors());
        Assert.Equal([4 + (256 * 5) + (65536 * 6)], new PngImage(1, 1, PngColor.Palette, 8, [1], [0, 0, 0, 4, 5, 6]).Colors());
        Assert.Throws<InvalidDataException>(() => new PngImage(1, 1, PngColor.Palette, 8, [2], [0, 0, 0, 4, 5, 6]).Colors());
    }

    internal static byte[] Bytes(PngImage image)
    {
        using var stream = new MemoryStream();
        PngWriter.Write(stream, image);
        return stream.ToArray();
    }
}
