using Plumbline.Core.Datasets;

namespace Plumbline.Core.Tests.Datasets;

public class StatisticsTests
{
    [Fact]
    public void Balance_is_even_when_counts_are_equal_and_0_when_one_class_has_all()
    {
        Assert.Equal(1, ClassBalance.Of([5, 5, 5, 5]).Evenness!.Value, 12);
        Assert.Equal(0, ClassBalance.Of([5, 0]).Evenness!.Value, 12);
        Assert.Equal(0.811278, ClassBalance.Of([3, 1]).Evenness!.Value, 6); // the entropy of a quarter, in bits
    }

    [Fact]
    public void Balance_of_one_class_or_none_is_undefined()
    {
        Assert.Null(ClassBalance.Of([5]).Evenness);
        Assert.Null(ClassBalance.Of([0, 0]).Evenness);
        Assert.Null(ClassBalance.Of([5, 0]).Ratio);
        Assert.Equal(2, ClassBalance.Of([0, 0]).UnusedClasses);
    }

    [Fact]
    public void Summary_of_counts()
    {
        Assert.Equal(new CountSummary(1, 5.5, 5, 9, 10), CountSummary.Of([10, 9, 8, 7, 6, 5, 4, 3, 2, 1]));
        Assert.Equal(default, CountSummary.Of([]));
    }
}
