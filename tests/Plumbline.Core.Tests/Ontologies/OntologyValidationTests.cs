using System.Collections.Immutable;
using Plumbline.Core.Annotations;
using Plumbline.Core.Ontologies;
using Xunit;

namespace Plumbline.Core.Tests.Ontologies;

public sealed class OntologyValidationTests
{
    private static readonly LabelClass Car = new() { Id = "car", Name = "Car", Color = "#3b82f6", Key = "1" };
    private static readonly LabelClass Van = new() { Id = "van", Name = "Van", Color = "#22c55e", ParentId = "car" };
    private static readonly AttributeDefinition Colour = new() { Id = "colour", Name = "Colour", Kind = AttributeKind.Select, Options = ["red", "blue"] };
    private static readonly AttributeDefinition Hidden = new() { Id = "hidden", Name = "Hidden", Kind = AttributeKind.Boolean };
    private static readonly SkeletonDefinition Person = new() { Id = "person", Name = "Person", Points = ["head", "left", "right"], Edges = [new(0, 1), new(0, 2)], Mirrored = [new(1, 2)] };

    private static readonly ClassExample Seen = new() { ImageId = "image", Region = new(10, 20, 30, 40), Caption = "From behind" };

    /// <summary>One fault each: the ontology, the rule it breaks, and where.</summary>
    public static TheoryData<string, Ontology, string> Faulty => new()
    {
        { "bad-id", Of(Car with { Id = "" }), "/classes/0/id" },
        { "bad-id", Of(Car with { Id = "@image" }), "/classes/0/id" },
        { "bad-id", Of(Car with { Id = new string('x', 65) }), "/classes/0/id" },
        { "duplicate-id", Of(Car, Van with { Id = "car", ParentId = null }), "/classes/1/id" },
        { "bad-name", Of(Car with { Name = "  " }), "/classes/0/name" },
        { "bad-name", Of(Car with { Name = "a\0b" }), "/classes/0/name" },
        { "bad-name", Of(Car with { Name = "\ud83d" }), "/classes/0/name" },
        { "bad-name", Of(Car with { Name = new string('x', 201) }), "/classes/0/name" },
        { "duplicate-name", Of(Car, Van with { Name = "Car ", ParentId = null }), "/classes/1/name" },
        { "bad-color", Of(Car with { Color = "blue" }), "/classes/0/color" },
        { "bad-color", Of(Car with { Color = "#12345g" }), "/classes/0/color" },
        { "bad-key", Of(Car with { Key = "F1" }), "/classes/0/key" },
        { "bad-key", Of(Car with { Key = "A" }), "/classes/0/key" },
        { "duplicate-key", Of(Car, Van with { Key = "1" }), "/classes/1/key" },
        { "duplicate-shape", Of(Car with { Shapes = [ShapeKind.Box, ShapeKind.Box] }), "/classes/0/shapes" },
        { "too-long", Of(Car with { Description = new string('x', 20_001) }), "/classes/0/description" },
        { "too-many", Of(Car with { Examples = [.. Enumerable.Repeat(Seen, 51)] }), "/classes/0/examples" },
        { "bad-example", Of(Car with { Examples = [Seen, null!] }), "/classes/0/examples/1" },
        { "bad-example", Of(Car with { Examples = [Seen with { ImageId = "" }] }), "/classes/0/examples/0" },
        { "too-long", Of(Car with { Examples = [Seen with { Caption = new string('x', 501) }] }), "/classes/0/examples/0/caption" },
        { "too-long", Of(Car with { Examples = [Seen with { Caption = null! }] }), "/classes/0/examples/0/caption" },
        { "bad-example", Of(Car with { Examples = [Seen with { Region = new(0, 0, 0, 5) }] }), "/classes/0/examples/0/region" },
        { "bad-example", Of(Car with { Examples = [Seen with { Region = new(double.NaN, 0, 5, 5) }] }), "/classes/0/examples/0/region" },
        { "unknown-parent", Of(Van), "/classes/0/parentId" },
        { "parent-cycle", Of(Car with { ParentId = "van" }, Van), "/classes/0/parentId" },
        { "parent-cycle", Of(Car with { ParentId = "car" }), "/classes/0/parentId" },
        { "unknown-skeleton", Of(Car with { SkeletonId = "person" }), "/classes/0/skeletonId" },
        { "skeleton-without-keypoints", Of(Car with { SkeletonId = "person", Shapes = [ShapeKind.Box] }) with { Skeletons = [Person] }, "/classes/0/shapes" },
        { "missing", Of(Car) with { Skeletons = [null!] }, "/skeletons/0" },
        { "missing", Of(null!), "/classes/0" },
        { "missing", With(null!), "/classes/0/attributes/0" },
        { "duplicate-id", With(Colour, Colour with { Name = "Other" }), "/classes/0/attributes/1/id" },
        { "duplicate-id", With(Colour) with { ImageAttributes = [Colour] }, "/imageAttributes/0/id" },
        { "duplicate-name", With(Colour, Hidden with { Name = "Colour" }), "/classes/0/attributes/1/name" },
        { "bad-options", With(Colour with { Options = [] }), "/classes/0/attributes/0/options" },
        { "bad-options", With(Hidden with { Options = ["yes"] }), "/classes/0/attributes/0/options" },
        { "duplicate-option", With(Colour with { Options = ["red", "red"] }), "/classes/0/attributes/0/options/1" },
        { "bad-name", With(Colour with { Options = ["red", null!] }), "/classes/0/attributes/0/options/1" },
        { "bad-range", With(Hidden with { Minimum = 0 }), "/classes/0/attributes/0" },
        { "bad-range", With(Hidden with { Kind = AttributeKind.Number, Minimum = 2, Maximum = 1 }), "/classes/0/attributes/0" },
        { "bad-range", With(Hidden with { Kind = AttributeKind.Number, Maximum = double.NaN }), "/classes/0/attributes/0" },
        { "unknown-attribute", With(Hidden with { Condition = new("colour", "red") }), "/classes/0/attributes/0/condition" },
        { "impossible-condition", With(Colour, Hidden with { Condition = new("colour", "green") }), "/classes/0/attributes/1/condition/equalTo" },
        { "impossible-condition", With(Hidden, Colour with { Condition = new("hidden", "yes") }), "/classes/0/attributes/1/condition/equalTo" },
        { "condition-cycle", With(Hidden with { Condition = new("hidden", "true") }), "/classes/0/attributes/0/condition" },
        { "duplicate-point", Of() with { Skeletons = [Person with { Points = ["head", "head", "right"] }] }, "/skeletons/0/points/1" },
        { "bad-index", Of() with { Skeletons = [Person with { Edges = [new(0, 3)] }] }, "/skeletons/0/edges/0" },
        { "bad-index", Of() with { Skeletons = [Person with { Edges = [new(1, 1)] }] }, "/skeletons/0/edges/0" },
        { "duplicate-mirror", Of() with { Skeletons = [Person with { Mirrored = [new(1, 2), new(2, 0)] }] }, "/skeletons/0/mirrored" },
        { "unknown-class", Of(Car) with { Predicates = [new() { Id = "p", Name = "drives", From = ["car"], To = ["lorry"] }] }, "/predicates/0/to" },
        { "duplicate-name", Of(Car) with { Predicates = [new() { Id = "p", Name = "drives" }, new() { Id = "q", Name = "drives " }] }, "/predicates/1/name" },
        { "duplicate-name", Of() with { Skeletons = [Person, Person with { Id = "other" }] }, "/skeletons/1/name" },
    };

    [Theory]
    [MemberData(nameof(Faulty), DisableDiscoveryEnumeration = true)]
    public void Each_fault_is_named_with_its_place(string rule, Ontology ontology, string pointer)
    {
        var fault = Assert.Single(OntologyValidation.Check(ontology));

        Assert.Equal((rule, pointer), (fault.Rule, fault.Pointer));
    }

    [Fact]
    public void A_full_ontology_has_no_faults()
    {
        var rider = Car with { Id = "rider", Name = "Rider 騎手", Key = "z", Shapes = [ShapeKind.Keypoints, ShapeKind.Box], SkeletonId = "person", Attributes = [Colour, Hidden with { Condition = new("colour", "red") }] };
        var ontology = Of(Car, Van, rider) with { Skeletons = [Person], ImageAttributes = [Hidden with { Id = "night", Kind = AttributeKind.Number, Minimum = 0, Maximum = 0 }] };

        Assert.Empty(OntologyValidation.Check(ontology));
    }

    [Fact]
    public void The_same_name_is_fine_under_different_parents() =>
        Assert.Empty(OntologyValidation.Check(Of(Car, Van, new LabelClass { Id = "other", Name = "Other", Color = "#000000", ParentId = "car" }, new LabelClass { Id = "other2", Name = "Other", Color = "#000000", ParentId = "van" })));

    [Fact]
    public void Five_thousand_classes_in_one_chain_are_fine()
    {
        var chain = Enumerable.Range(0, 5_000).Select(i => new LabelClass { Id = $"c{i}", Name = $"Class {i}", Color = "#abcdef", ParentId = i == 0 ? null : $"c{i - 1}" }).Reverse();

        Assert.Empty(OntologyValidation.Check(new Ontology { Classes = [.. chain] }));
    }

    [Fact]
    public void Checking_stops_after_a_hundred_faults()
    {
        var ontology = new Ontology { Classes = [.. Enumerable.Repeat(Car with { Id = "" }, 500)] };

        Assert.Equal(OntologyValidation.MaximumFaults, OntologyValidation.Check(ontology).Length);
    }

    [Fact]
    public void Too_many_classes_are_one_fault() =>
        Assert.Equal("too-many", Assert.Single(OntologyValidation.Check(new Ontology { Classes = [.. Enumerable.Repeat(Car, OntologyValidation.MaximumClasses + 1)] })).Rule);

    private static Ontology Of(params ImmutableArray<LabelClass> classes) => new() { Classes = classes };

    private static Ontology With(params ImmutableArray<AttributeDefinition> attributes) => Of(Car with { Attributes = attributes });
}
