using Plumbline.Core.Annotations;
using Plumbline.Core.Checks;
using Plumbline.Core.Geometry;
using Plumbline.Core.Ontologies;

namespace Plumbline.Core.Tests.Checks;

/// <summary>What the fixtures of the command line cannot show, and the edges of the checks.</summary>
public class CheckTests
{
    private static readonly CheckContext Context = new(["cat", "dog"]);

    [Fact]
    public void Several_tags_are_found_where_nearly_all_images_have_one()
    {
        var images = Enumerable.Range(0, 20).Select(i => new CheckedImage($"{i}.jpg", i == 7 ? [Tag(0), Tag(1)] : [Tag(0)]));
        Assert.Equal(["7.jpg"], Run(Context, [.. images]).Where(f => f.Check == "several-tags").Select(f => f.File));
    }

    [Fact]
    public void Several_tags_are_right_where_many_images_have_them() =>
        Assert.DoesNotContain(Run(Context, [.. Enumerable.Range(0, 20).Select(i => new CheckedImage($"{i}.jpg", i % 2 == 0 ? [Tag(0), Tag(1)] : [Tag(0)]))]), f => f.Check == "several-tags");

    [Fact]
    public void Several_tags_are_found_wherever_the_ontology_wants_one() =>
        Assert.Equal(
            ["a.jpg"],
            Run(Context with { Ontology = new Ontology { OneTag = true } }, new CheckedImage("a.jpg", [Tag(0), Tag(1)]), new CheckedImage("b.jpg", [Tag(0)])).Where(f => f.Check == "several-tags").Select(f => f.File));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_skeleton_with_another_number_of_points_is_found(bool withOntology)
    {
        var context = withOntology
            ? Context with { Ontology = new Ontology { Classes = [new LabelClass { Id = "cat", Name = "cat", Color = "#ff0000", SkeletonId = "s" }], Skeletons = [new SkeletonDefinition { Id = "s", Name = "s", Points = ["a", "b"] }] } }
            : Context;
        var findings = Run(context, new CheckedImage("a.jpg", [Points(2), Points(3) with { Id = "9" }]));
        Assert.Equal(["a.jpg#9"], findings.Where(f => f.Check == "keypoint-count").Select(f => f.Item));
    }

    [Fact]
    public void A_sound_image_has_no_finding_of_its_own() => Assert.DoesNotContain(
        Run(Context, new CheckedImage("a.jpg", [Box(0, 0, 0, 100, 50), Box(0, 5, 5, 20, 20), Box(1, 50, 5, 30, 30)]) { Width = 100, Height = 50 }),
        f => f.File is not null);

    [Theory]
    [InlineData(.4, false)]
    [InlineData(.6, true)]
    public void Rounding_at_the_edge_is_let_pass(double beyond, bool found) =>
        Assert.Equal(found, Run(Context, new CheckedImage("a.jpg", [Box(0, 50, 10, 50 + beyond, 10)]) { Width = 100, Height = 50 }).Exists(f => f.Check == "outside-image"));

    [Fact]
    public void A_repaired_image_has_nothing_left_to_repair() => Law.Holds(random =>
    {
        var objects = Enumerable.Range(0, 6).Select(_ => Box(random.Next(2), random.Next(-30, 120), random.Next(-30, 80), random.Next(0, 40), random.Next(0, 40))).ToList();
        objects.Add(objects[0]);
        var image = new CheckedImage("a.jpg", objects) { Width = 100, Height = 50 };
        var repairs = Run(Context, image).Select(f => f.Repair).OfType<Repair>().ToList();
        var kept = objects.Select((o, i) => (Object: o, Own: repairs.Where(r => r.Place == i).ToList())).Where(o => !o.Own.Exists(r => r.Shape is null))
            .Select(o => o.Own.Count == 0 ? o.Object : new CheckedObject(o.Object.ClassIndex, o.Own[^1].Shape!)).ToList(); // those without a shape are gone
        return Run(Context, image with { Objects = kept }).All(f => f.Repair is null || f.Check == "duplicate-annotation");
    });

    [Fact]
    public void Ids_are_unique_and_explained()
    {
        Assert.Equal(CheckSuite.Catalogue.Length, CheckSuite.Catalogue.Select(c => c.Id).Distinct().Count());
        Assert.All(CheckSuite.Catalogue, c => Assert.EndsWith(".", c.Explanation, StringComparison.Ordinal));
    }

    private static CheckedObject Box(int index, double x, double y, double width, double height) => new(index, new BoxShape(new Box(x, y, width, height)));

    private static CheckedObject Tag(int index) => new(index, new TagShape());

    private static CheckedObject Points(int count) => new(0, new KeypointsShape(new Keypoints([.. Enumerable.Range(0, count).Select(i => new Keypoint(new Point2(i, i), Visibility.Visible))])));

    private static List<Finding> Run(CheckContext context, params CheckedImage[] images)
    {
        var findings = new List<Finding>();
        var suite = new CheckSuite(context, findings.Add);
        foreach (var image in images) suite.Look(image);
        suite.Finish();
        return findings;
    }
}
