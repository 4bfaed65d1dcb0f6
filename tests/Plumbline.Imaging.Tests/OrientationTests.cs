namespace Plumbline.Imaging.Tests;

public sealed class OrientationTests
{
    // Where the upright picture's top-left pixel is stored, for each EXIF orientation (Exif 2.32, section 4.6.4, tag 0x0112).
    public static TheoryData<int, bool, bool, bool> Orientations => new()
    {
        { 1, false, false, false },
        { 2, true, false, false },
        { 3, true, true, false },
        { 4, false, true, false },
        { 5, false, false, true },
        { 6, false, true, true },
        { 7, true, true, true },
        { 8, true, false, true },
    };

    [Theory]
    [MemberData(nameof(Orientations))]
    public void Jpeg_and_png_come_upright_in_all_eight_orientations(int orientation, bool right, bool bottom, bool transposed)
    {
        var stored = Pictures.Gradient(96, 64);
        foreach (var bytes in (byte[][])[Pictures.WithOrientation(stored.ToJpeg(95), orientation), Pictures.PngWithOrientation(stored.ToPng(), orientation)])
        {
            var description = ImageProbe.Probe(ImageSource.FromBytes(bytes), ImageLimits.Default);
            Assert.Equal(orientation, description.Orientation);
            Assert.Equal(transposed ? (64, 96) : (96, 64), (description.Width, description.Height));
            Assert.Equal(orientation == 1, description.IsUprightAsStored);

            var copy = Compare.Decode(Compare.UprightCopy(bytes));
            Assert.Equal((description.Width, description.Height), (copy.Width, copy.Height));
            var expected = stored[right ? 95 : 0, bottom ? 63 : 0];
            Assert.Equal(expected.Red, copy[0, 0].Red, 12.0);
            Assert.Equal(expected.Green, copy[0, 0].Green, 12.0);
        }
    }

    [Fact]
    public void A_large_upright_copy_goes_through_a_file_that_is_gone_afterwards()
    {
        var stored = Pictures.Gradient(8000, 6500);
        var source = ImageSource.FromBytes(Pictures.WithOrientation(stored.ToJpeg(), 6));
        var scratch = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        using var copy = new MemoryStream();

        Upright.Write(source, ImageProbe.Probe(source, ImageLimits.Default), copy, scratch);

        Assert.False(File.Exists(scratch));
        var small = RasterCodec.DecodeWithin(ImageSource.FromBytes(copy.ToArray()), ImageLimits.Default, 800);
        Assert.Equal((650, 800), (small.Width, small.Height));
        Assert.Equal(stored[50, 6450].Red, small[5, 4].Red, 12.0);
        Assert.Equal(stored[50, 6450].Green, small[5, 4].Green, 12.0);
    }

    [Fact]
    public void An_upright_copy_is_not_turned_a_second_time()
    {
        var once = Compare.UprightCopy(Pictures.WithOrientation(Pictures.Gradient(96, 64).ToJpeg(), 6));

        var description = ImageProbe.Probe(ImageSource.FromBytes(once), ImageLimits.Default);

        Assert.Equal(1, description.Orientation);
        Assert.True(description.IsUprightAsStored);
        Assert.Equal((64, 96), (description.Width, description.Height));
    }

    [Theory]
    [InlineData("Landscape")]
    [InlineData("Portrait")]
    public void The_eight_published_examples_are_one_picture(string name)
    {
        var folder = SampleData.Folder("exif_orientation");
        var first = RasterCodec.Decode(ImageSource.FromFile(Path.Combine(folder, $"{name}_1.jpg")), ImageLimits.Default);
        for (var orientation = 2; orientation <= 8; orientation++)
        {
            var other = RasterCodec.Decode(ImageSource.FromFile(Path.Combine(folder, $"{name}_{orientation}.jpg")), ImageLimits.Default);
            Assert.True(Compare.MeanDifference(first, other) < 12, $"{name}_{orientation} differs by {Compare.MeanDifference(first, other):F1}");
        }
    }

    [Theory]
    [InlineData("hopper", ".jpg")]
    [InlineData("hopper", ".webp")]
    [InlineData("g4", ".tif")]
    public void Jpeg_webp_and_tiff_of_the_published_set_agree(string name, string extension)
    {
        var folder = SampleData.Folder("exif_pillow");
        var second = RasterCodec.Decode(ImageSource.FromFile(Path.Combine(folder, $"{name}_orientation_2{extension}")), ImageLimits.Default);
        for (var orientation = 3; orientation <= 8; orientation++)
        {
            var source = ImageSource.FromFile(Path.Combine(folder, $"{name}_orientation_{orientation}{extension}"));
            Assert.Equal(orientation, ImageProbe.Probe(source, ImageLimits.Default).Orientation);
            Assert.True(Compare.MeanDifference(second, RasterCodec.Decode(source, ImageLimits.Default)) < 8, $"orientation {orientation}");
        }
    }
}
