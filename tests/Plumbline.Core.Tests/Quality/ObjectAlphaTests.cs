using Plumbline.Core.Quality;
using Plumbline.Core.Quality.Agreement;
using Plumbline.Core.Quality.Matching;
using Xunit;

namespace Plumbline.Core.Tests.Quality;

public sealed class ObjectAlphaTests
{
    private const int Cat = 0, Dog = 1, Missed = ImageRatings.Missed;

    [Fact]
    public void Two_annotators_who_box_different_things_disagree_by_minus_a_half() =>
        Assert.Equal(-.5, Alpha([[Cat, Missed], [Missed, Cat]]).Value!.Value, 12);

    [Fact]
    public void Three_cats_one_dog_and_a_missed_cat_by_hand() =>
        Assert.Equal(28.0 / 46, Alpha([[Cat, Cat], [Cat, Cat], [Cat, Cat], [Dog, Dog], [Cat, Missed]]).Value!.Value, 12);

    [Fact]
    public void One_agreed_and_one_missed_cat_are_at_chance() => Assert.Equal(0, Alpha([[Cat, Cat], [Cat, Missed]]).Value!.Value, 12);

    [Fact]
    public void Nothing_drawn_is_undefined() => Assert.Null(Alpha([]).Value);

    [Fact]
    public void Images_that_one_annotator_was_not_given_say_nothing_about_agreement()
    {
        var both = Alpha([[Cat, Cat], [Dog, Dog], [Cat, Missed]]);
        var more = Alpha([[Cat, Cat], [Dog, Dog], [Cat, Missed], [Dog, ImageRatings.NotAssigned]]);
        Assert.Equal(both, more);
    }

    [Fact]
    public void The_interval_holds_the_value_and_repeats_with_its_seed()
    {
        var random = new Random(3);
        var alpha = new ObjectAlpha(2, 2);
        for (var image = 0; image < 200; image++)
        {
            var real = random.Next(2);
            alpha.Add(new ImageRatings([[real, random.NextDouble() < .8 ? real : 1 - real]]));
        }

        var measure = alpha.Of(rounds: 300, seed: 9);

        Assert.InRange(measure.Value!.Value, measure.Interval!.Value.Low, measure.Interval.Value.High);
        Assert.Equal(measure, alpha.Of(rounds: 300, seed: 9));
    }

    [Fact]
    public void Clusters_of_three_annotators_hold_at_most_one_object_of_each()
    {
        double[][] places = [[0, 10], [0.2, 9.9, 30], [0.1]];
        var clusters = ObjectClusters.Find([2, 3, 1], (a, i, b, j) => Math.Max(0, 1 - Math.Abs(places[a][i] - places[b][j])), .5);

        Assert.Equal(3, clusters.Count);
        Assert.Contains(clusters, cluster => cluster.Members.SequenceEqual([0, 0, 0]));
        Assert.Contains(clusters, cluster => cluster.Members.SequenceEqual([1, 1, -1]));
        Assert.Contains(clusters, cluster => cluster.Members.SequenceEqual([-1, 2, -1]));
    }

    private static Measure Alpha(int[][] clusters)
    {
        var alpha = new ObjectAlpha(2, 2);
        alpha.Add(new ImageRatings(clusters));
        return alpha.Of(rounds: 0);
    }
}
