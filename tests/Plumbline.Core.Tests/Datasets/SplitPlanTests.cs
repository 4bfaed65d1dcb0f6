using Plumbline.Core.Datasets;

namespace Plumbline.Core.Tests.Datasets;

public class SplitPlanTests
{
    private static readonly SplitShare[] Shares = [new("train", .7), new("val", .2), new("test", .1)];

    [Fact]
    public void Every_split_gets_its_share_of_images_and_of_each_label()
    {
        var random = new Random(1);
        var units = Enumerable.Range(0, 2000).Select(_ => new SplitUnit(1, [.. Enumerable.Range(0, 10).Where(l => random.Next(l + 2) == 0).Select(l => (l, random.Next(1, 4)))])).ToList();
        var splits = SplitPlan.Assign(units, Shares, 10, seed: 7);
        for (var s = 0; s < Shares.Length; s++)
        {
            Assert.InRange(splits.Count(x => x == s) / 2000.0, Shares[s].Share - .002, Shares[s].Share + .002);
            for (var label = 0; label < 10; label++)
            {
                double all = units.Sum(u => u.Labels.Where(l => l.Label == label).Sum(l => l.Count));
                var own = units.Where((_, i) => splits[i] == s).Sum(u => u.Labels.Where(l => l.Label == label).Sum(l => l.Count));
                Assert.InRange(own / all, Shares[s].Share - .03, Shares[s].Share + .03);
            }
        }
    }

    [Fact]
    public void A_rare_label_reaches_every_split_that_it_can()
    {
        var units = Enumerable.Range(0, 300).Select(i => new SplitUnit(1, i < 10 ? [(0, 1), (1, 1)] : [(1, 1)])).ToList();
        var splits = SplitPlan.Assign(units, Shares, 2, seed: 3);
        Assert.Equal([7, 2, 1], Enumerable.Range(0, 3).Select(s => splits.Take(10).Count(x => x == s)));
    }

    [Fact]
    public void Units_of_many_images_meet_the_ratios_within_the_largest_unit()
    {
        var random = new Random(5);
        var units = Enumerable.Range(0, 200).Select(_ => new SplitUnit(random.Next(1, 30), [])).ToList();
        var splits = SplitPlan.Assign(units, Shares, 0, seed: 1);
        double all = units.Sum(u => u.Size);
        for (var s = 0; s < 3; s++) Assert.InRange(units.Where((_, i) => splits[i] == s).Sum(u => u.Size), (all * Shares[s].Share) - 30, (all * Shares[s].Share) + 30);
    }

    [Fact]
    public void Same_seed_same_answer_and_another_seed_another()
    {
        var units = Enumerable.Range(0, 100).Select(i => new SplitUnit(1, [(i % 3, 1)])).ToList();
        Assert.Equal(SplitPlan.Assign(units, Shares, 3, 1), SplitPlan.Assign(units, Shares, 3, 1));
        Assert.NotEqual(SplitPlan.Assign(units, Shares, 3, 1), SplitPlan.Assign(units, Shares, 3, 2));
    }

    [Theory]
    [InlineData(10, 1)]
    [InlineData(10, 5)]
    [InlineData(1000, 333)]
    public void Of_two_splits_of_single_images_each_gets_exactly_its_number(int total, int wanted)
    {
        var random = new Random(total);
        var units = Enumerable.Range(0, total).Select(_ => new SplitUnit(1, [.. Enumerable.Range(0, 4).Where(_ => random.Next(2) == 0).Select(l => (l, 1))])).ToList();
        var share = (double)wanted / total;
        Assert.Equal(wanted, SplitPlan.Assign(units, [new("drawn", share), new("rest", 1 - share)], 4, 9).Count(s => s == 0));
    }

    [Fact]
    public void Shares_that_do_not_add_up_are_refused() => Assert.Throws<ArgumentException>(() => SplitPlan.Assign([], [new("train", .7)], 0, 1));
}
