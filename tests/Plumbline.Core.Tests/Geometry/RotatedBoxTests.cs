using System.Collections.Immutable;
using Plumbline.Core.Geometry;

namespace Plumbline.Core.Tests.Geometry;

public class RotatedBoxTests
{
    [Fact]
    public void Corners_turn_clockwise_on_the_screen()
    {
        var corners = new RotatedBox(10, 20, 4, 2, Math.PI / 2).Corners();
        AssertNear([new(11, 18), new(11, 22), new(9, 22), new(9, 18)], corners);
    }

    [Fact]
    public void Corners_give_the_box_back() => Law.Holds(random =>
    {
        var box = new RotatedBox(random.NextDouble() * 500, random.NextDouble() * 500, 1 + (random.NextDouble() * 200), 1 + (random.NextDouble() * 200), (random.NextDouble() - .5) * Math.Tau);
        var back = RotatedBox.FromCorners(box.Corners().AsSpan());
        return Near(box.CenterX, back.CenterX) && Near(box.CenterY, back.CenterY) && Near(box.Width, back.Width) && Near(box.Height, back.Height) && Near(Math.IEEERemainder(box.AngleRadians - back.AngleRadians, Math.Tau), 0);
    });

    [Fact]
    public void Smallest_box_holds_all_points_and_none_of_a_thousand_angles_beats_it() => Law.Holds(random =>
    {
        var points = Enumerable.Range(0, random.Next(3, 30)).Select(_ => new Point2(random.Next(50), random.NextDouble() * 50)).ToArray();
        var box = RotatedBox.SmallestAround(points);
        var (sin, cos) = Math.SinCos(box.AngleRadians);
        var held = points.All(p =>
        {
            var (dx, dy) = (p.X - box.CenterX, p.Y - box.CenterY);
            return Math.Abs((dx * cos) + (dy * sin)) <= (box.Width / 2) + 1e-9 && Math.Abs((dy * cos) - (dx * sin)) <= (box.Height / 2) + 1e-9;
        });
        return held && Enumerable.Range(0, 1000).All(i => AreaAt(points, i * Math.PI / 2000) >= box.Area - 1e-6);
    }, tests: 100);

    [Fact]
    public void Degenerate_points_make_degenerate_boxes()
    {
        Assert.Equal(new RotatedBox(3, 4, 0, 0, 0), RotatedBox.SmallestAround([new(3, 4), new(3, 4)]));
        var line = RotatedBox.SmallestAround([new(0, 0), new(4, 0), new(2, 0)]);
        Assert.Equal((2, 0, 4, 0), (line.CenterX, line.CenterY, line.Width, line.Height));
    }

    [Fact]
    public void An_ellipses_ring_stays_within_its_tolerance() => Law.Holds(random =>
    {
        var ellipse = new Ellipse(50, 40, random.NextDouble() * 80, random.NextDouble() * 80, random.NextDouble() * 6);
        var ring = ellipse.ToRing(.1);
        var bounds = ring.Bounds();
        var dense = ellipse.ToRing(1e-4).Points;
        return ellipse.Area - ring.Area() <= .1 * Math.Tau * Math.Max(ellipse.RadiusX, ellipse.RadiusY)
            && dense.All(p => Polygon.FromRing(ring.Points).DistanceToEdge(p) <= .1 + 1e-9)
            && bounds.X >= ellipse.Bounds.X - 1e-9 && bounds.Right <= ellipse.Bounds.Right + 1e-9 && bounds.Y >= ellipse.Bounds.Y - 1e-9 && bounds.Bottom <= ellipse.Bounds.Bottom + 1e-9;
    }, tests: 30);

    private static double AreaAt(Point2[] points, double angle)
    {
        var (sin, cos) = Math.SinCos(angle);
        var u = points.Select(p => (p.X * cos) + (p.Y * sin)).ToArray();
        var v = points.Select(p => (p.Y * cos) - (p.X * sin)).ToArray();
        return (u.Max() - u.Min()) * (v.Max() - v.Min());
    }

    private static bool Near(double a, double b) => Math.Abs(a - b) < 1e-7;

    private static void AssertNear(ImmutableArray<Point2> expected, ImmutableArray<Point2> actual) =>
        Assert.All(expected.Zip(actual), pair => Assert.True(pair.First.DistanceTo(pair.Second) < 1e-9, $"{pair}"));
}
