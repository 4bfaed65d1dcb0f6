using Plumbline.Core.Quality;

namespace Plumbline.Core.Tests.Quality;

public sealed class ImageSumsTests
{
    [Fact]
    public void A_ratio_is_that_of_the_sums_not_the_mean_of_ratios()
    {
        var sums = Halves((1, 1), (0, 3));
        Assert.Equal(.25, sums.Ratio(0, 1, "nothing").Value);
        Assert.Equal(4, sums.Ratio(0, 1, "nothing").Items);
    }

    [Fact]
    public void The_interval_repeats_with_its_seed_and_holds_the_value() => Law.Holds(random =>
    {
        var sums = Halves([.. Enumerable.Range(0, 40).Select(_ => (random.Next(4), 3))]);
        var (one, again) = (sums.Ratio(0, 1, "", 200, 7), sums.Ratio(0, 1, "", 200, 7));
        return one == again && one.Interval is var (low, high) && low <= one.Value && one.Value <= high;
    }, 50);

    [Fact]
    public void Images_that_are_all_alike_leave_no_doubt() => Assert.Equal(new Interval(.5, .5), Halves((1, 2), (1, 2), (1, 2)).Ratio(0, 1, "").Interval);

    [Fact]
    public void One_image_gives_no_interval_and_no_image_no_value()
    {
        Assert.Null(Halves((1, 2)).Ratio(0, 1, "").Interval);
        Assert.Equal("nothing there", Halves().Ratio(0, 1, "nothing there").Undefined);
    }

    [Fact]
    public void Numbers_that_are_none_are_refused()
    {
        var sums = new ImageSums(1);
        Assert.Throws<ArgumentOutOfRangeException>(() => sums.Add(0, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => sums.Add(1, 1));
    }

    private static ImageSums Halves(params (int Hits, int Items)[] images)
    {
        var sums = new ImageSums(2);
        foreach (var (hits, items) in images)
        {
            sums.Add(0, hits);
            sums.Add(1, items);
            sums.EndImage();
        }

        return sums;
    }
}
