using System.Collections.Immutable;
using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Core.Quality.Overlap;

namespace Plumbline.Core.Tests.Quality.Overlap;

public sealed class ShapeOverlapTests
{
    private const int Width = 80, Height = 60;

    [Fact]
    public void Overlap_is_symmetric_bounded_and_one_with_itself() => Law.Holds(random =>
    {
        var (a, b) = (Prepared(Any(random)), Prepared(Any(random)));
        var (there, back) = (ShapeOverlap.Of(a, b), ShapeOverlap.Of(b, a));
        if (double.IsNaN(there)) return double.IsNaN(back) && ShapeOverlap.WhyUndefined(a, b) is not null;
        var itself = ShapeOverlap.Of(a, a);
        return Math.Abs(there - back) < 1e-9 && there is >= 0 and <= 1 && ShapeOverlap.WhyUndefined(a, b) is null && Math.Abs(itself - 1) < 1e-9;
    });

    [Fact]
    public void Overlap_does_not_change_when_shapes_are_moved_by_whole_pixels() => Law.Holds(random =>
    {
        var (a, b) = (Any(random), Any(random));
        var (dx, dy) = (random.Next(1, 30), random.Next(1, 30));
        double At(double x, double y) => ShapeOverlap.Of(new(Changed(a, p => new(p.X + x, p.Y + y)), 2 * Width, 2 * Height), new(Changed(b, p => new(p.X + x, p.Y + y)), 2 * Width, 2 * Height));
        var (still, moved) = (At(20, 20), At(20 + dx, 20 + dy));
        var rounding = OverlapTable.MethodOf(a.Kind, b.Kind) == OverlapMethod.Masks ? .02 : 1e-9; // a centre on an edge may fall to either side
        return double.IsNaN(still) ? double.IsNaN(moved) : Math.Abs(still - moved) < rounding;
    });

    [Fact]
    public void Overlap_through_geometry_does_not_change_with_the_scale() => Law.Holds(random =>
    {
        var (a, b) = (Any(random), Any(random));
        if (OverlapTable.MethodOf(a.Kind, b.Kind) is OverlapMethod.Masks or OverlapMethod.Undefined) return true;
        var scaled = ShapeOverlap.Of(new(Changed(a, p => new(4 * p.X, 4 * p.Y)), 4 * Width, 4 * Height), new(Changed(b, p => new(4 * p.X, 4 * p.Y)), 4 * Width, 4 * Height));
        return Math.Abs(scaled - ShapeOverlap.Of(Prepared(a), Prepared(b))) < 1e-9;
    });

    [Fact]
    public void The_table_is_symmetric_and_leaves_points_tags_and_cuboids_undefined()
    {
        foreach (var a in Enum.GetValues<ShapeKind>())
        {
            foreach (var b in Enum.GetValues<ShapeKind>())
            {
                Assert.Equal(OverlapTable.MethodOf(a, b), OverlapTable.MethodOf(b, a));
                if (a is ShapeKind.Tag or ShapeKind.Point or ShapeKind.Cuboid) Assert.Equal(OverlapMethod.Undefined, OverlapTable.MethodOf(a, b));
            }
        }
    }

    [Fact]
    public void A_box_and_its_own_pixels_are_the_same_area()
    {
        var box = Prepared(new BoxShape(new(3, 4, 10, 12)));
        Assert.Equal(1, ShapeOverlap.Of(box, Prepared(new MaskShape(Mask.FromRectangle(3, 4, 10, 12)))));
        Assert.Equal(1, ShapeOverlap.Of(box, Prepared(new RotatedBoxShape(new(8, 10, 12, 10, Math.PI / 2)))), 1e-12);
    }

    [Fact]
    public void An_ellipse_covers_the_pixels_of_its_area()
    {
        var ellipse = new Ellipse(40, 30, 20, 12, .4);
        Assert.InRange(Prepared(new EllipseShape(ellipse)).Pixels.Area, ellipse.Area - 10, ellipse.Area + 10);
    }

    [Theory]
    [InlineData(1, 2, .1562)]
    [InlineData(1, 3, .1)]
    [InlineData(2, 3, .2174)]
    public void Coco_rasterised_polygons_of_faster_coco_eval(int first, int second, double expected)
    {
        Polygon[] polygons = [Of(7, 8, 9, 3, 7, 1, 5, 1, 5, 8, 3, 4, 4, 7, 7, 8), Of(4, 4, 7, 5, 5, 9, 3, 1, 2, 3, 1, 6, 6, 2, 2, 9), Of(5, 3, 7, 1, 2, 5, 4, 9, 6, 6, 4, 8, 2, 9, 7, 4)];
        Assert.Equal(expected, ShapeOverlap.OfCocoPolygons(polygons[first - 1], polygons[second - 1], 20, 20), 4);
        static Polygon Of(params double[] xy) => Polygon.FromRing([.. xy.Chunk(2).Select(p => new Point2(p[0], p[1]))]);
    }

    [Fact]
    public void Parallel_lines_are_as_far_apart_as_they_run()
    {
        var line = new Polyline([new(0, 10), new(50, 10)]);
        var below = new Polyline([new(50, 13), new(20, 13), new(0, 13)]);
        Assert.Equal(3, LineDistance.Mean(line, below), 1e-9);
        Assert.Equal(1 - (3 / (.05 * 100)), LineDistance.Similarity(line, below, 80, 60), 1e-9);
    }

    [Fact]
    public void A_short_line_on_a_long_one_is_not_near()
    {
        // Three quarters of the long line lie outside; their distances grow evenly from 0 to 75: mean .75 × 37.5
        Assert.Equal(28.125, LineDistance.Mean(new Polyline([new(0, 0), new(100, 0)]), new Polyline([new(0, 0), new(25, 0)])), .01);
    }

    [Fact]
    public void Margins_are_positive_where_a_box_is_too_large()
    {
        var tightness = BoxTightness.Of(new Box(8, 12, 20, 10), new Box(10, 10, 20, 10));
        Assert.Equal(new BoxMargins(2, -2, -2, 2), tightness.Margins);
        Assert.Equal(144.0 / 256, tightness.IntersectionOverUnion, 12);
    }

    [Fact]
    public void Margins_of_a_rotated_box_are_those_of_its_own_sides()
    {
        var right = new RotatedBox(40, 30, 20, 10, .7);
        var (sin, cos) = Math.SinCos(.7);
        var given = new RotatedBox(40 + (2 * cos), 30 + (2 * sin), 24, 10, .7);
        var margins = BoxTightness.Of(given, right).Margins;
        Assert.Equal([0.0, 0, 4, 0], new[] { margins.Left, margins.Top, margins.Right, margins.Bottom }.Select(m => Math.Abs(Math.Round(m, 9))));
    }

    [Fact]
    public void A_keypoint_that_only_one_side_has_counts_as_nothing()
    {
        static KeypointsShape Points(params (double X, double Y, Visibility V)[] points) => new(new([.. points.Select(p => new Keypoint(new(p.X, p.Y), p.V))]));
        var both = Prepared(Points((10, 10, Visibility.Visible), (20, 30, Visibility.Visible)));
        var one = Prepared(Points((10, 10, Visibility.Occluded), (0, 0, Visibility.Absent)));
        Assert.Equal(.5, ShapeOverlap.Of(both, one), 12);
        Assert.True(double.IsNaN(ShapeOverlap.Of(one, one))); // one point spans no area
    }

    [Fact]
    public void Shapes_of_unequal_pictures_are_an_error() =>
        Assert.Throws<ArgumentException>(() => ShapeOverlap.Of(new(new BoxShape(new(0, 0, 1, 1)), 10, 10), new(new BoxShape(new(0, 0, 1, 1)), 10, 11)));

    private static ComparedShape Prepared(Shape shape) => new(shape, Width, Height);

    private static Shape Any(Random random)
    {
        double In(double from, double to) => from + ((to - from) * random.NextDouble());
        var (x, y, w, h) = (Math.Round(In(5, 35)), Math.Round(In(5, 25)), Math.Round(In(6, 35)), Math.Round(In(6, 28)));
        Point2[] around = [new(x, y + (h * In(0, .5))), new(x + (w * In(.5, 1)), y), new(x + w, y + (h * In(.5, 1))), new(x + (w * In(0, .5)), y + h)];
        return random.Next(7) switch
        {
            0 => new BoxShape(new(x, y, w, h)),
            1 => new RotatedBoxShape(new(x + (w / 2), y + (h / 2), w, h, In(-3, 3))),
            2 => new EllipseShape(new(x + (w / 2), y + (h / 2), w / 2, h / 2, In(-3, 3))),
            3 => new PolygonShape(Polygon.FromRing([.. around])),
            4 => new MaskShape(Mask.FromRectangle((int)x, (int)y, (int)w, (int)h)),
            5 => new PolylineShape(new([.. around])),
            _ => new KeypointsShape(new([.. around.Select(p => new Keypoint(p, Visibility.Visible))])),
        };
    }

    private static Shape Changed(Shape shape, Func<Point2, Point2> move)
    {
        var (zero, one) = (move(default), move(new(1, 0)));
        var scale = one.X - zero.X;
        return shape switch
        {
            BoxShape { Box: var b } => new BoxShape(new(move(new(b.X, b.Y)).X, move(new(b.X, b.Y)).Y, b.Width * scale, b.Height * scale)),
            RotatedBoxShape { Box: var b } => new RotatedBoxShape(new(move(new(b.CenterX, b.CenterY)).X, move(new(b.CenterX, b.CenterY)).Y, b.Width * scale, b.Height * scale, b.AngleRadians)),
            EllipseShape { Ellipse: var e } => new EllipseShape(new(move(new(e.CenterX, e.CenterY)).X, move(new(e.CenterX, e.CenterY)).Y, e.RadiusX * scale, e.RadiusY * scale, e.AngleRadians)),
            PolygonShape s => new PolygonShape(Polygon.FromRing([.. s.Polygon.Parts[0].Outer.Points.Select(move)])),
            PolylineShape s => new PolylineShape(new([.. s.Polyline.Points.Select(move)])),
            KeypointsShape s => new KeypointsShape(new([.. s.Keypoints.Points.Select(p => p with { Position = move(p.Position) })])),
            MaskShape s => new MaskShape(s.Mask.Translate((int)zero.X, (int)zero.Y)),
            _ => throw new ArgumentOutOfRangeException(nameof(shape)),
        };
    }
}
