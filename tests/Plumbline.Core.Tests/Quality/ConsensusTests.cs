using Plumbline.Core.Quality.Consensus;
using Plumbline.Core.Quality.Sampling;
using Xunit;

namespace Plumbline.Core.Tests.Quality;

public sealed class ConsensusTests
{
    [Fact]
    public void Majority_of_three_masks() => Assert.Equal([0, 1, 1, 1], MaskConsensus.Majority([[1, 0, 1, 1], [0, 1, 1, 1], [0, 1, 1, 1]]));

    [Fact]
    public void Staple_trusts_the_annotators_who_agree()
    {
        var random = new Random(2);
        var truth = Enumerable.Range(0, 400).Select(i => (byte)(i % 20 is > 5 and < 14 && i / 20 is > 5 and < 14 ? 1 : 0)).ToArray();
        byte[] Noisy(double errors) => truth.Select(v => random.NextDouble() < errors ? (byte)(1 - v) : v).ToArray();

        var found = MaskConsensus.Staple([Noisy(.02), Noisy(.02), Noisy(.3), Noisy(.3), Noisy(.3)]);

        Assert.True(found.Sensitivities[..2].Min() > found.Sensitivities[2..].Max());
        Assert.True(found.Specificities[..2].Min() > found.Specificities[2..].Max());
        Assert.True(found.Probabilities.Zip(truth).Count(pair => pair.First > .5 == (pair.Second == 1)) >= 392);
    }

    [Fact]
    public void Staple_of_equal_masks_is_that_mask()
    {
        byte[] mask = [0, 1, 1, 0, 0, 0];
        Assert.Equal(mask, MaskConsensus.Staple([mask, mask, mask]).Probabilities.Select(p => (byte)(p > .5 ? 1 : 0)));
    }

    [Theory]
    [InlineData(new[] { 1.0, 2, 10 }, new[] { 1.0, 1, 1 }, 2)]
    [InlineData(new[] { 1.0, 2, 10 }, new[] { 1.0, 1, 5 }, 10)]
    [InlineData(new[] { 4.0, 1 }, new[] { 1.0, 1 }, 2.5)]
    public void Weighted_median(double[] values, double[] weights, double expected) => Assert.Equal(expected, WeightedMedian.Of(values, weights), 12);

    [Fact]
    public void Wilson_interval_of_three_errors_in_a_hundred()
    {
        // By hand: centre (.03 + z²/200) / (1 + z²/100) = 0.0473869, half width 0.0371324
        var share = Proportion.Of(3, 100);
        Assert.Equal(.0102545, share.Interval!.Value.Low, 1e-7);
        Assert.Equal(0.0845194, share.Interval.Value.High, 1e-7);
    }

    [Fact]
    public void A_sample_of_385_tells_a_share_to_five_percent() => Assert.Equal(385, Proportion.SampleSize(.5, .05, int.MaxValue));
}
