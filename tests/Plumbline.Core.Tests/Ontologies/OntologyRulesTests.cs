using System.Collections.Immutable;
using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Core.Ontologies;
using Xunit;

namespace Plumbline.Core.Tests.Ontologies;

public sealed class OntologyRulesTests
{
    private static readonly Shape Box = new BoxShape(new Box(0, 0, 4, 4));

    private static readonly Shape Point = new PointShape(new Point2(1, 1));

    private static readonly Ontology Ontology = new()
    {
        Classes =
        [
            new LabelClass
            {
                Id = "car",
                Name = "Car",
                Color = "#ff0000",
                Shapes = [ShapeKind.Box, ShapeKind.Polygon],
                Attributes =
                [
                    new AttributeDefinition { Id = "parked", Name = "Parked", Kind = AttributeKind.Boolean },
                    new AttributeDefinition { Id = "doors", Name = "Doors", Kind = AttributeKind.Number, Minimum = 2, Maximum = 5 },
                    new AttributeDefinition { Id = "plate", Name = "Plate", Kind = AttributeKind.Text, Required = true },
                    new AttributeDefinition { Id = "side", Name = "Side", Kind = AttributeKind.Select, Options = ["left", "right"] },
                    new AttributeDefinition { Id = "marks", Name = "Marks", Kind = AttributeKind.MultiSelect, Options = ["dent", "rust"] },
                ],
            },
            new LabelClass { Id = "tram", Name = "Tram", Color = "#00ff00", Retired = true },
            new LabelClass { Id = "person", Name = "Person", Color = "#0000ff", Shapes = [ShapeKind.Keypoints], SkeletonId = "two" },
        ],
        ImageAttributes = [new AttributeDefinition { Id = "weather", Name = "Weather", Kind = AttributeKind.Select, Options = ["sun", "rain"] }],
        Skeletons = [new SkeletonDefinition { Id = "two", Name = "Two", Points = ["head", "foot"] }],
    };

    public static TheoryData<string, Shape, string, AttributeValue?, string?> Cases => new()
    {
        { "car", Box, "", null, null },
        { "bus", Box, "", null, "unknown-class" },
        { "tram", Box, "", null, "retired-class" },
        { "car", Point, "", null, "shape-not-allowed" },
        { "car", new TagShape(), "", null, "shape-not-allowed" },
        { "car", Box, "parked", new AttributeValue.Flag(true), null },
        { "car", Box, "parked", new AttributeValue.Text("true"), "bad-attribute" },
        { "car", Box, "doors", new AttributeValue.Number(2), null },
        { "car", Box, "doors", new AttributeValue.Number(5), null },
        { "car", Box, "doors", new AttributeValue.Number(1.999), "bad-attribute" },
        { "car", Box, "doors", new AttributeValue.Number(5.001), "bad-attribute" },
        { "car", Box, "plate", new AttributeValue.Text("any"), null },
        { "car", Box, "side", new AttributeValue.Text("left"), null },
        { "car", Box, "side", new AttributeValue.Text("middle"), "bad-attribute" },
        { "car", Box, "marks", new AttributeValue.Choices(["dent", "rust"]), null },
        { "car", Box, "marks", new AttributeValue.Choices([]), null },
        { "car", Box, "marks", new AttributeValue.Choices(["dent", "dent"]), "bad-attribute" },
        { "car", Box, "marks", new AttributeValue.Choices(["hole"]), "bad-attribute" },
        { "car", Box, "marks", new AttributeValue.Text("dent"), "bad-attribute" },
        { "car", Box, "colour", new AttributeValue.Text("red"), "bad-attribute" },
        { "person", Keypoints(2), "", null, null },
        { "person", Keypoints(3), "", null, "bad-shape" },
        { "@image", new TagShape(), "weather", new AttributeValue.Text("rain"), null },
        { "@image", new TagShape(), "weather", new AttributeValue.Text("snow"), "bad-attribute" },
        { "@image", Box, "", null, "shape-not-allowed" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_new_annotation_keeps_to_the_ontology(string classId, Shape shape, string attribute, AttributeValue? value, string? rule)
    {
        var refusal = new OntologyRules(Ontology).Check(Make(classId, shape, attribute, value), null, Nothing);

        Assert.Equal(rule, refusal?.Rule);
    }

    [Theory]
    [InlineData("tram")]
    [InlineData("car")]
    public void What_was_allowed_when_it_was_drawn_can_still_be_moved(string classId)
    {
        var before = Make(classId, Point, "doors", new AttributeValue.Number(99));

        Assert.Null(new OntologyRules(Ontology).Check(before with { Shape = new PointShape(new Point2(2, 2)) }, before, Nothing));
    }

    [Fact]
    public void A_change_of_class_is_held_to_the_new_class()
    {
        var before = Make("person", Point, "", null);
        var rules = new OntologyRules(Ontology);

        Assert.Equal("shape-not-allowed", rules.Check(before with { ClassId = "car" }, before, Nothing)?.Rule);
        Assert.Equal("retired-class", rules.Check(before with { ClassId = "tram" }, before, Nothing)?.Rule);
    }

    [Fact]
    public void A_message_tells_a_person_what_is_allowed()
    {
        var refusal = new OntologyRules(Ontology).Check(Make("car", Point, "", null), null, Nothing);

        Assert.Equal("The class 'Car' cannot be drawn as point; it allows box, polygon.", refusal?.Message);
    }

    [Fact]
    public void A_relation_needs_a_known_predicate_that_goes_between_the_classes_of_what_is_there()
    {
        var person = Make("person", Keypoints(2), "", null);
        var other = Make("person", Keypoints(2), "", null);
        var car = Make("car", Box, "", null);
        var rules = new OntologyRules(Ontology with { Predicates = [new() { Id = "p1", Name = "drives", From = ["person"], To = ["car"] }] });

        Refusal? Check(Annotation subject, string predicate, Guid to, Annotation? before = null) =>
            rules.Check(subject with { Relations = [new Relation(predicate, to)] }, before, id => new[] { other, car }.FirstOrDefault(a => a.Id == id));

        Assert.Null(Check(person, "p1", car.Id));
        Assert.Equal("'drives' does not go from 'Person' to 'Person'.", Check(person, "p1", other.Id)?.Message);
        Assert.All([Check(car, "p1", car.Id), Check(person, "p2", car.Id), Check(person, "p1", person.Id), Check(person, "p1", Guid.CreateVersion7())], refusal => Assert.Equal("bad-relation", refusal?.Rule));
        Assert.Null(Check(person, "gone", Guid.Empty, person with { Relations = [new Relation("gone", Guid.Empty)] })); // said before: it can still be moved
    }

    private static Annotation? Nothing(Guid id) => null;

    private static Annotation Make(string classId, Shape shape, string attribute, AttributeValue? value) => new()
    {
        Id = Guid.CreateVersion7(),
        ClassId = classId,
        Shape = shape,
        Attributes = value is null
            ? ImmutableSortedDictionary<string, AttributeValue>.Empty
            : ImmutableSortedDictionary.Create<string, AttributeValue>(StringComparer.Ordinal).Add(attribute, value),
    };

    private static KeypointsShape Keypoints(int count) => new(new Keypoints([.. Enumerable.Repeat(new Keypoint(new Point2(1, 1), Visibility.Visible), count)]));
}
