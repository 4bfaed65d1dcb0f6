using Plumbline.Core.Geometry;
using Plumbline.Core.Tests.Masks;

namespace Plumbline.Core.Tests.Geometry;

public class PolygonTests
{
    private static readonly Ring Square = new([new(0, 0), new(10, 0), new(10, 10), new(0, 10)]);
    private static readonly Polygon Frame = new([new PolygonPart(Square, [new Ring([new(2, 2), new(2, 6), new(6, 6), new(6, 2)])])]);
    private static readonly Polygon BowTie = Polygon.FromRing([new(0, 0), new(10, 10), new(10, 0), new(0, 10)]);

    [Fact]
    public void Area_length_and_centre_leave_the_hole_out()
    {
        Assert.Equal(100, Square.SignedArea());
        Assert.Equal(84, Frame.Area());
        Assert.Equal(40 + 16, Frame.Perimeter());
        Assert.Equal(((100 * 5) - (16 * 4)) / 84d, Frame.Centroid().X, 12);
        Assert.Equal(new Box(0, 0, 10, 10), Frame.Bounds());
    }

    [Fact]
    public void A_flat_ring_has_its_centre_in_the_middle_of_its_bounds() =>
        Assert.Equal(new Point2(5, 5), Polygon.FromRing([new(0, 0), new(10, 10), new(5, 5)]).Centroid());

    [Theory]
    [InlineData(1, 1, true)]
    [InlineData(4, 4, false)] // in the hole
    [InlineData(0, 0, true)] // left and top edges belong to the area
    [InlineData(10, 5, false)] // right and bottom edges do not
    [InlineData(5, 10, false)]
    [InlineData(2, 3, false)] // the hole's left edge belongs to the hole
    [InlineData(6, 3, true)]
    public void Contains_counts_left_and_top_edges(double x, double y, bool inside) => Assert.Equal(inside, Frame.Contains(new Point2(x, y)));

    [Theory]
    [InlineData(4, 4, 2)] // to the hole's edge
    [InlineData(1, 5, 1)]
    [InlineData(13, 14, 5)] // outside, to a corner
    public void Distance_goes_to_the_nearest_edge(double x, double y, double distance) => Assert.Equal(distance, Frame.DistanceToEdge(new Point2(x, y)), 12);

    [Fact]
    public void Simplified_outlines_stay_within_the_tolerance_and_keep_three_vertices() => Law.Holds(random =>
    {
        var ring = new Ring([.. RandomMasks.Ring(random, 100, 100)]);
        var tolerance = random.NextDouble() * 150;
        var simple = ring.Simplify(tolerance);
        return simple.Points.Length >= 3 && simple.Points.All(ring.Points.Contains) && ring.Points.All(p => Polygon.FromRing(simple.Points).DistanceToEdge(p) <= tolerance + 1e-9);
    });

    [Fact]
    public void Vertices_on_an_edge_go_at_tolerance_zero()
    {
        var ring = new Ring([new(0, 0), new(5, 0), new(10, 0), new(10, 10), new(0, 10), new(0, 5)]);
        Assert.Equal(Square, ring.Simplify(0));
        Assert.Equal([new(0, 0), new(10, 0)], new Polyline([new(0, 0), new(4, 1), new(10, 0)]).Simplify(1).Points);
    }

    [Fact]
    public void A_ring_that_crosses_touches_or_runs_back_is_found()
    {
        Assert.Null(Square.FindSelfIntersection());
        Assert.Null(new Ring([new(0, 0), new(0, 0), new(10, 0), new(10, 10)]).FindSelfIntersection()); // a repeated vertex
        Assert.Equal((0, 2), BowTie.Parts[0].Outer.FindSelfIntersection());
        Assert.NotNull(new Ring([new(0, 0), new(10, 0), new(10, 10), new(5, 0), new(0, 10)]).FindSelfIntersection()); // touches
        Assert.NotNull(new Ring([new(0, 0), new(10, 0), new(5, 0), new(5, 5)]).FindSelfIntersection()); // a spike
    }

    [Fact]
    public void Self_intersection_agrees_with_topology() => Law.Holds(random =>
    {
        var points = RandomMasks.Ring(random, 12, 12).Select(p => new Point2(Math.Round(p.X), Math.Round(p.Y))).Take(random.Next(3, 9)).ToArray();
        return points.Length < 3 || (new Ring([.. points]).FindSelfIntersection() is null && new Ring([.. points]).Area() > 0) == Polygon.FromRing([.. points]).IsValid();
    });

    [Fact]
    public void Exact_operations_on_two_squares()
    {
        var (a, b) = (Polygon.FromRing(Square.Points), Polygon.FromRing([new(5, 5), new(15, 5), new(15, 15), new(5, 15)]));
        Assert.Equal(175, a.Union(b)!.Area());
        Assert.Equal(25, a.Intersect(b)!.Area());
        Assert.Equal(75, a.Subtract(b)!.Area());
        Assert.Equal(25 / 175d, a.IntersectionOverUnion(b), 12);
        Assert.Null(a.Intersect(Polygon.FromRing([new(10, 0), new(20, 0), new(20, 10)]))); // only an edge is shared
        Assert.Null(a.Subtract(a));
    }

    [Fact]
    public void A_crossed_ring_covers_what_the_rasteriser_fills()
    {
        Assert.False(BowTie.IsValid());
        Assert.Equal(50, BowTie.Repair()!.Area());
        Assert.Equal(50 / 150d, BowTie.IntersectionOverUnion(new Polygon([new PolygonPart(Square, []), new PolygonPart(new Ring([new(20, 0), new(30, 0), new(30, 5), new(20, 5)]), [])])), 12);
        Assert.Null(Polygon.FromRing([new(0, 0), new(1, 1), new(2, 2)]).Repair());
    }

    [Fact]
    public void Geometry_and_pixels_agree_about_whatever_ring() => Law.Holds(random =>
    {
        var (a, b) = (Jittered(random), Jittered(random));
        bool Same(Polygon? exact, Mask pixels)
        {
            var mask = exact is null ? Mask.Empty : CentreRasterizer.Rasterize(exact, 40, 40);
            return mask.Xor(pixels).Area <= 1 && (exact is null || exact.IsValid()); // one pixel for a centre that lies on a new edge to within its rounding
        }

        var (ma, mb) = (CentreRasterizer.Rasterize(a, 40, 40), CentreRasterizer.Rasterize(b, 40, 40));
        return Same(a.Repair(), ma) && Same(a.Union(b), ma.Union(mb)) && Same(a.Intersect(b), ma.Intersect(mb)) && Same(a.Subtract(b), ma.Subtract(mb));
    }, tests: 40);

    [Fact]
    public void Clipping_keeps_what_is_inside()
    {
        var image = new Box(0, 0, 8, 20);
        Assert.Equal(80, Polygon.FromRing(Square.Points).ClipTo(image)!.Area());
        Assert.Same(Frame, Frame.ClipTo(new Box(0, 0, 10, 10)));
        Assert.Null(Frame.ClipTo(new Box(50, 50, 5, 5)));
    }

    /// <summary>A ring, often crossing itself, with no vertex on a round coordinate, so that no edge runs through a row of pixel centres.</summary>
    private static Polygon Jittered(Random random) =>
        Polygon.FromRing([.. RandomMasks.Ring(random, 40, 40).Take(15).Select(p => new Point2(p.X + (random.NextDouble() / 100), p.Y + (random.NextDouble() / 100)))]);
}
