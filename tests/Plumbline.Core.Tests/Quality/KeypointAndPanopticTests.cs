using Plumbline.Core.Geometry;
using Plumbline.Core.Quality.Keypoints;
using Plumbline.Core.Quality.Panoptic;
using Xunit;

namespace Plumbline.Core.Tests.Quality;

public sealed class KeypointAndPanopticTests
{
    [Fact]
    public void One_visible_nose_five_pixels_off_by_hand()
    {
        var truth = new Keypoint[17];
        truth[0] = new(new(100, 100), Visibility.Visible);
        var found = new Keypoint[17];
        found[0] = new(new(105.2, 100), Visibility.Visible);

        var oks = ObjectKeypointSimilarity.Of(new([.. truth]), new([.. found]), 10_000, new Box(0, 0, 100, 100), ObjectKeypointSimilarity.CocoSigmas.AsSpan());

        Assert.Equal(.606531, oks, 6);
    }

    [Fact]
    public void A_truth_without_points_is_judged_by_its_box_grown_to_twice_its_size()
    {
        var found = new Keypoint(new(30, 5), Visibility.Visible);
        var oks = ObjectKeypointSimilarity.Of(new([default]), new([found]), 100, new Box(0, 0, 10, 10), [.05]);
        Assert.Equal(Math.Exp(-(10.0 * 10) / (.1 * .1) / 100 / 2), oks, 12);
    }

    [Fact]
    public void Two_visible_points_and_none_as_in_faster_coco_eval()
    {
        // Its test_compute_oks.py: exact values of numpy.
        Keypoint[] Points(params double[] xyv) => [.. xyv.Chunk(3).Select(p => new Keypoint(new(p[0], p[1]), (Visibility)(int)p[2]))];
        var truths = new[]
        {
            (Points: Points(10, 10, 2, 20, 20, 1, 0, 0, 0), Area: 900.0, Box: new Box(0, 0, 30, 30)),
            (Points: Points(0, 0, 0, 0, 0, 0, 0, 0, 0), Area: 100.0, Box: new Box(20, 20, 10, 10)),
        };
        var found = new[] { Points(11, 9, 2, 18, 22, 2, 30, 30, 2), Points(0, 0, 2, 0, 0, 2, 0, 0, 2), Points(40, 40, 2, 40, 40, 2, 40, 40, 2) };
        double[,] expected = { { .9337218969653591, .9608323008615317 }, { .031095734680320564, 1.388794386496407e-11 }, { 7.4726762063626715e-06, 1 } };
        for (var d = 0; d < found.Length; d++)
        {
            for (var t = 0; t < truths.Length; t++)
                Assert.Equal(expected[d, t], ObjectKeypointSimilarity.Of(new([.. truths[t].Points]), new([.. found[d]]), truths[t].Area, truths[t].Box, [.1, .1, .1]), 1e-15);
        }
    }

    [Fact]
    public void One_found_one_false_one_missed_by_hand()
    {
        // A truth of 10 pixels found with 8 in common and nothing besides (IoU .8), one missed, one false.
        int[] truth = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 9, 9];
        int[] given = [5, 5, 5, 5, 5, 5, 5, 5, 8, 8, 8, 8, 6, 6];
        var quality = new PanopticQuality(2);
        quality.Add(truth, [new(1, 0, false), new(2, 0, false), new(9, 1, false)], given, [new(5, 0, false), new(8, 1, false), new(6, 0, false)]);

        var scores = quality.OfClass(0);

        Assert.Equal(.4, scores.PQ.Value!.Value, 12);
        Assert.Equal(.8, scores.SQ.Value!.Value, 12);
        Assert.Equal(.5, scores.RQ.Value!.Value, 12);
    }

    [Fact]
    public void What_lies_mostly_in_void_or_in_a_crowd_is_not_false()
    {
        var quality = new PanopticQuality(1);
        quality.Add([0, 0, 0, 1, 2, 2, 2, 2], [new(1, 0, false), new(2, 0, true)], [5, 5, 5, 5, 6, 6, 6, 0], [new(5, 0, false), new(6, 0, false)]);

        Assert.Equal(1, quality.OfClass(0).RQ.Value);
    }

    [Fact]
    public void A_class_that_nobody_shows_is_undefined() => Assert.Contains("segment", new PanopticQuality(3).OfClass(2).PQ.Undefined, StringComparison.Ordinal);
}
