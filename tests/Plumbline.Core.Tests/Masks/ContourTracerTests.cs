using Plumbline.Core.Geometry;

namespace Plumbline.Core.Tests.Masks;

public class ContourTracerTests
{
    [Theory]
    [InlineData(Connectivity.Four)]
    [InlineData(Connectivity.Eight)]
    public void Rasterising_the_outline_gives_the_mask_back(Connectivity connectivity) => Law.Holds(random =>
    {
        var (bitmap, width, height) = RandomMasks.Bitmap(random);
        var mask = Mask.FromBitmap(bitmap, width, height);
        var polygon = ContourTracer.Trace(mask, connectivity);
        if (polygon is null) return mask.Equals(Mask.Empty);
        return CentreRasterizer.Rasterize(polygon, width, height).Equals(mask) && Rasterizer.Rasterize(polygon, width, height).ToMask().Equals(mask);
    });

    [Theory]
    [InlineData(Connectivity.Four)]
    [InlineData(Connectivity.Eight)]
    public void Parts_and_holes_are_the_connected_components(Connectivity connectivity) => Law.Holds(random =>
    {
        var (bitmap, width, height) = RandomMasks.Bitmap(random);
        var polygon = ContourTracer.Trace(Mask.FromBitmap(bitmap, width, height), connectivity);
        var other = connectivity == Connectivity.Four ? Connectivity.Eight : Connectivity.Four;
        var outside = new byte[(width + 2) * (height + 2)];
        for (var i = 0; i < outside.Length; i++)
        {
            var (x, y) = ((i % (width + 2)) - 1, (i / (width + 2)) - 1);
            outside[i] = x < 0 || y < 0 || x >= width || y >= height || bitmap[(y * width) + x] == 0 ? (byte)1 : (byte)0;
        }

        return (polygon?.Parts.Length ?? 0) == Components(bitmap, width, height, connectivity)
            && (polygon?.Parts.Sum(p => p.Holes.Length) ?? 0) == Components(outside, width + 2, height + 2, other) - 1;
    });

    [Fact]
    public void Outer_rings_run_clockwise_on_the_screen_and_holes_the_other_way()
    {
        var ring = Mask.FromRectangle(2, 3, 5, 4).Subtract(Mask.FromRectangle(3, 4, 3, 2));
        var part = Assert.Single(ContourTracer.Trace(ring)!.Parts);
        Assert.Equal([new(2, 3), new(7, 3), new(7, 7), new(2, 7)], part.Outer.Points);
        Assert.Equal([new(3, 4), new(3, 6), new(6, 6), new(6, 4)], Assert.Single(part.Holes).Points);
    }

    [Fact]
    public void Pixels_that_meet_at_a_corner_are_one_part_or_two()
    {
        var diagonal = Mask.FromBitmap([1, 0, 0, 1], 2, 2);
        Assert.Equal(2, ContourTracer.Trace(diagonal, Connectivity.Four)!.Parts.Length);
        Assert.Equal(8, Assert.Single(ContourTracer.Trace(diagonal, Connectivity.Eight)!.Parts).Outer.Points.Length);
    }

    [Fact]
    public void A_wide_gap_between_rows_costs_nothing()
    {
        var far = Mask.FromRectangle(0, 0, 1, 1).Union(Mask.FromRectangle(0, 2_000_000_000, 1, 2));
        Assert.Equal([new(0, 2_000_000_000), new(1, 2_000_000_000), new(1, 2_000_000_002), new(0, 2_000_000_002)], ContourTracer.Trace(far)!.Parts[1].Outer.Points);
    }

    [Fact]
    public void An_island_in_a_hole_is_a_part_of_its_own()
    {
        var mask = Mask.FromRectangle(0, 0, 7, 7).Subtract(Mask.FromRectangle(1, 1, 5, 5)).Union(Mask.FromRectangle(3, 3, 1, 1));
        var polygon = ContourTracer.Trace(mask)!;
        Assert.Equal([1, 0], polygon.Parts.Select(p => p.Holes.Length));
    }

    private static int Components(byte[] bitmap, int width, int height, Connectivity connectivity)
    {
        var seen = new bool[bitmap.Length];
        var count = 0;
        for (var first = 0; first < bitmap.Length; first++)
        {
            if (bitmap[first] == 0 || seen[first]) continue;
            count++;
            var queue = new Stack<int>([first]);
            seen[first] = true;
            while (queue.TryPop(out var at))
            {
                for (var k = 0; k < 9; k++)
                {
                    var (dx, dy) = ((k % 3) - 1, (k / 3) - 1);
                    var (x, y) = ((at % width) + dx, (at / width) + dy);
                    if (connectivity == Connectivity.Four && dx != 0 && dy != 0) continue;
                    if (x < 0 || y < 0 || x >= width || y >= height || bitmap[(y * width) + x] == 0 || seen[(y * width) + x]) continue;
                    seen[(y * width) + x] = true;
                    queue.Push((y * width) + x);
                }
            }
        }

        return count;
    }
}
