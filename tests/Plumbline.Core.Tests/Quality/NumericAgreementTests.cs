using Plumbline.Core.Quality.Agreement;

namespace Plumbline.Core.Tests.Quality;

public sealed class NumericAgreementTests
{
    /// <summary>Shrout and Fleiss 1979, table 2: six targets, four judges.</summary>
    private static readonly double[,] Published = { { 9, 6, 8, 7, 10, 6 }, { 2, 1, 4, 1, 5, 2 }, { 5, 3, 6, 2, 6, 4 }, { 8, 2, 8, 6, 9, 7 } };

    [Theory]
    [InlineData(IccForm.OneWay, .17)]
    [InlineData(IccForm.TwoWayRandom, .29)]
    [InlineData(IccForm.TwoWayMixed, .71)]
    public void Intraclass_correlation_of_the_published_table(IccForm form, double expected) => Assert.Equal(expected, IntraclassCorrelation.Of(Published, form).Value!.Value, 2);

    [Fact]
    public void A_judge_who_is_always_higher_agrees_only_where_that_is_left_out()
    {
        var ratings = new double[,] { { 1, 2, 3, 4 }, { 11, 12, 13, 14 } };
        Assert.Equal(1, IntraclassCorrelation.Of(ratings, IccForm.TwoWayMixed).Value!.Value, 12);
        Assert.True(IntraclassCorrelation.Of(ratings, IccForm.TwoWayRandom).Value < .1);
        Assert.Equal(1, PearsonCorrelation.Of([1, 2, 3, 4], [11, 12, 13, 14]).Value!.Value, 12);
    }

    [Fact]
    public void Intraclass_correlation_does_not_change_with_order_scale_or_place() => Law.Holds(random =>
    {
        var (annotators, items) = (random.Next(2, 5), random.Next(3, 12));
        var (ratings, changed) = (new double[annotators, items], new double[annotators, items]);
        var order = Enumerable.Range(0, items).ToArray();
        random.Shuffle(order);
        for (var a = 0; a < annotators; a++)
        {
            for (var i = 0; i < items; i++) ratings[a, i] = random.Next(20);
        }

        for (var a = 0; a < annotators; a++)
        {
            for (var i = 0; i < items; i++) changed[annotators - 1 - a, i] = (3 * ratings[a, order[i]]) + 1000;
        }

        return Enum.GetValues<IccForm>().All(form =>
            IntraclassCorrelation.Of(ratings, form, rounds: 0).Value is { } value
                ? IntraclassCorrelation.Of(changed, form, rounds: 0).Value is { } other && Math.Abs(value - other) < 1e-9 && value <= 1 + 1e-12
                : IntraclassCorrelation.Of(changed, form, rounds: 0).Value is null);
    });

    [Fact]
    public void Pearson_by_hand() => Assert.Equal(.5, PearsonCorrelation.Of([1, 2, 3], [1, 3, 2]).Value!.Value, 12);

    [Fact]
    public void Numbers_without_any_spread_are_undefined()
    {
        Assert.Contains("same number", PearsonCorrelation.Of([1, 1, 1], [1, 2, 3]).Undefined, StringComparison.Ordinal);
        Assert.Contains("same number", IntraclassCorrelation.Of(new double[,] { { 5, 5 }, { 5, 5 } }, IccForm.OneWay).Undefined, StringComparison.Ordinal);
        Assert.Contains("two annotators", IntraclassCorrelation.Of(new double[,] { { 5, 6 } }, IccForm.OneWay).Undefined, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_number_is_an_error_that_names_it()
    {
        var error = Assert.Throws<ArgumentException>(() => IntraclassCorrelation.Of(new[,] { { 5, 6 }, { 5, double.NaN } }, IccForm.OneWay));
        Assert.Contains("Annotator 1 gave item 1", error.Message, StringComparison.Ordinal);
        Assert.Contains("Item 2", Assert.Throws<ArgumentException>(() => PearsonCorrelation.Of([1, 2, double.NaN], [1, 2, 3])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Items_of_one_image_are_drawn_together()
    {
        var image = new[] { 0, 1, 2, 0, 1, 2 };
        var alone = IntraclassCorrelation.Of(Published, IccForm.TwoWayMixed);
        var together = IntraclassCorrelation.Of(Published, IccForm.TwoWayMixed, image);
        Assert.Equal(alone.Value!.Value, together.Value!.Value, 12);
        Assert.NotEqual(alone.Interval, together.Interval);
    }
}
