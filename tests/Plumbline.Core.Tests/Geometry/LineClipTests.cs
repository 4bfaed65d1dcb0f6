using Plumbline.Core.Geometry;

namespace Plumbline.Core.Tests.Geometry;

public class LineClipTests
{
    private static readonly Box Image = new(0, 0, 10, 10);

    [Fact]
    public void A_line_that_leaves_and_comes_back_is_cut_in_two()
    {
        var pieces = new Polyline([new(2, 5), new(8, 5), new(14, 5), new(14, 8), new(4, 8)]).ClipTo(Image);
        Assert.Equal([new Polyline([new(2, 5), new(8, 5), new(10, 5)]), new Polyline([new(10, 8), new(4, 8)])], pieces);
    }

    [Fact]
    public void What_is_inside_stays_and_what_is_outside_or_only_touches_goes()
    {
        var inside = new Polyline([new(0, 0), new(10, 10)]);
        Assert.Same(inside, Assert.Single(inside.ClipTo(Image)));
        Assert.Empty(new Polyline([new(11, 0), new(20, 5)]).ClipTo(Image));
        Assert.Empty(new Polyline([new(5, -5), new(10, 0), new(15, -5)]).ClipTo(Image)); // the corner alone
    }

    [Fact]
    public void Pieces_lie_in_the_box_and_hold_all_of_the_line_that_does() => Law.Holds(random =>
    {
        var line = new Polyline([.. Enumerable.Range(0, random.Next(2, 12)).Select(_ => new Point2((random.NextDouble() * 30) - 10, random.Next(-10, 20)))]);
        var pieces = line.ClipTo(Image);
        var inBox = pieces.All(p => p.Points.All(q => q.X is >= 0 and <= 10 && q.Y is >= 0 and <= 10));
        var t = random.NextDouble();
        var (a, b) = (line.Points[0], line.Points[1]);
        var sample = new Point2(a.X + (t * (b.X - a.X)), a.Y + (t * (b.Y - a.Y)));
        return inBox && (!Image.Contains(sample) || pieces.Any(p => p.DistanceTo(sample) < 1e-9));
    });
}
