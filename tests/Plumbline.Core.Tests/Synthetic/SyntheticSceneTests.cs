using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Core.Ontologies;
using Plumbline.Core.Synthetic;

namespace Plumbline.Core.Tests.Synthetic;

public class SyntheticSceneTests
{
    public static TheoryData<SceneKind> Kinds => [.. Enum.GetValues<SceneKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_same_seed_gives_the_same_picture_and_truth(SceneKind kind)
    {
        var (first, again, other) = (Small(kind, 5), Small(kind, 5), Small(kind, 6));
        Assert.True(first.Image.Rgb.Span.SequenceEqual(again.Image.Rgb.Span));
        Assert.Equal(first.Annotations(TruthShape.Mask).Select(Told), again.Annotations(TruthShape.Mask).Select(Told));
        Assert.False(first.Image.Rgb.Span.SequenceEqual(other.Image.Rgb.Span));
        Assert.Empty(first.Annotations(TruthShape.Box).Select(a => a.Id).Intersect(other.Annotations(TruthShape.Box).Select(a => a.Id)));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Truth_lies_in_the_picture_and_its_shapes_agree(SceneKind kind)
    {
        var scene = SyntheticScene.Create(kind, 11);
        Assert.True(scene.Objects.Length >= 10);
        foreach (var item in scene.Objects)
        {
            Assert.Equal(item.Mask, item.Mask.Intersect(Mask.FromRectangle(0, 0, 1280, 960)));
            Assert.Equal(item.Mask.Bounds, item.Box);
            Assert.True(item.Mask.Area >= 40 && item.VisibleShare is >= .1 and <= 1);
            var drawn = CentreRasterizer.Rasterize(item.Outline, 1280, 960);
            Assert.True(drawn.Xor(item.Mask).Area <= (.6 * item.Outline.Perimeter()) + 24, $"{item.ClassId} at {item.Box}");
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_pixel_shows_one_object_but_for_what_lies_inside_its_own_group(SceneKind kind)
    {
        var objects = SyntheticScene.Create(kind, 3, 640, 480).Objects;
        for (var i = 0; i < objects.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (objects[i].ClassId == "nucleus" == (objects[j].ClassId == "nucleus")) Assert.Equal(0, objects[i].Mask.IntersectionArea(objects[j].Mask));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Classes_attributes_and_skeletons_are_those_of_the_ontology(SceneKind kind)
    {
        var scene = SyntheticScene.Create(kind, 21, 640, 480);
        var classes = scene.Ontology.Classes.ToDictionary(c => c.Id);
        Assert.Equal(classes.Count, scene.Ontology.Classes.Select(c => c.Name).Distinct().Count());
        Assert.All(scene.Ontology.Classes, c => Assert.True(c.ParentId is null || classes.ContainsKey(c.ParentId)));
        foreach (var item in scene.Objects)
        {
            var definitions = classes[item.ClassId].Attributes.ToDictionary(a => a.Id);
            Assert.All(item.Attributes, attribute => Assert.True(Fits(definitions[attribute.Key], attribute.Value), $"{item.ClassId}.{attribute}"));
            var skeleton = scene.Ontology.Skeletons.SingleOrDefault(s => s.Id == classes[item.ClassId].SkeletonId);
            Assert.Equal(skeleton?.Points.Length, item.Keypoints?.Points.Length);
        }
    }

    [Theory]
    [InlineData(SceneKind.Street)]
    [InlineData(SceneKind.Shelf)]
    [InlineData(SceneKind.Cells)]
    public void A_project_can_use_the_ontology_of_a_scene(SceneKind kind) => Assert.Empty(OntologyValidation.Check(SyntheticScene.OntologyOf(kind)));

    [Fact]
    public void Visible_keypoints_lie_on_their_person()
    {
        var people = Enumerable.Range(1, 4).SelectMany(seed => SyntheticScene.Create(SceneKind.Street, seed).Objects).Where(o => o.Keypoints is not null).ToList();
        Assert.True(people.Count > 12);
        var visible = people.SelectMany(p => p.Keypoints!.Points.Where(k => k.Visibility == Visibility.Visible).Select(k => p.Mask.Contains((int)k.Position.X, (int)k.Position.Y))).ToList();
        Assert.All(visible, Assert.True);
        Assert.Contains(people, p => p.Keypoints!.Points.Any(k => k.Visibility == Visibility.Occluded));
    }

    [Fact]
    public void Covered_and_cut_objects_say_so()
    {
        var objects = Enumerable.Range(1, 4).SelectMany(seed => SyntheticScene.Create(SceneKind.Street, seed).Objects).ToList();
        bool Flag(SyntheticObject item, string name) => item.Attributes[$"{item.ClassId}-{name}"] is AttributeValue.Flag { Value: true };
        Assert.All(objects, item => Assert.Equal(item.VisibleShare < .95, Flag(item, "occluded")));
        Assert.Contains(objects, item => Flag(item, "occluded"));
        Assert.All(objects.Where(item => Flag(item, "truncated")), item => Assert.True(item.VisibleShare < .95 || item.Box.X == 0 || item.Box.Y == 0 || item.Box.Right == 1280 || item.Box.Bottom == 960));
    }

    [Fact]
    public void People_are_told_as_a_shape_and_keypoints_of_one_group()
    {
        var annotations = SyntheticScene.Create(SceneKind.Street, 2).Annotations(TruthShape.Polygon);
        var people = annotations.Where(a => a.ClassId == "person").ToLookup(a => a.GroupId);
        Assert.All(people, person => Assert.Equal([ShapeKind.Polygon, ShapeKind.Keypoints], person.Select(a => a.Shape.Kind)));
        Assert.Equal(annotations.Length, annotations.Select(a => a.Id).Distinct().Count());
        Assert.All(annotations, a => Assert.Equal(7, a.Id.Version));
    }

    [Theory]
    [InlineData(63, 480)]
    [InlineData(640, 9000)]
    public void Sizes_out_of_range_are_refused(int width, int height) => Assert.Throws<ArgumentOutOfRangeException>(() => SyntheticScene.Create(SceneKind.Street, 1, width, height));

    private static SyntheticScene Small(SceneKind kind, int seed) => SyntheticScene.Create(kind, seed, 320, 240);

    private static (Guid Id, string ClassId, Shape Shape, string Attributes) Told(Annotation a) => (a.Id, a.ClassId, a.Shape, string.Join(';', a.Attributes));

    private static bool Fits(AttributeDefinition definition, AttributeValue value) => (definition.Kind, value) switch
    {
        (AttributeKind.Boolean, AttributeValue.Flag) => true,
        (AttributeKind.Number, AttributeValue.Number number) => number.Value >= (definition.Minimum ?? double.MinValue),
        (AttributeKind.Text, AttributeValue.Text) => true,
        (AttributeKind.Select, AttributeValue.Text text) => definition.Options.Contains(text.Value),
        _ => false,
    };
}
