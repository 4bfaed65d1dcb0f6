namespace Plumbline.Imaging.Tests;

/// <summary>Files that other projects publish: none crashes us, each is read or refused with a reason.</summary>
public sealed class SampleFileTests
{
    private static ImageRefusal? Refusal(string file)
    {
        var source = ImageSource.FromFile(file);
        try
        {
            var description = ImageProbe.Probe(source, ImageLimits.Default);
            using var copy = new MemoryStream();
            Upright.Write(source, description, copy);
            var upright = ImageSource.FromBytes(copy.ToArray());
            Thumbnail.Make(upright, Upright.FormatFor(description), description.Width, description.Height);
            var again = ImageProbe.Probe(upright, ImageLimits.Default);
            Assert.Equal((description.Width, description.Height, 1), (again.Width, again.Height, again.Orientation));
            return null;
        }
        catch (ImageRefusedException e)
        {
            return e.Refusal;
        }
    }

    [Fact]
    public void Good_pictures_are_read()
    {
        var unread = SampleData.Files("images").Where(f => Path.GetExtension(f) is not (".txt" or ".LICENSE" or ".README"))
            .Select(f => (Name: Path.GetFileName(f), Refusal: Refusal(f))).Where(r => r.Refusal is not null).ToDictionary(r => r.Name, r => r.Refusal!.Code);

        Assert.Equal(new Dictionary<string, string>
        {
            ["hopper.avif"] = "unsupported",
            ["hopper.ppm"] = "unsupported",
            ["hopper_16bit.pgm"] = "unsupported",
            ["monkey12.jpg"] = "unsupported",
        }, unread.OrderBy(r => r.Key, StringComparer.Ordinal).ToDictionary());
    }

    [Theory]
    [InlineData("corrupt/pillow/truncated_jpeg.jpg", "truncated")]
    [InlineData("corrupt/pillow/truncated_image.png", "truncated")]
    [InlineData("corrupt/pillow/broken.png", "truncated")]
    [InlineData("corrupt/pillow/broken_data_stream.png", "truncated")]
    [InlineData("corrupt/pillow/negative_size.ppm", "not-an-image")]
    [InlineData("corrupt/pillow/seek_too_large.tif", "corrupt")]
    [InlineData("corrupt/pngsuite_x/xs1n0g01.png", "not-an-image")]
    [InlineData("corrupt/pngsuite_x/xdtn0g01.png", "corrupt")]
    [InlineData("bomb/generated/png_30000x30000_1bit_valid.png", "bomb")]
    [InlineData("bomb/generated/png_header_2147483647.png", "too-many-pixels")]
    [InlineData("bomb/pillow/decompression_bomb.gif", "truncated")]
    [InlineData("bomb/pillow/decompression_bomb.ico", "unsupported")]
    public void Bad_files_are_refused_with_the_right_reason(string file, string code) => Assert.Equal(code, Refusal(SampleData.Folder(file))?.Code);

    [Theory]
    [InlineData("corrupt")]
    [InlineData("bomb")]
    [InlineData("exif_pillow")]
    public void No_file_brings_the_process_down(string folder)
    {
        foreach (var file in SampleData.Files(folder))
        {
            if (Refusal(file) is { } refusal) Assert.NotEmpty(refusal.Message);
        }
    }

    [Fact]
    public void A_picture_cut_anywhere_or_with_any_byte_changed_is_read_or_refused_never_more()
    {
        var random = new Random(7);
        foreach (var file in SampleData.Files("images/pillow").Where(f => new FileInfo(f).Length < 60_000))
        {
            var bytes = File.ReadAllBytes(file);
            for (var round = 0; round < 12; round++)
            {
                var harmed = bytes.ToArray();
                for (var i = 0; i < 8; i++) harmed[random.Next(harmed.Length)] = (byte)random.Next(256);
                var source = ImageSource.FromBytes(round % 3 == 0 ? bytes.AsMemory(0, random.Next(bytes.Length)) : harmed);
                try
                {
                    var raster = RasterCodec.Decode(source, new ImageLimits { MaxPixels = 4_000_000 });
                    Assert.Equal(3 * raster.Width * raster.Height, raster.Rgb.Length);
                }
                catch (ImageRefusedException e)
                {
                    Assert.NotEmpty(e.Refusal.Message);
                }
            }
        }
    }
}
