using Plumbline.Core.Quality;
using Plumbline.Core.Quality.Detection;

namespace Plumbline.Core.Tests.Quality.Detection;

public sealed class DetectionLawTests
{
    [Fact]
    public void Boxes_score_as_the_protocol_told_the_long_way() => Law.Holds(random => EqualsPlain(DetectionProtocol.Coco with { MaximumDetections = [1, 3, 8] }, random), 150);

    [Fact]
    public void Keypoints_score_as_the_protocol_told_the_long_way() => Law.Holds(random => EqualsPlain(DetectionProtocol.CocoKeypoints with { MaximumDetections = [6] }, random), 100);

    [Fact]
    public void It_does_not_matter_how_images_are_parcelled_out() => Law.Holds(random =>
    {
        var world = World(random);
        var whole = Evaluate(DetectionProtocol.Coco, world, _ => true);
        var parts = Evaluate(DetectionProtocol.Coco, world, image => image < 3);
        parts.Append(Evaluate(DetectionProtocol.Coco, world, image => image >= 3));
        return whole.Overall().Metrics.All(metric => metric.Value.Value == parts.Overall().Metrics[metric.Key].Value);
    }, 60);

    [Fact]
    public void Rounds_of_the_bootstrap_score_what_datasets_of_the_drawn_images_would() => Law.Holds(random =>
    {
        // Of two images there are three draws, each in a quarter of the rounds or more: the interval reaches from the lowest of their scores to the highest. (Ties would stand in another order.)
        var (truths, found) = World(random);
        var world = (Truths: truths, Found: (IReadOnlyList<Stretch>)[.. found.Index().Select(one => one.Item with { Score = (one.Index + 1.0) / (found.Count + 1) })]);
        var scores = new List<double>();
        foreach (var drawn in (int[][])[[0, 0], [0, 1], [1, 1]])
        {
            var repeated = (Repeat(world.Truths, drawn), Repeat(world.Found, drawn));
            if (Evaluate(DetectionProtocol.Coco, repeated, _ => true).Overall().Metrics["AP"].Value is { } score) scores.Add(score);
        }

        var evaluator = Evaluate(DetectionProtocol.Coco, world, image => image < 2);
        if (evaluator.WithIntervals([evaluator.Everything], [0, 1], 200)[0].Metrics["AP"].Interval is not { } interval) return scores.Count < 3;
        return Math.Abs(interval.Low - scores.Min()) < 1e-9 && Math.Abs(interval.High - scores.Max()) < 1e-9;
    }, 60);

    [Fact]
    public void The_interval_holds_the_score_is_the_same_for_a_seed_and_narrows_with_more_images()
    {
        var (few, many) = (Noisy(40), Noisy(640));
        var (narrow, wide) = (Interval(many, 640), Interval(few, 40));
        Assert.Equal(wide, Interval(Noisy(40), 40));
        Assert.InRange(few.Overall().Metrics["AP"].Value!.Value, wide.Low, wide.High);
        Assert.InRange((wide.High - wide.Low) / (narrow.High - narrow.Low), 2.5, 6.5); // 4 = √16
    }

    [Fact]
    public void One_image_has_no_interval_and_an_undefined_score_neither()
    {
        var evaluator = new DetectionEvaluator(DetectionProtocol.Coco, 1);
        evaluator.Add(0, 0, [1.0], [new(.9, 50)], [new(50, false, false)]);
        Assert.All(evaluator.WithIntervals([[0]], [0])[0].Metrics.Values, measure => Assert.Null(measure.Interval));
        var metrics = evaluator.WithIntervals([[0]], [0, 1, 2])[0].Metrics;
        Assert.Equal(new Interval(1, 1), Rounded(metrics["AP"].Interval)); // draws without the one object leave AP undefined, the others make it 1
        Assert.Null(metrics["APl"].Interval);
        Assert.Equal("no large truth objects", metrics["APl"].Undefined);
    }

    private static Interval? Rounded(Interval? interval) => interval is { } ends ? new(Math.Round(ends.Low, 9), Math.Round(ends.High, 9)) : null;

    private static Interval Interval(DetectionEvaluator evaluator, int images) => evaluator.WithIntervals([[0]], [.. Enumerable.Range(0, images)], 400)[0].Metrics["AP"].Interval!.Value;

    private static DetectionEvaluator Noisy(int images)
    {
        var random = new System.Random(3);
        var evaluator = new DetectionEvaluator(DetectionProtocol.Coco, 1);
        for (var image = 0; image < images; image++)
        {
            var right = random.Next(3) > 0;
            evaluator.Add(image, 0, [right ? .5 + (random.NextDouble() / 2) : 0], [new(random.NextDouble(), 50)], [new(50, false, false)]);
        }

        return evaluator;
    }

    private static IReadOnlyList<Stretch> Repeat(IReadOnlyList<Stretch> all, int[] drawn) => [.. drawn.Index().SelectMany(draw => all.Where(one => one.Image == draw.Item).Select(one => one with { Image = draw.Index }))];

    private static bool EqualsPlain(DetectionProtocol protocol, System.Random random)
    {
        var world = World(random);
        var scores = Evaluate(protocol, world, _ => true).Overall().Metrics;
        var plain = new PlainCocoScores(protocol, world.Truths, world.Found);
        var (all, most) = (protocol.Areas[0], protocol.MaximumDetections[^1]);
        void Same(string name, double? expected)
        {
            Assert.Equal(expected is null, scores[name].Value is null);
            if (expected is { } value) Assert.Equal(value, scores[name].Value!.Value, 1e-9);
        }

        Same("AP", plain.Precision(protocol.Thresholds, all));
        Same("AP50", plain.Precision([.5], all));
        Same("AP75", plain.Precision([.75], all));
        foreach (var area in protocol.Areas.Skip(1))
        {
            Same("AP" + area.Name[..1], plain.Precision(protocol.Thresholds, area));
            Same("AR" + area.Name[..1], plain.Recall(protocol.Thresholds, area, most));
        }

        if (protocol.RecallByThreshold)
        {
            Same("AR", plain.Recall(protocol.Thresholds, all, most));
            Same("AR50", plain.Recall([.5], all, most));
            Same("AR75", plain.Recall([.75], all, most));
        }
        else
        {
            foreach (var maximum in protocol.MaximumDetections) Same($"AR{maximum}", plain.Recall(protocol.Thresholds, all, maximum));
        }

        return true;
    }

    private static DetectionEvaluator Evaluate(DetectionProtocol protocol, (IReadOnlyList<Stretch> Truths, IReadOnlyList<Stretch> Found) world, Func<int, bool> images)
    {
        var evaluator = new DetectionEvaluator(protocol, 2);
        for (var image = 0; image < 6; image++)
        {
            for (var c = 0; c < 2 && images(image); c++)
            {
                var truths = world.Truths.Where(t => t.Image == image && t.Class == c).ToArray();
                var found = world.Found.Where(d => d.Image == image && d.Class == c).OrderByDescending(d => d.Score).Take(protocol.MaximumDetections[^1]).ToArray();
                evaluator.Add(
                    image, c, found.SelectMany(d => truths.Select(d.OverlapWith)).ToArray(), found.Select(d => new DetectionFacts(d.Score, d.Area)).ToArray(),
                    truths.Select(t => new TruthFacts(t.Area, t.Crowd, t.Ignore)).ToArray());
            }
        }

        return evaluator;
    }

    // Scores tie, objects touch each other, crowds swallow several; lengths straddle 32 and 96.
    private static (IReadOnlyList<Stretch> Truths, IReadOnlyList<Stretch> Found) World(System.Random random)
    {
        var truths = Enumerable.Range(0, random.Next(1, 25)).Select(_ => new Stretch(random.Next(6), random.Next(2), random.Next(200), random.Next(8, 130), random.Next(8) == 0, random.Next(10) == 0, 0)).ToList();
        var found = Enumerable.Range(0, random.Next(40)).Select(_ =>
        {
            var near = truths[random.Next(truths.Count)];
            return random.Next(4) == 0
                ? new Stretch(random.Next(6), random.Next(2), random.Next(200), random.Next(8, 130), false, false, random.Next(6) / 6.0)
                : near with { From = near.From + random.Next(-4, 5), Length = Math.Max(4, near.Length + random.Next(-6, 7)), Crowd = false, Ignore = false, Score = random.Next(6) / 6.0 };
        }).ToList();
        return (truths, found);
    }
}
