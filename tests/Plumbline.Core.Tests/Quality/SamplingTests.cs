using Plumbline.Core.Quality.Sampling;

namespace Plumbline.Core.Tests.Quality;

public sealed class SamplingTests
{
    [Theory]
    [InlineData(new[] { 50, 30, 20 }, 10, new[] { 5, 3, 2 })]
    [InlineData(new[] { 98, 1, 1 }, 10, new[] { 8, 1, 1 })] // every group is shown
    [InlineData(new[] { 5, 5, 5 }, 2, new[] { 1, 1, 0 })] // too few for every group
    [InlineData(new[] { 3, 0, 2 }, 99, new[] { 3, 0, 2 })]
    public void A_sample_is_shared_out_in_proportion(int[] sizes, int count, int[] expected) => Assert.Equal(expected, StratifiedSample.Allocate(sizes, count));

    [Fact]
    public void Shares_add_up_fit_and_leave_no_group_out() => Law.Holds(random =>
    {
        var sizes = Enumerable.Range(0, random.Next(1, 8)).Select(_ => random.Next(40)).ToArray();
        var count = random.Next(150);
        var taken = StratifiedSample.Allocate(sizes, count);
        var filled = sizes.Count(size => size > 0);
        return taken.Sum() == Math.Min(count, sizes.Sum()) && taken.Zip(sizes).All(t => t.First >= 0 && t.First <= t.Second)
            && (count < filled || taken.Zip(sizes).All(t => t.Second == 0 || t.First >= 1));
    });

    [Fact]
    public void A_draw_repeats_with_its_seed_and_takes_no_item_twice() => Law.Holds(random =>
    {
        var groups = Enumerable.Range(0, 60).Select(_ => random.Next(4)).ToArray();
        var drawn = StratifiedSample.Draw(groups, 20, 5);
        return drawn.Distinct().Count() == 20 && drawn.SequenceEqual(StratifiedSample.Draw(groups, 20, 5));
    }, 50);

    [Fact]
    public void Acceptance_is_the_hypergeometric_sum()
    {
        // 2 wrong of 10, sample of 3: none C(8,3)/C(10,3) = 56/120; one 2·C(8,2)/120 = 56/120.
        Assert.Equal(56 / 120.0, new AcceptancePlan(10, 3, 0).Acceptance(2), 1e-12);
        Assert.Equal(112 / 120.0, new AcceptancePlan(10, 3, 1).Acceptance(2), 1e-12);
        var (producer, consumer) = new AcceptancePlan(10, 3, 0).Risks(0, .2);
        Assert.Equal(0, producer, 1e-12);
        Assert.Equal(56 / 120.0, consumer, 1e-12);
    }

    [Fact]
    public void A_found_plan_keeps_both_risks() => Law.Holds(random =>
    {
        var (batch, good) = (random.Next(200, 3000), .005 + (.02 * random.NextDouble()));
        var bad = good + .04 + (.05 * random.NextDouble());
        var scheme = AcceptanceScheme.Find(batch, good, bad);
        var (producer, consumer) = scheme.Normal.Risks(good, bad);
        var (tighter, reduced) = (scheme.Tightened.Risks(good, bad), scheme.Reduced.Risks(good, bad));
        return (producer <= .05 + 1e-9 || scheme.Normal.SampleSize == batch) && consumer <= .1 + 1e-9 && tighter.Consumer <= consumer + 1e-12 && reduced.Producer <= .05 + 1e-9 && scheme.Reduced.SampleSize <= scheme.Normal.SampleSize;
    }, 60);

    [Fact]
    public void Two_returned_of_five_tighten_and_five_accepted_ease()
    {
        var rules = After(SwitchingRules.Start, true, false, true, true, false);
        Assert.Equal(Inspection.Tightened, rules.Inspection);
        Assert.Equal(Inspection.Tightened, After(rules, true, true, true, true).Inspection);
        Assert.Equal(SwitchingRules.Start, After(rules, true, true, true, true, true));
    }

    [Fact]
    public void Two_returned_more_than_five_batches_apart_change_nothing() =>
        Assert.Equal(Inspection.Normal, After(SwitchingRules.Start, false, true, true, true, true, false).Inspection);

    [Fact]
    public void Five_returned_under_tightened_inspection_stop_the_work()
    {
        var rules = After(SwitchingRules.Start, false, false);
        rules = After(rules, false, true, false, true, false, true, false, false);
        Assert.Equal(Inspection.Discontinued, rules.Inspection);
        Assert.Throws<InvalidOperationException>(() => rules.After(true, 1, true));
        Assert.Equal(Inspection.Tightened, SwitchingRules.Resume().Inspection);
    }

    [Fact]
    public void Ten_clear_batches_reduce_inspection_and_one_returned_ends_it()
    {
        var rules = SwitchingRules.Start;
        for (var i = 0; i < 9; i++) rules = rules.After(true, 3, true);
        Assert.Equal((Inspection.Normal, 27), (rules.Inspection, rules.Score));
        Assert.Equal(0, rules.After(true, 3, false).Score);
        rules = rules.After(true, 3, true);
        Assert.Equal(Inspection.Reduced, rules.Inspection);
        Assert.Equal(Inspection.Normal, rules.After(false, 1, false).Inspection);
    }

    [Fact]
    public void A_decision_names_both_risks()
    {
        var scheme = AcceptanceScheme.Find(1000, .01, .05);
        var decision = scheme.Decide(Inspection.Normal, scheme.Normal.AllowedErrors + 1);
        Assert.False(decision.Accepted);
        Assert.InRange(decision.ProducerRisk, 0, .05);
        Assert.InRange(decision.ConsumerRisk, 0, .1);
        Assert.Throws<ArgumentOutOfRangeException>(() => scheme.Decide(Inspection.Normal, scheme.Normal.SampleSize + 1));
    }

    private static SwitchingRules After(SwitchingRules rules, params bool[] accepted) => accepted.Aggregate(rules, (state, ok) => state.After(ok, 1, ok));
}
