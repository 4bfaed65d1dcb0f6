namespace Plumbline.Imaging.Tests;

public sealed class ThumbnailTests
{
    private static Thumbnail Make(Raster picture) => Thumbnail.Make(ImageSource.FromBytes(picture.ToJpeg()), ImageFormat.Jpeg, picture.Width, picture.Height);

    [Theory]
    [InlineData(4000, 3000, 512, 384)]
    [InlineData(900, 1800, 256, 512)]
    [InlineData(100, 50, 100, 50)]
    [InlineData(5000, 2, 512, 1)]
    public void The_longer_side_is_512_and_small_pictures_stay_small(int width, int height, int expectedWidth, int expectedHeight)
    {
        var description = ImageProbe.Probe(ImageSource.FromBytes(Make(Pictures.Gradient(width, height)).Bytes), ImageLimits.Default);

        Assert.Equal((expectedWidth, expectedHeight), (description.Width, description.Height));
    }

    [Fact]
    public void It_looks_like_the_picture()
    {
        var small = Compare.Decode(Make(Pictures.Gradient(2048, 1024)).Bytes);

        Assert.InRange(Compare.MeanDifference(Pictures.Gradient(512, 256), small), 0, 3);
    }

    [Fact]
    public void It_can_be_reduced_further()
    {
        var description = ImageProbe.Probe(ImageSource.FromBytes(Thumbnail.Reduce(Make(Pictures.Gradient(800, 600)).Bytes, ImageFormat.Jpeg, 256)), ImageLimits.Default);

        Assert.Equal((256, 192), (description.Width, description.Height));
    }

    [Fact]
    public void Same_pixels_in_other_bytes_have_the_same_fingerprint_and_other_pictures_another()
    {
        var picture = Pictures.Gradient(400, 300);
        var png = Thumbnail.Make(ImageSource.FromBytes(picture.ToPng()), ImageFormat.Png, 400, 300).Fingerprint;
        var bmpCopy = Thumbnail.Make(ImageSource.FromBytes(Pictures.Bmp(picture)), ImageFormat.Bmp, 400, 300).Fingerprint;
        var jpeg = Make(picture).Fingerprint;
        var mirrored = Make(new Raster(400, 300, [.. picture.Rgb.ToArray().Chunk(3).Reverse().SelectMany(p => p)])).Fingerprint;

        Assert.Equal(png, bmpCopy);
        Assert.NotEqual(png.PixelHash, jpeg.PixelHash);
        Assert.InRange(Distance(png, jpeg), 0, 6);
        Assert.InRange(Distance(png, mirrored), 40, 64);
    }

    [Fact]
    public void Many_threads_get_the_same_thumbnail_as_one()
    {
        var jpeg = Pictures.Gradient(1200, 900).ToJpeg();
        var alone = Thumbnail.Make(ImageSource.FromBytes(jpeg), ImageFormat.Jpeg, 1200, 900);

        Parallel.For(0, 64, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ =>
            Assert.Equal(alone.Bytes, Thumbnail.Make(ImageSource.FromBytes(jpeg), ImageFormat.Jpeg, 1200, 900).Bytes));
    }

    private static int Distance(ImageFingerprint a, ImageFingerprint b) => System.Numerics.BitOperations.PopCount((ulong)(a.DifferenceHash ^ b.DifferenceHash));
}
