using System.Collections.Immutable;
using Plumbline.Core.Annotations;
using Plumbline.Core.Editing;
using Plumbline.Core.Geometry;
using Plumbline.Core.Ontologies;
using Xunit;

namespace Plumbline.Core.Tests.Editing;

public sealed class ChangeSetTests
{
    private static readonly OntologyRules Rules = new(new Ontology { Classes = [new LabelClass { Id = "car", Name = "Car", Color = "#ff0000" }] });

    private static readonly Author Ann = new("ann", new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero));

    private static readonly Author Ben = new("ben", Ann.At.AddMinutes(1));

    private static readonly Guid Id = Guid.CreateVersion7();

    [Fact]
    public void A_new_annotation_is_stored_with_the_next_revision_and_signed_by_its_author()
    {
        var done = Apply(State(4), Ann, new Change.Put(Box(0, revision: 0) with { Provenance = new Provenance(Origin.Drawn, "somebody else") }));

        var stored = Assert.IsType<Effect.Stored>(Assert.Single(done.Effects));
        Assert.Equal((5, 5, 1), (done.Revision, stored.Annotation.Revision, done.CountDelta));
        Assert.Equal(new Provenance(Origin.Drawn, "ann", Ann.At), stored.Annotation.Provenance);
    }

    [Fact]
    public void An_edit_keeps_who_made_the_annotation_and_says_when_it_changed()
    {
        var done = Apply(State(4, Live(3)), Ben, new Change.Put(Box(9, revision: 3) with { Provenance = new Provenance(Origin.Edited) }));

        Assert.Equal(new Provenance(Origin.Edited, "ann", Ben.At), Assert.IsType<Effect.Stored>(Assert.Single(done.Effects)).Annotation.Provenance);
    }

    [Fact]
    public void A_model_signs_its_own_work()
    {
        var done = Apply(State(0), Ann, new Change.Put(Box(0, revision: 0) with { Provenance = new Provenance(Origin.Model, "yolo", Ben.At) }));

        Assert.Equal(new Provenance(Origin.Model, "yolo", Ben.At), Assert.IsType<Effect.Stored>(Assert.Single(done.Effects)).Annotation.Provenance);
    }

    public static TheoryData<string, StoredAnnotation?, Change, string> Rows => new()
    {
        { "an edit of what was seen", Live(3), Put(9, 3), "applied 5" },
        { "an edit of an older state", Live(3), Put(9, 2), "conflict live 3" },
        { "a new one under a taken id", Live(3), Put(9, 0), "conflict live 3" },
        { "the same content from an older state", Live(3), Put(0, 1), "applied 3" },
        { "the same content again", Live(3), Put(0, 3), "applied 3" },
        { "an edit of what was deleted", Tombstone(3), Put(9, 2), "conflict gone 3" },
        { "the same content of what was deleted", Tombstone(3), Put(0, 2), "conflict gone 3" },
        { "bringing back what was deleted", Tombstone(3), Put(0, 3), "applied 5" },
        { "a new one under a deleted one's id", Tombstone(3), Put(9, 0), "conflict gone 3" },
        { "an edit of what never was", null, Put(9, 2), "conflict gone 0" },
        { "deleting what was seen", Live(3), new Change.Delete(Id, 3), "applied 5" },
        { "deleting an older state", Live(3), new Change.Delete(Id, 2), "conflict live 3" },
        { "deleting what was deleted", Tombstone(3), new Change.Delete(Id, 2), "applied 3" },
        { "deleting what never was", null, new Change.Delete(Id, 2), "applied 0" },
        { "an unfit put", Live(3), new Change.Unfit(Id, new Refusal("bad-shape", "no")), "refused bad-shape" },
        { "a put against the rules", Live(3), new Change.Put(Box(9, 3) with { ClassId = "bus" }), "refused unknown-class" },
        { "a stale put against the rules", Live(3), new Change.Put(Box(9, 2) with { ClassId = "bus" }), "conflict live 3" },
        { "the outcome that was seen", null, new Change.SetOutcome(Outcome.Unusable, "dark", 1), "applied 5" },
        { "an older outcome", null, new Change.SetOutcome(Outcome.Unusable, "dark", 0), "conflict gone 1" },
        { "the same outcome from an older one", null, new Change.SetOutcome(Outcome.Labelled, "ignored", 0), "applied 1" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Each_change_is_decided_on_its_own(string why, StoredAnnotation? current, Change change, string expected)
    {
        var done = Apply(State(4, current), Ann, change);

        var said = Assert.Single(done.Results) switch
        {
            ChangeResult.Applied applied => $"applied {applied.Revision}",
            ChangeResult.Conflict conflict => $"conflict {(conflict.Current is null ? "gone" : "live")} {conflict.Revision}",
            ChangeResult.Refused refused => $"refused {refused.Refusal.Rule}",
            var other => other.ToString(),
        };
        Assert.True(expected == said, $"{why}: {said} instead of {expected}");
        Assert.Equal(expected == "applied 5" ? 1 : 0, done.Effects.Length);
        Assert.Equal(expected == "applied 5" ? 5 : 4, done.Revision);
    }

    [Fact]
    public void One_conflict_does_not_hold_up_the_others()
    {
        var fresh = Guid.CreateVersion7();

        var done = Apply(State(4, Live(3)), Ann, Put(9, 1), new Change.Put(Box(1, 0) with { Id = fresh }), new Change.SetOutcome(Outcome.Unusable, null, 1));

        Assert.Collection(
            done.Results,
            first => Assert.Equal(Id, Assert.IsType<ChangeResult.Conflict>(first).Id),
            second => Assert.Equal(new ChangeResult.Applied(fresh, 5), second),
            third => Assert.Equal(new ChangeResult.Applied(null, 5), third));
        Assert.Equal(2, done.Effects.Length);
    }

    private static Application Apply(SetState state, Author author, params Change[] changes) => new ChangeSet(Guid.CreateVersion7(), [.. changes]).Apply(state, Rules, author);

    private static SetState State(long revision, StoredAnnotation? current = null) =>
        new(revision, Outcome.Labelled, null, 1, current is null ? ImmutableDictionary<Guid, StoredAnnotation>.Empty : ImmutableDictionary<Guid, StoredAnnotation>.Empty.Add(Id, current));

    private static StoredAnnotation Live(long revision) => new(Signed(revision), revision, false);

    private static StoredAnnotation Tombstone(long revision) => new(Signed(revision - 1), revision, true);

    private static Annotation Signed(long revision) => Box(0, revision) with { Provenance = new Provenance(Origin.Drawn, "ann", Ann.At) };

    private static Change.Put Put(double x, long revision) => new(Box(x, revision));

    private static Annotation Box(double x, long revision) => new() { Id = Id, ClassId = "car", Shape = new BoxShape(new Box(x, 0, 4, 4)), Revision = revision };
}
