using FsCheck;
using FsCheck.Fluent;
using Plumbline.Core.Quality.Matching;
using Xunit;

namespace Plumbline.Core.Tests.Quality;

public sealed class OptimalAssignmentTests
{
    [Fact]
    public void Takes_the_better_sum_over_the_better_first_pair() =>
        Assert.Equal([1, 0], OptimalAssignment.Solve([.9, .8, .8, .1], 2, 2, .05));

    [Fact]
    public void Makes_no_pair_below_the_threshold() => Assert.Equal([-1, 1], OptimalAssignment.Solve([.4, .4, .2, .7], 2, 2, .5));

    [Fact]
    public void Is_as_good_as_trying_every_assignment() =>
        Prop.ForAll(Matrices().ToArbitrary(), matrix =>
        {
            var (rows, columns, values) = matrix;
            var pairs = OptimalAssignment.Solve(values, rows, columns, .3);
            var used = pairs.Where(c => c >= 0).ToArray();
            var sum = pairs.Select((c, r) => c < 0 ? 0 : values[(r * columns) + c]).Sum();
            return used.Distinct().Count() == used.Length && Math.Abs(sum - BestByTrying(values, rows, columns, 0, 0)) < 1e-9;
        }).QuickCheckThrowOnFailure();

    private static Gen<(int Rows, int Columns, double[] Values)> Matrices() =>
        from rows in Gen.Choose(0, 5)
        from columns in Gen.Choose(0, 5)
        from values in Gen.Choose(0, 100).ArrayOf(rows * columns)
        select (rows, columns, values.Select(v => v / 100.0).ToArray());

    private static double BestByTrying(double[] values, int rows, int columns, int row, int taken)
    {
        if (row == rows) return 0;
        var best = BestByTrying(values, rows, columns, row + 1, taken);
        for (var c = 0; c < columns; c++)
        {
            if ((taken & (1 << c)) == 0 && values[(row * columns) + c] >= .3)
            {
                best = Math.Max(best, values[(row * columns) + c] + BestByTrying(values, rows, columns, row + 1, taken | (1 << c)));
            }
        }

        return best;
    }
}
