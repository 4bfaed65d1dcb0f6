using Plumbline.Core.Quality.Overlap;
using Plumbline.Core.Tests.Masks;

namespace Plumbline.Core.Tests.Quality.Overlap;

public sealed class BoundaryTests
{
    [Fact]
    public void Rim_of_the_published_five_by_five_mask()
    {
        var mask = Bitmap("00111", "01110", "01110", "01111", "00010");
        Assert.Equal(Bitmap("00111", "01110", "01010", "01111", "00010"), mask.Rim(1));
        Assert.Equal(mask.Rim(1), CocoRle.FromMask(mask, 5, 5).Rim(1).ToMask());
    }

    [Theory]
    [InlineData(640, 480, 16, 7)]
    [InlineData(5, 5, 1, 1)]
    [InlineData(100, 75, 2, 1)] // 2.5 rounds to even
    public void Rim_and_tolerance_go_with_the_diagonal(int width, int height, int rim, int tolerance)
    {
        Assert.Equal(rim, BoundaryOverlap.RimOf(width, height));
        Assert.Equal(tolerance, BoundaryAccuracy.ToleranceOf(width, height));
    }

    [Fact]
    public void Erosion_equals_rounds_of_three_by_three_asked_pixel_by_pixel() => Law.Holds(random =>
    {
        var (bitmap, width, height) = RandomMasks.Bitmap(random);
        var rounds = random.Next(4);
        var (mask, plain) = (Mask.FromBitmap(bitmap, width, height), Padded(bitmap, width, height, 0));
        for (var round = 0; round < rounds; round++) plain = Filter(plain, width, height, 1, all: true, disk: false);
        var columns = CocoRle.FromMask(mask, width, height);
        return mask.Erode(rounds).Equals(Mask.FromBitmap(plain, width, height)) && columns.Erode(rounds).ToMask().Equals(mask.Erode(rounds));
    });

    [Fact]
    public void Dilation_by_a_disk_equals_distances_asked_pixel_by_pixel() => Law.Holds(random =>
    {
        var (bitmap, width, height) = RandomMasks.Bitmap(random, 14);
        var radius = random.Next(5);
        var (w, h) = (width + (2 * radius), height + (2 * radius));
        var plain = Filter(Padded(bitmap, width, height, radius), w, h, radius, all: false, disk: true);
        return Mask.FromBitmap(bitmap, width, height).DilateByDisk(radius).Equals(Mask.FromBitmap(plain, w, h, -radius, -radius));
    });

    [Fact]
    public void Boundary_accuracy_equals_its_definition_pixel_by_pixel() => Law.Holds(random =>
    {
        var (a, width, height) = RandomMasks.Bitmap(random, 16);
        var b = random.Next(5) == 0 ? new byte[a.Length] : a.Select(v => random.Next(8) == 0 ? (byte)(v == 0 ? 1 : 0) : v).ToArray();
        var tolerance = random.Next(4);
        var expected = PlainAccuracy(a, b, width, height, tolerance);
        var found = BoundaryAccuracy.Of(Mask.FromBitmap(a, width, height), Mask.FromBitmap(b, width, height), width, height, tolerance);
        return Math.Abs(expected - found) < 1e-12;
    });

    [Fact]
    public void Both_empty_is_perfect_and_one_empty_is_nothing()
    {
        Assert.Equal(1, BoundaryAccuracy.Of(Mask.Empty, Mask.Empty, 10, 10));
        Assert.Equal(0, BoundaryAccuracy.Of(Mask.Empty, Mask.FromRectangle(2, 2, 4, 4), 10, 10));
        Assert.True(double.IsNaN(BoundaryOverlap.Of(Mask.Empty, Mask.Empty, 10, 10)));
    }

    [Fact]
    public void Boundary_overlap_of_shifted_squares_by_hand()
    {
        // Rims of one pixel around 6 × 6 hold 20 pixels; moved right by 1 they share the rows of 5 at top and bottom, and nothing else.
        var found = BoundaryOverlap.Of(Mask.FromRectangle(2, 2, 6, 6), Mask.FromRectangle(3, 2, 6, 6), 20, 20);
        Assert.Equal(10 / 30.0, found, 12);
    }

    [Fact]
    public void Boundary_matching_takes_the_smaller_figure_except_against_a_crowd()
    {
        static CocoRle Square(int x) => CocoRle.FromMask(Mask.FromRectangle(x, 2, 6, 6), 20, 20);
        var found = new double[2];
        BoundaryOverlap.Matrix([Square(3)], [Square(2), Square(2)], [false, true], found);
        Assert.Equal(10 / 30.0, found[0], 12);
        Assert.Equal(30 / 36.0, found[1], 12);
    }

    private static Mask Bitmap(params string[] rows) => Mask.FromBitmap([.. string.Concat(rows).Select(c => (byte)(c - '0'))], rows[0].Length, rows.Length);

    private static byte[] Padded(byte[] bitmap, int width, int height, int by)
    {
        var result = new byte[(width + (2 * by)) * (height + (2 * by))];
        for (var i = 0; i < bitmap.Length; i++) result[(((i / width) + by) * (width + (2 * by))) + (i % width) + by] = (byte)(bitmap[i] == 0 ? 0 : 1);
        return result;
    }

    private static byte[] Filter(byte[] bitmap, int width, int height, int radius, bool all, bool disk)
    {
        var result = new byte[bitmap.Length];
        for (var i = 0; i < result.Length; i++)
        {
            var (every, some) = (true, false);
            for (var dy = -radius; dy <= radius; dy++)
            {
                for (var dx = -radius; dx <= radius; dx++)
                {
                    if (disk && (dx * dx) + (dy * dy) > radius * radius) continue;
                    var (x, y) = ((i % width) + dx, (i / width) + dy);
                    var inside = x >= 0 && y >= 0 && x < width && y < height && bitmap[(y * width) + x] != 0;
                    (every, some) = (every && inside, some || inside);
                }
            }

            result[i] = (byte)((all ? every : some) ? 1 : 0);
        }

        return result;
    }

    /// <summary>db_eval_boundary of the DAVIS evaluation, pixel by pixel.</summary>
    private static double PlainAccuracy(byte[] a, byte[] b, int width, int height, int tolerance)
    {
        byte[] Outline(byte[] m)
        {
            bool At(int x, int y) => m[(y * width) + x] != 0;
            var result = new byte[m.Length];
            for (var i = 0; i < m.Length; i++)
            {
                var (x, y) = (i % width, i / width);
                var (lastX, lastY) = (x == width - 1, y == height - 1);
                var here = At(x, y);
                var edge = !lastX && At(x + 1, y) != here && !lastX;
                var below = !lastY && At(x, y + 1) != here;
                var corner = !lastX && !lastY && At(x + 1, y + 1) != here;
                result[i] = (byte)((lastX && lastY ? false : lastY ? edge : lastX ? below : edge || below || corner) ? 1 : 0);
            }

            return result;
        }

        var (oa, ob) = (Outline(a), Outline(b));
        double Share(byte[] of, byte[] near) => of.Zip(Filter(near, width, height, tolerance, all: false, disk: true)).Count(p => p.First != 0 && p.Second != 0) / (double)of.Count(v => v != 0);
        var (na, nb) = (oa.Any(v => v != 0), ob.Any(v => v != 0));
        if (!na || !nb) return na == nb ? 1 : 0;
        var (precision, recall) = (Share(oa, ob), Share(ob, oa));
        return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
    }
}
