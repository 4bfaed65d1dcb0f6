using System.Text.Json;
using Plumbline.Core.Annotations;
using Plumbline.Core.Ontologies;
using Xunit;

namespace Plumbline.Core.Tests.Ontologies;

public sealed class OntologyDiffTests
{
    private static readonly LabelClass Car = new()
    {
        Id = "car",
        Name = "Car",
        Color = "#3b82f6",
        Shapes = [ShapeKind.Box],
        Examples = [new ClassExample { ImageId = "image", Region = new(1, 2, 3, 4), Caption = "From behind" }],
        Attributes = [new AttributeDefinition { Id = "colour", Name = "Colour", Kind = AttributeKind.Select, Options = ["red"], Condition = new("x", "y") }],
    };

    private static readonly LabelClass Van = new() { Id = "van", Name = "Van", Color = "#22c55e" };

    private static readonly Ontology Full = new()
    {
        Classes = [Car, Van],
        Skeletons = [new SkeletonDefinition { Id = "s", Name = "S", Points = ["a", "b"], Edges = [new(0, 1)] }],
        ImageAttributes = [new AttributeDefinition { Id = "night", Name = "Night", Kind = AttributeKind.Boolean }],
    };

    [Fact]
    public void A_copy_does_not_differ()
    {
        var copy = JsonSerializer.Deserialize<Ontology>(JsonSerializer.Serialize(Full))!;

        Assert.True(OntologyDiff.Between(Full, copy).IsEmpty);
    }

    [Fact]
    public void A_new_name_is_a_change_and_a_new_id_is_not()
    {
        var after = Full with { Classes = [Car with { Name = "Auto" }, Van with { Id = "lorry" }] };

        var diff = OntologyDiff.Between(Full, after);

        Assert.Equal("Auto", Assert.Single(diff.Changed).After.Name);
        Assert.Equal("lorry", Assert.Single(diff.Added).Id);
        Assert.Equal("van", Assert.Single(diff.Removed).Id);
    }

    [Fact]
    public void Options_shapes_order_and_skeletons_count()
    {
        var options = Full with { Classes = [Car with { Attributes = [Car.Attributes[0] with { Options = ["red", "blue"] }] }, Van] };
        var shapes = Full with { Classes = [Car with { Shapes = [] }, Van] };
        var examples = Full with { Classes = [Car with { Examples = [Car.Examples[0] with { Caption = "From the side" }] }, Van] };
        var order = Full with { Classes = [Van, Car] };
        var skeletons = Full with { Skeletons = [Full.Skeletons[0] with { Edges = [] }] };

        Assert.All([options, shapes, examples, order, skeletons, Full with { OneTag = true }, Full with { Predicates = [new() { Id = "p", Name = "tows", To = ["van"] }] }], after => Assert.False(OntologyDiff.Between(Full, after).IsEmpty));
        Assert.True(OntologyDiff.Between(Full, order) is { Changed.IsEmpty: true, RestDiffers: true });
    }
}
