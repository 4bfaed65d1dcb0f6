using Plumbline.Core.Annotations;
using Plumbline.Core.Datasets;
using Plumbline.Core.Geometry;

namespace Plumbline.Core.Tests.Datasets;

public class AnnotationDiffTests
{
    private static ComparedAnnotation Box(string name, double x, string? id = null, string values = "") => new(name, new BoxShape(new Box(x, 0, 10, 10)), id, values);

    [Fact]
    public void A_list_is_the_same_as_itself_in_any_order()
    {
        ComparedAnnotation[] list = [Box("cat", 0), Box("dog", 0), Box("cat", 50), Box("cat", 0)];
        Assert.All(AnnotationDiff.Compare(list, [.. list.Reverse()]), d => Assert.Equal(AnnotationChange.Same, d.Change));
    }

    [Fact]
    public void Each_change_has_its_name()
    {
        var differences = AnnotationDiff.Compare(
            [Box("cat", 0), Box("cat", 100), Box("cat", 200), Box("cat", 300), Box("cat", 400)],
            [Box("cat", 0), Box("cat", 102), Box("dog", 200), Box("cat", 300, values: "occluded"), Box("cat", 500)]);
        Assert.Equal([AnnotationChange.Same, AnnotationChange.Moved, AnnotationChange.Reclassified, AnnotationChange.Changed, AnnotationChange.Removed, AnnotationChange.Added], differences.Select(d => d.Change));
        Assert.Equal(8.0 / 12, differences[1].Overlap!.Value, 9);
    }

    [Fact]
    public void An_id_holds_over_a_longer_way_than_overlap_does()
    {
        Assert.Equal(AnnotationChange.Moved, AnnotationDiff.Compare([Box("cat", 0, "1")], [Box("cat", 8, "1")])[0].Change);
        Assert.Equal(AnnotationChange.Removed, AnnotationDiff.Compare([Box("cat", 0)], [Box("cat", 8)])[0].Change);
    }

    [Fact]
    public void Pairs_are_the_best_ones_overall()
    {
        // The nearest partner of the first is the second's only one.
        var differences = AnnotationDiff.Compare([Box("cat", 0), Box("cat", 4)], [Box("cat", 2), Box("cat", -2)]);
        Assert.Equal([(0, 1), (1, 0)], differences.Select(d => (d.Before, d.After)));
    }

    [Fact]
    public void Points_are_the_same_object_when_they_are_near()
    {
        ComparedAnnotation At(double x) => new("tip", new PointShape(new Point2(x, 0)), null, "");
        Assert.Equal(AnnotationChange.Moved, AnnotationDiff.Compare([At(0)], [At(3)])[0].Change);
        Assert.Equal(AnnotationChange.Removed, AnnotationDiff.Compare([At(0)], [At(15)])[0].Change);
    }
}
