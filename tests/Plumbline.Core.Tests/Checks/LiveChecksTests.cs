using Plumbline.Core.Annotations;
using Plumbline.Core.Checks;
using Plumbline.Core.Geometry;
using Plumbline.Core.Ontologies;

namespace Plumbline.Core.Tests.Checks;

/// <summary>The checks on one image of a project.</summary>
public class LiveChecksTests
{
    private static readonly Ontology Ontology = new()
    {
        Classes =
        [
            new LabelClass { Id = "x", Name = "car", Color = "#ff0000", Attributes = [new() { Id = "a1", Name = "colour", Kind = AttributeKind.Text, Required = true }] },
            new LabelClass { Id = "car", Name = "lorry", Color = "#ff0000" }, // its id is another one's name
        ],
    };

    [Fact]
    public void Findings_name_the_annotation_and_what_would_mend_it()
    {
        var wide = Make("car", new BoxShape(new Box(90, 10, 20, 20))) with { Id = new Guid(1, 0, 0, new byte[8]) };
        var twice = wide with { Id = new Guid(2, 0, 0, new byte[8]) }; // the later of the two
        var found = LiveChecks.Look(Ontology, [twice, wide, Make("@image", new TagShape())], 100, 100);

        Assert.Equal(
            ["outside-image", "outside-image", "duplicate-annotation"], found.Select(f => f.Check));
        Assert.Equal(new BoxShape(new Box(90, 10, 10, 20)), found[0].Fix?.Shape);
        Assert.Equal((twice.Id, true, null), (found[2].AnnotationId, found[2].Fix is not null, found[2].Fix?.Shape));
        Assert.All(found, f => Assert.NotEmpty(f.Explanation));
    }

    [Fact]
    public void Classes_and_attributes_are_found_by_id()
    {
        var found = LiveChecks.Look(Ontology, [Make("x", new BoxShape(new Box(10, 10, 20, 20))), Make("car", new BoxShape(new Box(50, 10, 20, 20))), Make("gone", new BoxShape(new Box(10, 50, 20, 20)))], 100, 100);

        Assert.Equal(["missing-attribute"], found.Select(f => f.Check));
        Assert.Empty(LiveChecks.Look(Ontology, [Make("x", new BoxShape(new Box(10, 10, 20, 20))) with { Attributes = Only("a1") }], 100, 100));
    }

    [Fact]
    public void An_image_without_annotations_has_no_finding() => Assert.Empty(LiveChecks.Look(Ontology, [], 100, 100));

    [Fact]
    public void There_are_never_more_than_help() =>
        Assert.Equal(LiveChecks.Most, LiveChecks.Look(Ontology, [.. Enumerable.Range(0, 1_500).Select(i => Make("car", new BoxShape(new Box(i, 500, 5, 5))))], 100, 100).Length);

    private static System.Collections.Immutable.ImmutableSortedDictionary<string, AttributeValue> Only(string id) =>
        System.Collections.Immutable.ImmutableSortedDictionary.Create<string, AttributeValue>(StringComparer.Ordinal).Add(id, new AttributeValue.Text("red"));

    private static Annotation Make(string classId, Shape shape) => new() { Id = Guid.CreateVersion7(), ClassId = classId, Shape = shape };
}
