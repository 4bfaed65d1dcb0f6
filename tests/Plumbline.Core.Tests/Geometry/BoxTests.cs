using Plumbline.Core.Geometry;

namespace Plumbline.Core.Tests.Geometry;

public class BoxTests
{
    private static readonly Box First = new(3, 5, 4, 1);
    private static readonly Box Second = new(5, 3, 3, 5);

    [Fact]
    public void Overlap_is_over_continuous_sides()
    {
        Assert.Equal(2 / 17d, BoxOverlap.IntersectionOverUnion(First, Second), 15);
        Assert.Equal(new Box(5, 5, 2, 1), First.Intersect(Second));
        Assert.Null(First.Intersect(new Box(7, 5, 1, 1))); // only an edge is shared
        Assert.Equal(double.NaN, BoxOverlap.IntersectionOverUnion(default, default));
    }

    [Fact]
    public void A_crowd_divides_by_the_detections_area()
    {
        var iou = new double[4];
        BoxOverlap.Matrix([First, Second], [First, Second], [true, true], iou);
        Assert.Equal([1, .5, 2 / 15d, 1], iou);
    }

    [Fact]
    public void Matrix_and_pair_agree() => Law.Holds(random =>
    {
        Box Any() => random.Next(8) == 0 ? default : new Box(random.Next(20) / 2d, random.Next(20) / 2d, random.Next(9), random.Next(9));
        var detections = Enumerable.Range(0, random.Next(6)).Select(_ => Any()).ToArray();
        var truths = Enumerable.Range(0, random.Next(13)).Select(_ => Any()).ToArray();
        var iou = new double[detections.Length * truths.Length];
        BoxOverlap.Matrix(detections, truths, [], iou);
        return iou.Index().All(v => v.Item.Equals(BoxOverlap.IntersectionOverUnion(detections[v.Index / truths.Length], truths[v.Index % truths.Length])));
    });

    [Fact]
    public void Overlap_is_symmetric_bounded_and_one_with_itself() => Law.Holds(random =>
    {
        Box Any() => new(random.NextDouble() * 9, random.NextDouble() * 9, .1 + random.NextDouble(), .1 + (random.NextDouble() * 9));
        var (a, b) = (Any(), Any());
        var iou = BoxOverlap.IntersectionOverUnion(a, b);
        return iou is >= 0 and <= 1 && iou == BoxOverlap.IntersectionOverUnion(b, a) && BoxOverlap.IntersectionOverUnion(a, a) is > 1 - 1e-12 and <= 1
            && Math.Abs((a.Intersect(b)?.Area ?? 0) - BoxOverlap.IntersectionArea(a, b)) < 1e-9 && a.Hull(b).Intersect(a) is { } inside && Math.Abs(inside.Area - a.Area) < 1e-9;
    });
}
