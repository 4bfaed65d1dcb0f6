using System.Collections.Immutable;
using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Core.Quality.Consensus;
using Plumbline.Core.Quality.Overlap;

namespace Plumbline.Core.Tests.Quality;

public sealed class ConsensusBuilderTests
{
    [Fact]
    public void Three_boxes_become_their_median_which_is_none_of_them()
    {
        var builder = new ConsensusBuilder(3);
        builder.Add([[Boxed(10, 10, 50, 40)], [Boxed(12, 9, 52, 41)], [Boxed(11, 12, 48, 42)]], 100, 80);
        var fused = Assert.Single(builder.Build().Images[0]);
        Assert.Equal(new BoxShape(new(11, 10, 39, 31)), fused.Fused.Shape);
        Assert.Empty(fused.Arbitration);
        Assert.Equal([0, 1, 2], fused.Votes.Select(vote => vote.Annotator));
        Assert.All(fused.Votes, vote => Assert.InRange(vote.Overlap!.Value, .8, 1));
    }

    [Fact]
    public void What_one_of_three_drew_is_doubtful_and_needs_nobody_or_is_looked_at()
    {
        var builder = new ConsensusBuilder(3, new() { Weighted = false });
        builder.Add([[Boxed(10, 10, 50, 40), Boxed(60, 60, 80, 75)], [Boxed(10, 10, 50, 40)], [Boxed(10, 10, 50, 40)]], 100, 80);
        var result = builder.Build();
        Assert.Single(result.Images[0]);
        var doubtful = Assert.Single(result.Doubtful[0]);
        Assert.Equal(1 / 3.0, doubtful.Presence, 12);
        Assert.Contains(ArbitrationReason.Existence, doubtful.Arbitration);
        Assert.Equal([doubtful], result.Arbitration().Select(entry => entry.Object));
    }

    [Fact]
    public void A_class_on_which_two_disagree_goes_to_arbitration()
    {
        var builder = new ConsensusBuilder(2);
        builder.Add([[Boxed(10, 10, 50, 40, "cat")], [Boxed(10, 10, 50, 40, "dog")]], 100, 80);
        var fused = Assert.Single(builder.Build().Images[0]);
        Assert.Contains(ArbitrationReason.Class, fused.Arbitration);
        Assert.Equal(.5, fused.ClassProbability, 12);
    }

    [Fact]
    public void An_unreliable_annotator_is_found_out_and_outvoted_by_one_reliable_one()
    {
        var random = new Random(6);
        var builder = new ConsensusBuilder(3);
        var truth = new List<string>();
        for (var image = 0; image < 80; image++)
        {
            truth.Add(random.Next(2) == 0 ? "cat" : "dog");
            string Other() => truth[^1] == "cat" ? "dog" : "cat";
            builder.Add([[Boxed(10, 10, 50, 40, truth[^1])], [Boxed(10, 10, 50, 40, random.Next(20) == 0 ? Other() : truth[^1])], [Boxed(10, 10, 50, 40, random.Next(2) == 0 ? Other() : truth[^1])]], 100, 80);
        }

        var result = builder.Build();
        Assert.True(result.Reliabilities[2] < .7 && result.Reliabilities[0] > .9);
        Assert.True(truth.Zip(result.Images).Count(pair => pair.First == pair.Second[0].Fused.ClassId) >= 77);
    }

    [Fact]
    public void Masks_are_fused_pixel_by_pixel_and_polygons_through_masks()
    {
        var masks = new[] { Mask.FromRectangle(10, 10, 20, 20), Mask.FromRectangle(12, 10, 20, 20), Mask.FromRectangle(10, 12, 20, 20) };
        var expected = masks[0].Intersect(masks[1]).Union(masks[0].Intersect(masks[2])).Union(masks[1].Intersect(masks[2]));
        var fused = (MaskShape)ShapeFusion.Fuse([.. masks.Select(m => new ComparedShape(new MaskShape(m), 60, 60))], [1, 1, 1])!;
        var staple = (MaskShape)ShapeFusion.Fuse([.. masks.Select(m => new ComparedShape(new MaskShape(m), 60, 60))], [1, 1, 1], MaskFusion.Staple)!;
        var traced = (PolygonShape)ShapeFusion.Fuse([.. masks.Select(m => new ComparedShape(new PolygonShape(ContourTracer.Trace(m)!), 60, 60))], [1, 1, 1])!;
        Assert.Equal(expected, fused.Mask);
        Assert.True(staple.Mask.IntersectionOverUnion(expected) > .95);
        Assert.True(CentreRasterizer.Rasterize(traced.Polygon, 60, 60).IntersectionOverUnion(expected) > .98);
    }

    [Fact]
    public void Rotated_boxes_of_other_quarters_are_the_same_box()
    {
        var fused = (RotatedBoxShape)ShapeFusion.Fuse(
            [.. new[] { new RotatedBox(30, 30, 20, 10, .1), new RotatedBox(30, 30, 10, 20, .1 + (Math.PI / 2)), new RotatedBox(30, 30, 20, 10, .1 + Math.PI) }.Select(b => new ComparedShape(new RotatedBoxShape(b), 60, 60))], [1, 1, 1])!;
        Assert.Equal((20.0, 10.0, .1), (fused.Box.Width, fused.Box.Height, Math.Round(fused.Box.AngleRadians, 9)));
    }

    [Fact]
    public void Lines_drawn_backwards_are_turned_round()
    {
        var fused = (PolylineShape)ShapeFusion.Fuse(
            [.. new[] { Line(0, 10, 50, 10), Line(50, 12, 0, 12), Line(0, 14, 50, 14) }.Select(l => new ComparedShape(new PolylineShape(l), 60, 60))], [1, 1, 1])!;
        Assert.Equal(0, LineDistance.Mean(fused.Polyline, Line(0, 12, 50, 12)), 1e-9);
        static Polyline Line(double x1, double y1, double x2, double y2) => new([new(x1, y1), new(x2, y2)]);
    }

    [Fact]
    public void A_keypoint_that_most_left_out_is_left_out()
    {
        static ComparedShape Points(params Keypoint[] points) => new(new KeypointsShape(new([.. points])), 60, 60);
        var (a, b) = (new Keypoint(new(10, 10), Visibility.Visible), new Keypoint(new(20, 20), Visibility.Occluded));
        var fused = (KeypointsShape)ShapeFusion.Fuse([Points(a, b), Points(a, default), Points(a with { Position = new(13, 10) }, default)], [1, 1, 1])!;
        Assert.Equal([a, default], fused.Keypoints.Points);
    }

    [Fact]
    public void Attributes_go_by_votes_and_numbers_by_their_median()
    {
        static Annotation With(bool flag, double number) => Boxed(10, 10, 50, 40) with
        {
            Attributes = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, [KeyValuePair.Create<string, AttributeValue>("occluded", new AttributeValue.Flag(flag)), KeyValuePair.Create<string, AttributeValue>("age", new AttributeValue.Number(number))]),
        };
        var builder = new ConsensusBuilder(3, new() { Weighted = false });
        builder.Add([[With(true, 3)], [With(true, 4)], [With(false, 40)]], 100, 80);
        var fused = Assert.Single(builder.Build().Images[0]);
        Assert.Equal(new AttributeValue.Flag(true), fused.Fused.Attributes["occluded"]);
        Assert.Equal(new AttributeValue.Number(4), fused.Fused.Attributes["age"]);
        Assert.Equal(["occluded"], fused.Disputed);
        Assert.Contains(ArbitrationReason.Attribute, fused.Arbitration);
    }

    [Fact]
    public void An_annotator_who_was_not_given_an_image_does_not_vote_against_it()
    {
        var builder = new ConsensusBuilder(3, new() { Weighted = false });
        builder.Add([[Boxed(10, 10, 50, 40)], [Boxed(10, 10, 50, 40)], null], 100, 80);
        var fused = Assert.Single(builder.Build().Images[0]);
        Assert.Equal(1, fused.Presence);
        Assert.Equal(2, fused.Votes.Length);
        Assert.Null(builder.Build().Reliabilities[2]);
    }

    [Fact]
    public void Shapes_that_do_not_go_together_are_a_matter_for_people() => Assert.Null(ShapeFusion.Fuse([new(new BoxShape(new(0, 0, 5, 5)), 9, 9), new(new RotatedBoxShape(new(3, 3, 5, 5, 0)), 9, 9)], [1, 1]));

    [Fact]
    public void The_same_shape_fused_with_itself_stays_the_same_area() => Law.Holds(random =>
    {
        var (x, y, w, h) = (random.Next(30), random.Next(30), 5 + random.Next(30), 5 + random.Next(20));
        Shape shape = random.Next(5) switch
        {
            0 => new BoxShape(new(x, y, w, h)),
            1 => new RotatedBoxShape(new(x + 20, y + 20, w, h, random.NextDouble())),
            2 => new EllipseShape(new(x + 20, y + 20, w / 2.0, h / 2.0, random.NextDouble())),
            3 => new MaskShape(Mask.FromRectangle(x, y, w, h)),
            _ => new PolygonShape(Polygon.FromRing([new(x, y), new(x + w, y), new(x + w, y + h)])),
        };
        ComparedShape Prepared(Shape s) => new(s, 100, 100);
        var fused = ShapeFusion.Fuse([Prepared(shape), Prepared(shape)], [1, 2]);
        return fused is not null && ShapeOverlap.Of(Prepared(fused), Prepared(shape)) > .8;
    }, 100);

    private static Annotation Boxed(double left, double top, double right, double bottom, string name = "thing") =>
        new() { Id = Guid.CreateVersion7(), ClassId = name, Shape = new BoxShape(new(left, top, right - left, bottom - top)) };
}
