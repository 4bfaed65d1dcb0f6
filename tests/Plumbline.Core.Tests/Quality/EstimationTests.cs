using Plumbline.Core.Quality.Consensus;
using Plumbline.Core.Quality.LabelErrors;
using Plumbline.Core.Quality.Sampling;
using Xunit;

namespace Plumbline.Core.Tests.Quality;

public sealed class EstimationTests
{
    [Fact]
    public void Confident_learning_by_hand()
    {
        double[] second = [.1, .2, .9, .8, .7];
        var probabilities = new double[5, 2];
        for (var i = 0; i < 5; i++) (probabilities[i, 0], probabilities[i, 1]) = (1 - second[i], second[i]);

        var found = ConfidentLearning.Find([0, 0, 0, 1, 1], probabilities);

        Assert.Equal(.6, found.Thresholds[0], 12);
        Assert.Equal(.75, found.Thresholds[1], 12);
        Assert.Equal(new long[,] { { 2, 1 }, { 0, 1 } }, found.Counts);
        Assert.Equal([2], found.Issues);
    }

    [Fact]
    public void Dawid_Skene_finds_the_annotator_who_guesses()
    {
        var random = new Random(5);
        var labels = new int[4, 400];
        var truth = new int[400];
        for (var item = 0; item < 400; item++)
        {
            truth[item] = random.Next(3);
            for (var annotator = 0; annotator < 4; annotator++)
            {
                labels[annotator, item] = annotator == 3 || random.NextDouble() > .8 ? random.Next(3) : truth[item];
            }
        }

        var found = DawidSkene.Estimate(labels, 3);

        for (var round = 1; round < found.LogLikelihoods.Count; round++) Assert.True(found.LogLikelihoods[round] >= found.LogLikelihoods[round - 1] - 1e-9);
        Assert.InRange(found.Confusions[0, 1, 1], .7, 1);
        Assert.InRange(found.Confusions[3, 1, 1], .2, .5);
        var right = Enumerable.Range(0, 400).Count(i => Enumerable.Range(0, 3).MaxBy(c => found.Probabilities[i, c]) == truth[i]);
        Assert.True(right > 370, $"{right} of 400");
    }

    [Theory]
    [InlineData(500, .01, .05)]
    [InlineData(2000, .005, .03)]
    public void An_acceptance_plan_keeps_both_risks_and_is_the_smallest(int batch, double acceptable, double rejectable)
    {
        var plan = AcceptancePlan.Find(batch, acceptable, rejectable);

        Assert.True(plan.Acceptance((int)(batch * acceptable)) >= .95);
        Assert.True(plan.Acceptance((int)Math.Ceiling(batch * rejectable)) <= .1);
        for (var errors = 0; errors <= plan.AllowedErrors + 1; errors++)
        {
            var smaller = plan with { SampleSize = plan.SampleSize - 1, AllowedErrors = errors };
            Assert.False(smaller.Acceptance((int)(batch * acceptable)) >= .95 && smaller.Acceptance((int)Math.Ceiling(batch * rejectable)) <= .1);
        }
    }

    [Fact]
    public void Acceptance_of_a_small_batch_by_hand() =>
        // 10 items, 2 wrong, look at 3, allow none: C(8,3) / C(10,3) = 56 / 120
        Assert.Equal(56.0 / 120, new AcceptancePlan(10, 3, 0).Acceptance(2), 12);
}
