using Plumbline.Core.Quality.Agreement;
using Xunit;

namespace Plumbline.Core.Tests.Quality;

public sealed class AgreementTests
{
    private const double X = double.NaN;

    [Theory]
    [InlineData(KappaWeights.None, 0.4842)]
    [InlineData(KappaWeights.Linear, 0.4701)]
    [InlineData(KappaWeights.Quadratic, 0.4502)]
    public void Cohen_kappa_of_three_ordered_classes(KappaWeights weights, double expected) =>
        Assert.Equal(expected, CohenKappa.Of(new long[,] { { 0, 4, 1 }, { 0, 8, 0 }, { 0, 1, 5 } }, weights).Value!.Value, 4);

    [Fact]
    public void Cohen_kappa_of_two_classes_by_hand() => Assert.Equal(0.4, CohenKappa.Of(new long[,] { { 20, 5 }, { 10, 15 } }).Value!.Value, 12);

    [Fact]
    public void Cohen_kappa_with_one_class_is_undefined_with_a_reason()
    {
        var kappa = CohenKappa.Of(new long[,] { { 9, 0 }, { 0, 0 } });
        Assert.Null(kappa.Value);
        Assert.Contains("chance", kappa.Undefined, StringComparison.Ordinal);
        Assert.Equal(9, kappa.Items);
    }

    [Fact]
    public void Fleiss_kappa_of_the_published_example() =>
        Assert.Equal(
            0.210,
            FleissKappa.Of(new[,]
            {
                { 0, 0, 0, 0, 14 }, { 0, 2, 6, 4, 2 }, { 0, 0, 3, 5, 6 }, { 0, 3, 9, 2, 0 }, { 2, 2, 8, 1, 1 },
                { 7, 7, 0, 0, 0 }, { 3, 2, 6, 3, 0 }, { 2, 5, 3, 2, 2 }, { 6, 5, 2, 1, 0 }, { 0, 2, 2, 3, 7 },
            }).Value!.Value,
            3);

    [Theory]
    [InlineData(ScaleOfMeasurement.Nominal, .691358)]
    [InlineData(ScaleOfMeasurement.Interval, .810845)]
    public void Krippendorff_alpha_of_three_coders_with_gaps(ScaleOfMeasurement scale, double expected) =>
        Assert.Equal(
            expected,
            KrippendorffAlpha.Of(
                new[,]
                {
                    { X, X, X, X, X, 3, 4, 1, 2, 1, 1, 3, 3, X, 3 },
                    { 1, X, 2, 1, 3, 3, 4, 3, X, X, X, X, X, X, X },
                    { X, X, 2, 1, 3, 4, 4, X, 2, 1, 1, 3, 3, X, 4 },
                },
                scale).Value!.Value,
            6);

    [Theory]
    [InlineData(ScaleOfMeasurement.Nominal, .743)]
    [InlineData(ScaleOfMeasurement.Ordinal, .815)]
    [InlineData(ScaleOfMeasurement.Interval, .849)]
    [InlineData(ScaleOfMeasurement.Ratio, .797)]
    public void Krippendorff_alpha_of_the_four_coders_in_the_paper(ScaleOfMeasurement scale, double expected) =>
        Assert.Equal(
            expected,
            KrippendorffAlpha.Of(
                new[,]
                {
                    { 1, 2, 3, 3, 2, 1, 4, 1, 2, X, X, X },
                    { 1, 2, 3, 3, 2, 2, 4, 1, 2, 5, X, 3 },
                    { X, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, X },
                    { 1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, X },
                },
                scale).Value!.Value,
            3);

    [Fact]
    public void Krippendorff_alpha_of_three_items_and_two_coders() =>
        Assert.Equal(4.0 / 9, KrippendorffAlpha.Of(new double[,] { { 1, 0, 1 }, { 1, 0, 0 } }, ScaleOfMeasurement.Nominal).Value!.Value, 12);

    [Fact]
    public void Krippendorff_alpha_without_pairs_is_undefined() =>
        Assert.Contains("two annotators", KrippendorffAlpha.Of(new[,] { { 1, X }, { X, 2 } }, ScaleOfMeasurement.Nominal).Undefined, StringComparison.Ordinal);
}
