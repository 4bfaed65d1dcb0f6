using System.Collections.Immutable;
using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Core.Quality.Overlap;
using Plumbline.Core.Quality.Taxonomy;
using Plumbline.Core.Synthetic;

namespace Plumbline.Core.Tests.Quality.Taxonomy;

public sealed class ErrorTaxonomyTests
{
    public static TheoryData<DifferenceKind> Kinds => [.. Enum.GetValues<DifferenceKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_planted_error_comes_back_as_what_it_is_and_nothing_else(DifferenceKind kind)
    {
        var planted = 0;
        Law.Holds(
            random =>
            {
                if (PlantedError.Plant(kind, random) is not { } error) return true;
                planted++;
                var found = ErrorTaxonomy.Compare(error.Gold, error.Given, PlantedError.Width, PlantedError.Height, TaxonomyOptions.For(error.Scene.Ontology));
                var one = Assert.Single(found.Differences);
                Assert.Equal(kind, one.Kind);
                Assert.Subset(error.Touched.ToHashSet(), one.Gold.Concat(one.Given).Select(a => a.Id).ToHashSet());
                Assert.Empty(found.Uncompared);
                return true;
            },
            25);
        Assert.True(planted >= 10, $"only {planted} errors were planted");
    }

    [Theory]
    [InlineData(SceneKind.Street)]
    [InlineData(SceneKind.Shelf)]
    [InlineData(SceneKind.Cells)]
    public void Annotations_differ_from_themselves_in_nothing(SceneKind kind)
    {
        foreach (var shape in Enum.GetValues<TruthShape>())
        {
            var gold = SyntheticScene.Create(kind, 5, 480, 360).Annotations(shape);
            var found = ErrorTaxonomy.Compare(gold, [.. gold.Reverse()], 480, 360);
            Assert.Empty(found.Differences);
            Assert.Equal(gold.Length, found.Pairs.Length);
            Assert.All(found.Pairs, pair => Assert.Equal(pair.Gold.Id, pair.Given.Id));
        }
    }

    [Fact]
    public void A_box_is_judged_by_the_tightest_box_of_a_gold_mask()
    {
        var scene = SyntheticScene.Create(SceneKind.Street, 3, 480, 360);
        var found = ErrorTaxonomy.Compare(scene.Annotations(TruthShape.Mask), scene.Annotations(TruthShape.Box), 480, 360);
        Assert.Empty(found.Differences);
    }

    [Fact]
    public void A_box_scattered_by_a_pixel_is_no_error() => Law.Holds(random =>
    {
        var gold = SyntheticScene.Create(SceneKind.Shelf, random.Next(20), 480, 360).Annotations(TruthShape.Box).Where(a => ShapeGeometry.Bounds(a.Shape) is { Width: > 16, Height: > 16 }).ToImmutableArray();
        double Off() => (2 * random.NextDouble()) - 1;
        var given = gold.Select(a => a with { Shape = new BoxShape(Moved(((BoxShape)a.Shape).Box, Off(), Off(), Off(), Off())) }).ToList();
        return ErrorTaxonomy.Compare(gold, given, 480, 360).Differences.IsEmpty;
    }, 20);

    [Fact]
    public void The_evidence_of_a_loose_box_is_its_margins()
    {
        var found = Assert.Single(ErrorTaxonomy.Compare([Boxed("car", 10, 10, 100, 40)], [Boxed("car", 0, 10, 110, 39)], 200, 100).Differences);
        Assert.Equal(DifferenceKind.LooseBox, found.Kind);
        Assert.Equal(new BoxMargins(10, 0, 0, -1), found.Margins);
        Assert.Equal(3900.0 / (4000 + 4290 - 3900), found.Overlap!.Value, 12);
    }

    [Fact]
    public void What_lies_in_an_ignored_gold_region_is_excused_not_false()
    {
        var region = Boxed("crowd", 0, 0, 100, 100) with { Ignore = true };
        var found = ErrorTaxonomy.Compare([region], [Boxed("person", 10, 10, 20, 40), Boxed("person", 130, 10, 20, 40)], 200, 100);
        Assert.Equal(DifferenceKind.False, Assert.Single(found.Differences).Kind);
        Assert.Single(found.Excused);
    }

    [Fact]
    public void A_region_excuses_by_its_pixels_not_by_the_box_around_them()
    {
        var frame = Mask.FromRectangle(0, 0, 200, 100).Subtract(Mask.FromRectangle(10, 10, 180, 80));
        var region = new Annotation { Id = Guid.CreateVersion7(), ClassId = "crowd", Ignore = true, Shape = new MaskShape(frame) };
        var walker = new Annotation { Id = Guid.CreateVersion7(), ClassId = "person", Shape = new KeypointsShape(new([new(new(2, 3), Visibility.Visible), new(new(5, 50), Visibility.Visible)])) };
        var found = ErrorTaxonomy.Compare([region], [Boxed("person", 80, 30, 20, 40), walker], 200, 100);
        Assert.Equal(DifferenceKind.False, Assert.Single(found.Differences).Kind);
        Assert.Equal([walker], found.Excused);
    }

    [Fact]
    public void Points_are_named_as_uncompared_instead_of_being_called_missed()
    {
        var point = new Annotation { Id = Guid.CreateVersion7(), ClassId = "seed", Shape = new PointShape(new(3, 4)) };
        var found = ErrorTaxonomy.Compare([point], [point with { Id = Guid.CreateVersion7() }], 10, 10);
        Assert.Empty(found.Differences);
        Assert.Equal(2, found.Uncompared.Length);
    }

    [Fact]
    public void A_person_missed_inside_a_car_is_missed_not_merged()
    {
        var car = Boxed("thing", 10, 10, 200, 100);
        var found = Assert.Single(ErrorTaxonomy.Compare([car, Boxed("thing", 60, 30, 40, 60)], [car], 300, 200).Differences);
        Assert.Equal(DifferenceKind.Missed, found.Kind);
    }

    [Fact]
    public void A_wrong_tag_is_a_wrong_class_and_a_second_one_false()
    {
        static Annotation Tag(string id) => new() { Id = Guid.CreateVersion7(), ClassId = id, Shape = new TagShape() };
        var found = ErrorTaxonomy.Compare([Tag("day")], [Tag("night"), Tag("rain")], 10, 10).Differences.Select(d => d.Kind).ToList();
        Assert.Equal([DifferenceKind.WrongClass, DifferenceKind.False], found);
    }

    private static Annotation Boxed(string name, double x, double y, double width, double height) => new() { Id = Guid.CreateVersion7(), ClassId = name, Shape = new BoxShape(new(x, y, width, height)) };

    private static Box Moved(Box box, double left, double top, double right, double bottom) => new(box.X + left, box.Y + top, box.Width - left + right, box.Height - top + bottom);
}
