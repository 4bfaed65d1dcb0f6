using System.Text.Json;
using Plumbline.Core.Geometry;

namespace Plumbline.Core.Tests.Masks;

public class RasterizerTests
{
    [Fact]
    public void Rings_become_the_masks_of_maskApi()
    {
        foreach (var vector in Vectors.Read("coco-rle.json").GetProperty("rings").EnumerateArray())
        {
            var numbers = vector.GetProperty("ring").Deserialize<double[]>()!;
            var ring = numbers.Chunk(2).Select(p => new Point2(p[0], p[1])).ToArray();
            var rle = Rasterizer.Rasterize(ring, vector.GetProperty("width").GetInt32(), vector.GetProperty("height").GetInt32());
            Assert.Equal(vector.GetProperty("text").GetString(), CocoRleText.Format(rle));
        }
    }

    [Fact]
    public void Crossings_computed_directly_equal_the_walk_over_every_point() => Law.Holds(random =>
    {
        var (width, height) = (random.Next(1, 120), random.Next(1, 120));
        var ring = RandomMasks.Ring(random, width, height);
        return Rasterizer.Rasterize(ring, width, height).Equals(PlainRasterizer.Rasterize(ring, width, height));
    });

    [Theory]
    [InlineData(3, 5, 4, 1, "Q21c000000o7")]
    [InlineData(5, 3, 3, 5, "W35?000]7")]
    public void Boxes_become_COCOs_masks(double x, double y, double width, double height, string text) =>
        Assert.Equal(text, CocoRleText.Format(Rasterizer.Rasterize(new Box(x, y, width, height), 20, 20)));

    [Fact]
    public void Parts_are_joined_and_holes_cut_out()
    {
        var polygon = new Polygon([new PolygonPart(Square(1, 1, 6), [Square(2, 2, 3)]), new PolygonPart(Square(3, 3, 1), [])]);
        var expected = Mask.FromRectangle(1, 1, 6, 6).Subtract(Mask.FromRectangle(2, 2, 3, 3)).Union(Mask.FromRectangle(3, 3, 1, 1));
        Assert.Equal(expected, Rasterizer.Rasterize(polygon, 10, 9).ToMask());
        Assert.Equal(expected, CentreRasterizer.Rasterize(polygon, 10, 9));
    }

    [Fact]
    public void A_turned_box_and_an_ellipse_cover_about_their_area()
    {
        Assert.InRange(Rasterizer.Rasterize(new RotatedBox(100, 80, 120, 40, .6), 200, 160).Area, 4800 - 40, 4800 + 40);
        var ellipse = new Ellipse(100, 80, 60, 30, -.4);
        Assert.InRange(Rasterizer.Rasterize(ellipse, 200, 160).Area, ellipse.Area - 30, ellipse.Area + 30);
    }

    [Fact]
    public void Far_away_coordinates_are_cut_off()
    {
        Point2[] ring = [new(-1e300, -1e300), new(1e300, -1e300), new(1e300, 1e300), new(-1e300, 1e300)];
        Assert.Equal([0, 35], Rasterizer.Rasterize(ring, 7, 5).Counts);
        Assert.Equal(Mask.FromRectangle(0, 0, 7, 5), CentreRasterizer.Rasterize([new(-1e9, -1e9), new(1e9, -1e9), new(1e9, 1e9), new(-1e9, 1e9)], 7, 5));
    }

    [Fact]
    public void Centre_rule_includes_a_pixel_exactly_when_its_centre_is_inside() => Law.Holds(random =>
    {
        var ring = RandomMasks.Ring(random, 30, 25);
        var mask = CentreRasterizer.Rasterize(ring, 30, 25);
        return Enumerable.Range(0, 30 * 25).All(i => mask.Contains(i % 30, i / 30) == CrossesOdd(ring, (i % 30) + .5, (i / 30) + .5));
    });

    [Fact]
    public void Neighbours_that_share_an_edge_neither_overlap_nor_leave_a_gap() => Law.Holds(random =>
    {
        var (a, b) = (new Point2(random.Next(0, 40) / 2d, 0), new Point2(random.Next(0, 40) / 2d, 20));
        var left = CentreRasterizer.Rasterize([new(0, 0), a, b, new(0, 20)], 20, 20);
        var right = CentreRasterizer.Rasterize([a, new(20, 0), new(20, 20), b], 20, 20);
        return left.Area + right.Area == 400 && left.IntersectionArea(right) == 0;
    });

    private static bool CrossesOdd(Point2[] ring, double x, double y)
    {
        var inside = false;
        for (var i = 0; i < ring.Length; i++)
        {
            var (a, b) = (ring[i], ring[(i + 1) % ring.Length]);
            if (a.Y > b.Y) (a, b) = (b, a);
            if (a.Y <= y && b.Y > y && a.X + ((b.X - a.X) * ((y - a.Y) / (b.Y - a.Y))) <= x) inside = !inside;
        }

        return inside;
    }

    private static Ring Square(double x, double y, double side) => new([new(x, y), new(x + side, y), new(x + side, y + side), new(x, y + side)]);
}
