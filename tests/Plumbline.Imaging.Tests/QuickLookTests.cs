using System.Numerics;

namespace Plumbline.Imaging.Tests;

public class QuickLookTests
{
    [Fact]
    public void A_turned_picture_looks_like_the_upright_one()
    {
        var upright = Scene(1).ToPng();
        var turned = Pictures.PngWithOrientation(RasterCodec.Decode(ImageSource.FromBytes(Pictures.PngWithOrientation(upright, 8)), ImageLimits.Default).ToPng(), 6); // counter-clockwise, then marked as such
        Assert.Equal(Look(upright).Fingerprint.DifferenceHash, Look(turned).Fingerprint.DifferenceHash);
        Assert.Equal((320, 240), (Look(turned).Description.Width, Look(turned).Description.Height));
    }

    [Theory]
    [InlineData(60)]
    [InlineData(95)]
    public void A_compressed_copy_is_near_and_another_picture_is_far(int quality)
    {
        Assert.InRange(Distance(Scene(1).ToPng(), Scene(1).ToJpeg(quality)), 0, 4);
        Assert.InRange(Distance(Scene(1).ToPng(), Scene(2).ToJpeg(quality)), 11, 64);
    }

    [Fact]
    public void The_hash_of_a_quick_look_is_that_of_the_thumbnail_but_for_a_bit_or_two()
    {
        var jpeg = Scene(3).ToJpeg();
        var thumbnail = Thumbnail.Make(ImageSource.FromBytes(jpeg), ImageFormat.Jpeg, 320, 240).Fingerprint;
        Assert.InRange(BitOperations.PopCount((ulong)(thumbnail.DifferenceHash ^ Look(jpeg).Fingerprint.DifferenceHash)), 0, 2);
    }

    [Fact]
    public void One_pixel_makes_pictures_different_that_look_the_same()
    {
        var scene = Scene(1);
        var rgb = scene.Rgb.ToArray();
        rgb[7] ^= 1;
        byte[] png = scene.ToPng(), same = scene.ToPng(), other = new Raster(scene.Width, scene.Height, rgb).ToPng();
        var equal = new EqualPictures(ImageLimits.Default);
        Assert.Equal(0, equal.FirstWith(Look(png), 0, () => ImageSource.FromBytes(png)));
        Assert.Equal(1, equal.FirstWith(Look(other), 1, () => ImageSource.FromBytes(other)));
        Assert.Equal(0, equal.FirstWith(Look(same), 2, () => ImageSource.FromBytes(same)));
    }

    [Fact]
    public void A_truncated_picture_is_refused()
    {
        var jpeg = Scene(1).ToJpeg();
        Assert.Throws<ImageRefusedException>(() => Look(jpeg[..(jpeg.Length / 2)]));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 400)]
    [InlineData(2000, 9)]
    public void Any_size_can_be_looked_at(int width, int height) => Assert.Equal(width, Look(Pictures.Gradient(width, height).ToJpeg()).Description.Width);

    [Theory]
    [InlineData(100)]
    [InlineData(320)]
    [InlineData(5000)]
    public void A_picture_is_reduced_to_its_longest_side_and_never_enlarged(int side)
    {
        var small = RasterCodec.DecodeWithin(ImageSource.FromBytes(Pictures.WithOrientation(Scene(1).ToJpeg(), 6)), ImageLimits.Default, side);
        Assert.Equal((Math.Min(side, 320) * 240 / 320, Math.Min(side, 320)), (small.Width, small.Height));
    }

    private static QuickLook Look(byte[] picture) => QuickLook.At(ImageSource.FromBytes(picture), ImageLimits.Default);

    private static int Distance(byte[] a, byte[] b) => BitOperations.PopCount((ulong)(Look(a).Fingerprint.DifferenceHash ^ Look(b).Fingerprint.DifferenceHash));

    // Soft patches of light and dark.
    private static Raster Scene(int seed)
    {
        var random = new Random(seed);
        var waves = Enumerable.Range(0, 6).Select(_ => (X: random.NextDouble() * .05, Y: random.NextDouble() * .05, Phase: random.NextDouble() * 6)).ToArray();
        var rgb = new byte[320 * 240 * 3];
        for (var i = 0; i < 320 * 240; i++)
        {
            var value = 128 + (20 * waves.Sum(w => Math.Sin((w.X * (i % 320)) + (w.Y * (i / 320)) + w.Phase)));
            rgb[3 * i] = rgb[(3 * i) + 1] = rgb[(3 * i) + 2] = (byte)Math.Clamp(value, 0, 255);
        }

        return new Raster(320, 240, rgb);
    }
}
