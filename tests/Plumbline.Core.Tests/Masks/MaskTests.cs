using Plumbline.Core.Geometry;

namespace Plumbline.Core.Tests.Masks;

public class MaskTests
{
    [Fact]
    public void Bitmap_round_trips_through_runs() => Law.Holds(random =>
    {
        var (bitmap, width, height) = RandomMasks.Bitmap(random, 70);
        var mask = Mask.FromBitmap(bitmap, width, height, 3, -2).WithBox(3, -2, width, height);
        return mask.ToBitmap().SequenceEqual(bitmap.Select(b => b == 0 ? (byte)0 : (byte)1)) && mask.Area == bitmap.Count(b => b != 0);
    });

    [Fact]
    public void Operations_equal_those_on_single_pixels() => Law.Holds(random =>
    {
        var (a, b) = (RandomMasks.Mask(random), RandomMasks.Mask(random));
        var (pa, pb) = (RandomMasks.Pixels(a), RandomMasks.Pixels(b));
        bool Same(Mask result, Func<bool, bool, bool> rule) => RandomMasks.Pixels(result).SequenceEqual(pa.Zip(pb, rule)) && result.Equals(result.Tight());
        return Same(a.Union(b), (p, q) => p || q)
            && Same(a.Intersect(b), (p, q) => p && q)
            && Same(a.Subtract(b), (p, q) => p && !q)
            && Same(a.Xor(b), (p, q) => p != q)
            && a.IntersectionArea(b) == pa.Zip(pb, (p, q) => p && q).Count(both => both);
    });

    [Fact]
    public void Complement_inside_a_canvas_is_its_own_inverse() => Law.Holds(random =>
    {
        var mask = RandomMasks.Mask(random);
        var inside = mask.WithBox(0, 0, 30, 30);
        return mask.Complement(30, 30).Complement(30, 30).SamePixels(inside) && mask.Complement(30, 30).Area == 900 - inside.Area;
    });

    [Fact]
    public void Bounds_are_the_outermost_pixels() => Law.Holds(random =>
    {
        var mask = RandomMasks.Mask(random);
        var inside = Enumerable.Range(0, mask.Width * mask.Height).Select(i => (X: mask.X + (i % mask.Width), Y: mask.Y + (i / mask.Width))).Where(p => mask.Contains(p.X, p.Y)).ToList();
        if (inside.Count == 0) return mask.Bounds == default && mask.Tight().Equals(Mask.Empty);
        var (left, top) = (inside.Min(p => p.X), inside.Min(p => p.Y));
        return mask.Bounds == new Box(left, top, inside.Max(p => p.X) + 1 - left, inside.Max(p => p.Y) + 1 - top) && inside.Count == mask.Area;
    });

    [Fact]
    public void Moving_there_and_back_changes_nothing() => Law.Holds(random =>
    {
        var (right, down) = (random.Next(-9999, 9999), random.Next(-9999, 9999));
        var mask = RandomMasks.Mask(random);
        return mask.Translate(right, down).Translate(-right, -down).Equals(mask) && mask.Translate(right, down).Area == mask.Area;
    });

    [Fact]
    public void A_smaller_box_cuts_and_a_larger_one_adds_nothing()
    {
        var mask = Mask.FromRectangle(2, 1, 4, 3);
        Assert.Equal([0, 6], mask.WithBox(3, 2, 3, 2).Runs);
        Assert.Equal([7, 4, 2, 4, 2, 4, 1], mask.WithBox(1, 0, 6, 4).Runs);
        Assert.Equal(0, mask.WithBox(10, 10, 3, 3).Area);
    }

    [Fact]
    public void Tight_drops_what_the_pixels_do_not_need()
    {
        var loose = new Mask(10, 20, 4, 3, [5, 1, 0, 1, 5]);
        Assert.Equal(new Mask(11, 21, 2, 1, [0, 2]), loose.Tight());
        Assert.True(loose.SamePixels(new Mask(11, 21, 2, 1, [0, 2])));
    }

    [Fact]
    public void Empty_masks_have_no_overlap_to_speak_of()
    {
        Assert.Equal(double.NaN, Mask.Empty.IntersectionOverUnion(Mask.Empty));
        Assert.Equal(0, Mask.Empty.IntersectionOverUnion(Mask.FromRectangle(0, 0, 2, 2)));
        Assert.Equal(Mask.FromRectangle(0, 0, 2, 2), Mask.Empty.Union(Mask.FromRectangle(0, 0, 2, 2)));
    }

    [Fact]
    public void Masks_beyond_two_gigapixels_keep_their_area()
    {
        var mask = Mask.FromRectangle(0, 0, 60_000, 60_000);
        Assert.Equal(3_600_000_000, mask.Area);
        Assert.Equal(3_600_000_000 - 4, mask.Subtract(Mask.FromRectangle(100, 100, 2, 2)).Area);
    }

    [Fact]
    public void A_box_beyond_the_largest_coordinate_is_refused()
    {
        var mask = Mask.FromRectangle(0, 0, 10, 10);
        Assert.Throws<OverflowException>(() => mask.Translate(int.MaxValue - 5, 0));
        Assert.Throws<ArgumentException>(() => mask.WithBox(0, int.MaxValue - 5, 10, 10));
    }

    [Theory]
    [InlineData(-1, 1, new[] { 1 })] // a negative side
    [InlineData(2, 2, new[] { 3 })] // too few pixels
    [InlineData(2, 2, new[] { 5, -1 })] // a negative run
    public void Runs_that_are_no_mask_are_refused(int width, int height, int[] runs) =>
        Assert.Throws<ArgumentException>(() => new Mask(0, 0, width, height, [.. runs]));
}
