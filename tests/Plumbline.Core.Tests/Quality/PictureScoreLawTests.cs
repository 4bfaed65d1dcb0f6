using Plumbline.Core.Quality;
using Plumbline.Core.Quality.Panoptic;
using Plumbline.Core.Quality.Semantic;

namespace Plumbline.Core.Tests.Quality;

/// <summary>Panoptic and semantic scores against their definitions told pixel by pixel, and their properties.</summary>
public sealed class PictureScoreLawTests
{
    private const int Classes = 3;

    [Fact]
    public void Panoptic_quality_is_its_definition_told_pixel_by_pixel() => Law.Holds(random =>
    {
        var pictures = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Panoptic(random, voids: true)).ToList();
        var quality = Quality(pictures);
        for (var c = 0; c < Classes; c++)
        {
            var (sum, tp, fp, fn) = Plain(pictures, c);
            var scores = quality.OfClass(c, 0);
            if (tp + fp + fn == 0)
            {
                Assert.NotNull(scores.PQ.Undefined);
                continue;
            }

            Assert.Equal(sum / (tp + (fp / 2.0) + (fn / 2.0)), scores.PQ.Value!.Value, 1e-12);
            Assert.Equal(tp / (tp + (fp / 2.0) + (fn / 2.0)), scores.RQ.Value!.Value, 1e-12);
            if (tp > 0) Assert.Equal(sum / tp, scores.SQ.Value!.Value, 1e-12);
            else Assert.NotNull(scores.SQ.Undefined);
        }

        return true;
    }, 200);

    [Fact]
    public void Panoptic_quality_is_1_for_the_truth_itself_symmetric_without_void_and_blind_to_ids_and_order() => Law.Holds(random =>
    {
        var pictures = Enumerable.Range(0, 3).Select(_ => Panoptic(random, voids: false)).ToList();
        var classes = Enumerable.Range(0, Classes).ToArray();
        var itself = Quality([.. pictures.Select(p => p with { Given = p.Truth, GivenSegments = p.TruthSegments })]).Over(classes, 0);
        var forward = Quality(pictures).Over(classes, 0).PQ.Value;
        var back = Quality([.. pictures.Select(p => new Pictures(p.Given, p.GivenSegments, p.Truth, p.TruthSegments))]).Over(classes, 0).PQ.Value;
        var shuffled = Quality([.. pictures.AsEnumerable().Reverse().Select(p => p with { Given = [.. p.Given.Select(id => id == 0 ? 0 : id + 1000)], GivenSegments = [.. p.GivenSegments.Select(s => s with { Id = s.Id + 1000 })] })]).Over(classes, 0).PQ.Value;
        return itself.PQ.Value is 1 && Math.Abs(forward!.Value - back!.Value) < 1e-12 && Math.Abs(forward.Value - shuffled!.Value) < 1e-12 && forward is >= 0 and <= 1;
    }, 100);

    [Fact]
    public void Panoptic_quality_has_an_interval_that_holds_it()
    {
        var random = new System.Random(5);
        var scores = Quality([.. Enumerable.Range(0, 40).Select(_ => Panoptic(random, voids: false))]).Over([0, 1, 2]);
        foreach (var measure in (Measure[])[scores.PQ, scores.SQ, scores.RQ])
        {
            Assert.InRange(measure.Value!.Value, measure.Interval!.Value.Low, measure.Interval.Value.High);
            Assert.InRange(measure.Interval.Value.High - measure.Interval.Value.Low, .001, .4);
        }
    }

    [Fact]
    public void Semantic_scores_are_their_definitions_told_pixel_by_pixel() => Law.Holds(random =>
    {
        var scores = new SemanticScores(Classes);
        var pixels = new List<(int Truth, int Given)>();
        for (var image = 0; image < 3; image++)
        {
            var (truth, given) = (Map(random, -1), Map(random, -1));
            scores.Add(truth, given);
            pixels.AddRange(truth.Zip(given));
        }

        pixels.RemoveAll(pixel => pixel.Truth < 0);
        var overlaps = new List<double>();
        for (var c = 0; c < Classes; c++)
        {
            double common = pixels.Count(p => p.Truth == c && p.Given == c), either = pixels.Count(p => p.Truth == c || p.Given == c);
            if (either == 0)
            {
                Assert.NotNull(scores.IntersectionOverUnion(c, 0).Undefined);
                continue;
            }

            overlaps.Add(common / either);
            Assert.Equal(common / either, scores.IntersectionOverUnion(c, 0).Value!.Value, 1e-12);
            Assert.Equal(2 * common / (common + either), scores.Dice(c, 0).Value!.Value, 1e-12);
        }

        if (pixels.Count == 0) return scores.PixelAccuracy(0).Undefined is not null;
        Assert.Equal(overlaps.Average(), scores.MeanIntersectionOverUnion(0).Value!.Value, 1e-12);
        Assert.Equal(pixels.Count(p => p.Truth == p.Given) / (double)pixels.Count, scores.PixelAccuracy(0).Value!.Value, 1e-12);
        return true;
    }, 200);

    [Fact]
    public void Semantic_scores_do_not_change_when_every_pixel_is_drawn_four_times_as_large() => Law.Holds(random =>
    {
        var (truth, given) = (Map(random, -1), Map(random, 0));
        var (plain, larger) = (new SemanticScores(Classes), new SemanticScores(Classes));
        plain.Add(truth, given);
        larger.Add([.. truth.SelectMany(c => Enumerable.Repeat(c, 4))], [.. given.SelectMany(c => Enumerable.Repeat(c, 4))]);
        return plain.MeanIntersectionOverUnion(0).Value is not { } value || Math.Abs(value - larger.MeanIntersectionOverUnion(0).Value!.Value) < 1e-12;
    }, 60);

    [Fact]
    public void Pictures_of_different_size_and_unknown_ids_are_refused_by_name()
    {
        Assert.Contains("2 pixels", Assert.Throws<ArgumentException>(() => new SemanticScores(2).Add([0, 0], [0])).Message, StringComparison.Ordinal);
        Assert.Contains("there are 2", Assert.Throws<ArgumentException>(() => new SemanticScores(2).Add([0, 2], [0, 0])).Message, StringComparison.Ordinal);
        Assert.Contains("id 7", Assert.Throws<ArgumentException>(() => new PanopticQuality(1).Add([7], [], [0], [])).Message, StringComparison.Ordinal);
    }

    private sealed record Pictures(int[] Truth, IReadOnlyList<Segment> TruthSegments, int[] Given, IReadOnlyList<Segment> GivenSegments);

    private static PanopticQuality Quality(IReadOnlyList<Pictures> pictures)
    {
        var quality = new PanopticQuality(Classes);
        foreach (var p in pictures) quality.Add(p.Truth, p.TruthSegments, p.Given, p.GivenSegments);
        return quality;
    }

    private static (double Sum, int Tp, int Fp, int Fn) Plain(IReadOnlyList<Pictures> pictures, int c)
    {
        var (sum, tp, fp, fn) = (0.0, 0, 0, 0);
        foreach (var p in pictures)
        {
            int Pixels(Func<int, int, bool> which) => p.Truth.Zip(p.Given).Count(pixel => which(pixel.First, pixel.Second));
            double Overlap(Segment t, Segment g) => (double)Pixels((a, b) => a == t.Id && b == g.Id) / Pixels((a, b) => a != 0 && (a == t.Id || b == g.Id) || (a == t.Id && b == g.Id));
            var truths = p.TruthSegments.Where(s => s.ClassIndex == c && Pixels((a, _) => a == s.Id) > 0).ToList();
            var given = p.GivenSegments.Where(s => s.ClassIndex == c && Pixels((_, b) => b == s.Id) > 0).ToList();
            var pairs = truths.Where(t => !t.Crowd).SelectMany(t => given.Select(g => (T: t, G: g, Overlap: Overlap(t, g)))).Where(pair => pair.Overlap > .5).ToList();
            (sum, tp) = (sum + pairs.Sum(pair => pair.Overlap), tp + pairs.Count);
            fn += truths.Count(t => !t.Crowd && pairs.All(pair => pair.T != t));
            fp += given.Count(g => pairs.All(pair => pair.G != g) && Pixels((a, b) => b == g.Id && (a == 0 || truths.Any(t => t.Crowd && t.Id == a))) <= .5 * Pixels((_, b) => b == g.Id));
        }

        return (sum, tp, fp, fn);
    }

    // Bands of a line; the given ones are the true ones with moved borders, now and then of another class.
    private static Pictures Panoptic(System.Random random, bool voids)
    {
        var (truth, given) = (new int[60], new int[60]);
        var (truthSegments, givenSegments) = (new List<Segment>(), new List<Segment>());
        for (var (at, id) = (0, 1); at < 60; id++)
        {
            var end = Math.Min(60, at + random.Next(3, 16));
            var c = random.Next(Classes);
            if (!voids || random.Next(6) > 0)
            {
                truth.AsSpan(at..end).Fill(id);
                truthSegments.Add(new(id, c, voids && random.Next(8) == 0));
            }

            if (!voids || random.Next(6) > 0)
            {
                given.AsSpan(Math.Max(0, at - random.Next(3))..end).Fill(id + 50);
                givenSegments.Add(new(id + 50, random.Next(8) == 0 ? random.Next(Classes) : c, false));
            }

            at = end;
        }

        return new(truth, truthSegments, given, givenSegments);
    }

    private static int[] Map(System.Random random, int least)
    {
        var map = new int[40];
        for (var at = 0; at < map.Length;)
        {
            var end = Math.Min(map.Length, at + random.Next(1, 12));
            map.AsSpan(at..end).Fill(random.Next(least, Classes));
            at = end;
        }

        return map;
    }
}
