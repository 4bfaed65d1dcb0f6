using System.Text;

namespace Plumbline.Imaging.Tests;

public sealed class ProbeTests
{
    private static ImageDescription Probe(byte[] bytes) => ImageProbe.Probe(ImageSource.FromBytes(bytes), ImageLimits.Default);

    [Fact]
    public void A_jpeg_tells_its_size_depth_and_quality()
    {
        var description = Probe(Pictures.Gradient(96, 64).ToJpeg(85));

        Assert.Equal((ImageFormat.Jpeg, 96, 64, 8, 3, "rgb"),
            (description.Format, description.Width, description.Height, description.BitDepth, description.Bands, description.ColorModel));
        Assert.InRange(description.Quality ?? 0, 84, 86);
        Assert.True(description.IsUprightAsStored);
    }

    [Theory]
    [InlineData("webpsave_buffer", ImageFormat.WebP)]
    [InlineData("tiffsave_buffer", ImageFormat.Tiff)]
    [InlineData("gifsave_buffer", ImageFormat.Gif)]
    public void Formats_that_not_every_tool_shows_get_an_upright_copy_of_the_same_picture(string saver, ImageFormat format)
    {
        var picture = Pictures.Gradient(96, 64);
        var bytes = Pictures.Save(picture, saver);

        var description = Probe(bytes);
        var copy = Compare.UprightCopy(bytes);

        Assert.Equal(format, description.Format);
        Assert.False(description.IsUprightAsStored);
        Assert.Equal(Upright.FormatFor(description), Probe(copy).Format);
        Assert.True(Compare.MeanDifference(picture, Compare.Decode(copy)) < 6);
    }

    [Theory]
    [InlineData(24, false)]
    [InlineData(24, true)]
    [InlineData(32, false)]
    public void Bitmaps_decode_to_their_exact_pixels(int bits, bool topDown)
    {
        var picture = Pictures.Gradient(37, 11);

        Assert.Equal(picture.Rgb.ToArray(), Compare.Decode(Pictures.Bmp(picture, bits, topDown)).Rgb.ToArray());
    }

    [Fact]
    public void Grey_of_16_bits_is_stretched_from_its_own_range()
    {
        var bytes = Pictures.GreyTiff16(64, 8, low: 1000, high: 5000);

        var description = Probe(bytes);
        var copy = Compare.Decode(bytes);

        Assert.Equal((16, "grey"), (description.BitDepth, description.ColorModel));
        Assert.Equal((0, 255), (copy[0, 0].Red, copy[63, 7].Red));
        Assert.InRange(copy[32, 0].Red, 120, 138);
    }

    [Fact]
    public void Cmyk_becomes_srgb()
    {
        var source = ImageSource.FromFile(Path.Combine(SampleData.Folder("images/pillow"), "pil_sample_cmyk.jpg"));

        var description = ImageProbe.Probe(source, ImageLimits.Default);
        using var copy = new MemoryStream();
        Upright.Write(source, description, copy);

        Assert.Equal("cmyk", description.ColorModel);
        Assert.False(description.IsUprightAsStored);
        Assert.Equal("rgb", Probe(copy.ToArray()).ColorModel);
    }

    [Fact]
    public void A_transparent_webp_keeps_its_alpha_as_png()
    {
        var source = ImageSource.FromFile(Path.Combine(SampleData.Folder("images/pillow"), "transparent.webp"));
        using var copy = new MemoryStream();
        Upright.Write(source, ImageProbe.Probe(source, ImageLimits.Default), copy);

        var description = Probe(copy.ToArray());

        Assert.Equal((ImageFormat.Png, true), (description.Format, description.HasAlpha));
        Assert.Equal(ImageFormat.WebP, Thumbnail.Make(ImageSource.FromBytes(copy.ToArray()), ImageFormat.Png, description.Width, description.Height).Format);
    }

    [Fact]
    public void An_animated_png_is_not_served_as_it_is()
    {
        var source = ImageSource.FromFile(Path.Combine(SampleData.Folder("images/pillow"), "mode_16bit.png"));

        Assert.False(ImageProbe.Probe(source, ImageLimits.Default).IsUprightAsStored);
    }

    [Theory]
    [InlineData("hopper.iccprofile.tif", "sRGB IEC61966-2.1")]
    [InlineData("hopper.jpg", null)]
    public void The_colour_profile_is_told_by_name(string file, string? name)
    {
        var source = ImageSource.FromFile(Path.Combine(SampleData.Folder("images/pillow"), file));

        Assert.Equal(name, ImageProbe.Probe(source, ImageLimits.Default).ColorProfile);
    }

    [Fact]
    public void Exif_values_are_told_in_words()
    {
        Assert.Equal("Canon (X) 5", ExifMetadata.Value("Canon (X) 5 (Canon (X) 5, ASCII, 12 components, 12 bytes)"));
        Assert.Equal("1/125 sec.", ExifMetadata.Value("1/125 (1/125 sec., Rational, 1 components, 8 bytes)"));
        Assert.Null(ExifMetadata.Value("rubbish"));
    }

    public static TheoryData<string, byte[], RefusalReason> Refused => new()
    {
        { "no bytes", [], RefusalReason.Empty },
        { "text", Encoding.UTF8.GetBytes("not a picture at all, only words"), RefusalReason.NotAnImage },
        { "one byte", [0xFF], RefusalReason.NotAnImage },
        { "AVIF", [0, 0, 0, 0x1C, .. "ftypavif\0\0\0\0"u8], RefusalReason.Unsupported },
        { "JPEG without frame", [0xFF, 0xD8, 0xFF, 0xD9], RefusalReason.Corrupt },
        { "JPEG of two bytes and a marker", [0xFF, 0xD8, 0xFF], RefusalReason.Truncated },
        { "PNG cut in its header", Pictures.BlankPng(8, 8, 8)[..20], RefusalReason.Truncated },
        { "PNG of 2,147,483,647 squared", [.. Pictures.BlankPng(8, 8, 8)[..16], 0x7F, 0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, .. Pictures.BlankPng(8, 8, 8)[24..]], RefusalReason.TooManyPixels },
        { "1-bit PNG that unfolds 8,000-fold", Pictures.BlankPng(20_000, 20_000, 1), RefusalReason.Bomb },
        { "too long a side", Pictures.BlankPng(70_000, 1, 8), RefusalReason.TooManyPixels },
        { "bitmap cut off", Pictures.Bmp(Pictures.Gradient(20, 20))[..500], RefusalReason.Truncated },
        { "bitmap, run-length", WithByte(Pictures.Bmp(Pictures.Gradient(4, 4)), 30, 1), RefusalReason.Unsupported },
        { "12-bit JPEG", WithByte(Pictures.Gradient(8, 8).ToJpeg(), JpegPrecisionAt(Pictures.Gradient(8, 8).ToJpeg()), 12), RefusalReason.Unsupported },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_cannot_come_in_is_refused_with_its_reason(string what, byte[] bytes, RefusalReason reason)
    {
        var refused = Assert.Throws<ImageRefusedException>(() => Probe(bytes));

        Assert.True(reason == refused.Refusal.Reason, $"{what}: {refused.Refusal}");
        Assert.NotEmpty(refused.Refusal.Message);
    }

    [Theory]
    [InlineData("jpegsave_buffer")]
    [InlineData("pngsave_buffer")]
    [InlineData("webpsave_buffer")]
    public void A_picture_cut_in_the_middle_is_found_out_by_its_thumbnail(string saver)
    {
        var whole = Pictures.Save(Pictures.Gradient(300, 200), saver);
        var source = ImageSource.FromBytes(whole.AsMemory(0, whole.Length * 6 / 10));

        var refused = Assert.Throws<ImageRefusedException>(() =>
        {
            var description = ImageProbe.Probe(source, ImageLimits.Default);
            return Thumbnail.Make(source, description.Format, description.Width, description.Height);
        });

        Assert.Equal(RefusalReason.Truncated, refused.Refusal.Reason);
    }

    private static byte[] WithByte(byte[] bytes, int at, byte value)
    {
        bytes[at] = value;
        return bytes;
    }

    private static int JpegPrecisionAt(byte[] jpeg) => jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]) + 4;
}
