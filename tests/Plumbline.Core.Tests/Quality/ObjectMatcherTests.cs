using Plumbline.Core.Quality.Detection;
using Plumbline.Core.Quality.Matching;
using Plumbline.Core.Quality.Semantic;

namespace Plumbline.Core.Tests.Quality;

public sealed class ObjectMatcherTests
{
    [Fact]
    public void Thresholds_go_by_size_then_class_then_the_rest()
    {
        var rules = new MatchingRules { Least = .5, LeastOfClass = new Dictionary<int, double> { [1] = .7 }, LeastOfSize = [(100, .3)] };
        Assert.Equal((.3, .7, .5), (rules.LeastFor(new(1, 100)), rules.LeastFor(new(1, 101)), rules.LeastFor(new(0, 500))));
        Assert.Equal([0, -1], ObjectMatcher.Match([.4, 0, 0, .4], [new(0, 50), new(0, 500)], [new(0, 50), new(0, 500)], rules).GivenOf);
    }

    [Fact]
    public void A_right_class_is_preferred_to_a_better_place()
    {
        var matches = ObjectMatcher.Match([.6, .9], [new(0, 100)], [new(0, 100), new(1, 100)], new() { ClassBlind = true });
        Assert.Equal([0], matches.GivenOf);
    }

    [Fact]
    public void What_lies_in_an_ignored_region_of_its_class_is_excused()
    {
        MatchedFacts[] truths = [new(0, 900, Ignore: true)];
        MatchedFacts[] given = [new(0, 50), new(1, 50), new(0, 50), new(0, 50, Ignore: true)];
        Assert.Equal([true, false, false, true], ObjectMatcher.Match([.8, .8, .2, 0], truths, given, new()).Excused);
    }

    [Fact]
    public void An_undefined_overlap_matches_nothing_and_one_above_one_is_an_error()
    {
        Assert.Equal([-1], ObjectMatcher.Match([double.NaN], [new(0, 1)], [new(0, 1)], new()).GivenOf);
        Assert.Contains("Truth 0 and given object 0", Assert.Throws<ArgumentException>(() => ObjectMatcher.Match([1.5], [new(0, 1)], [new(0, 1)], new())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Confusion_of_a_small_picture_by_hand()
    {
        // Truths: cat found, cat called dog, dog missed. Given besides: one false cat.
        MatchedFacts[] truths = [new(0, 100), new(0, 100), new(1, 100)];
        MatchedFacts[] given = [new(0, 100), new(1, 100), new(0, 100)];
        var confusion = new ObjectConfusion(2);
        confusion.Add(ObjectMatcher.Match([.9, 0, 0, 0, .9, 0, 0, 0, 0], truths, given, new() { ClassBlind = true }), truths, given);

        var nothing = confusion.Nothing;
        Assert.Equal(new Dictionary<(int, int), long> { [(0, 0)] = 1, [(0, 1)] = 1, [(1, nothing)] = 1, [(nothing, 0)] = 1 }, confusion.Counts);
        var all = confusion.Overall();
        Assert.All((Core.Quality.Measure[])[all.Precision, all.Recall, all.F1, all.Missed, all.False], measure => Assert.Equal(1 / 3.0, measure.Value!.Value, 12));
        var cat = confusion.OfClass(0);
        Assert.Equal([.5, .5, 0, .5], new[] { cat.Precision, cat.Recall, cat.Missed, cat.False }.Select(measure => measure.Value!.Value));
    }

    [Fact]
    public void Without_objects_the_shares_are_undefined()
    {
        var confusion = new ObjectConfusion(1);
        confusion.Add(ObjectMatcher.Match([], [], [], new()), [], []);
        Assert.Equal("There is no given object.", confusion.Overall().Precision.Undefined);
        Assert.Equal("There is no true object of this class.", confusion.OfClass(0).Recall.Undefined);
    }

    [Fact]
    public void Rows_and_columns_of_the_confusion_add_up() => Law.Holds(random =>
    {
        var truths = Enumerable.Range(0, random.Next(6)).Select(_ => new MatchedFacts(random.Next(3), 100)).ToArray();
        var given = Enumerable.Range(0, random.Next(6)).Select(_ => new MatchedFacts(random.Next(3), 100)).ToArray();
        var overlaps = Enumerable.Range(0, truths.Length * given.Length).Select(_ => random.Next(3) == 0 ? random.NextDouble() : 0).ToArray();
        var confusion = new ObjectConfusion(3);
        confusion.Add(ObjectMatcher.Match(overlaps, truths, given, new() { ClassBlind = random.Next(2) == 0 }), truths, given);
        var rows = Enumerable.Range(0, 3).All(c => Enumerable.Range(0, 4).Sum(d => confusion.Counts.GetValueOrDefault((c, d))) == truths.Count(t => t.ClassIndex == c));
        return rows && Enumerable.Range(0, 3).All(d => Enumerable.Range(0, 4).Sum(c => confusion.Counts.GetValueOrDefault((c, d))) == given.Count(g => g.ClassIndex == d));
    });

    [Fact]
    public void Semantic_scores_by_hand()
    {
        // Class 0: 2 in common, 3 true, 3 given → IoU 2/4, Dice 4/6. Class 1: 1 in common, 2 true, 2 given → 1/3, 2/4. Class 2 nowhere. One pixel void.
        var scores = new SemanticScores(3);
        scores.Add([0, 0, 0, 1, 1, -1], [0, 0, 1, 1, 0, 2]);
        Assert.Equal(3 / 5.0, scores.PixelAccuracy().Value);
        Assert.Equal([.5, 4 / 6.0], new[] { scores.IntersectionOverUnion(0), scores.Dice(0) }.Select(measure => measure.Value!.Value));
        Assert.Equal([1 / 3.0, .5], new[] { scores.IntersectionOverUnion(1), scores.Dice(1) }.Select(measure => measure.Value!.Value));
        Assert.Equal((.5 + (1 / 3.0)) / 2, scores.MeanIntersectionOverUnion().Value!.Value, 12);
        Assert.Contains("pixel of this class", scores.IntersectionOverUnion(2).Undefined, StringComparison.Ordinal);
    }

    [Fact]
    public void A_picture_with_an_unknown_class_or_another_size_is_an_error()
    {
        Assert.Contains("Pixel 1", Assert.Throws<ArgumentException>(() => new SemanticScores(2).Add([0, 5], [0, 0])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new SemanticScores(2).Add([0], [0, 0]));
    }
}
