using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Plumbline.Core.Annotations;
using Plumbline.Core.Editing;
using Plumbline.Core.Ontologies;
using Plumbline.Core.Tests.Annotations;
using Xunit;
using Outcome = Plumbline.Core.Annotations.Outcome;

namespace Plumbline.Core.Tests.Editing;

/// <summary>Two people edit one set by random scripts, each knowing only what they last fetched.</summary>
public sealed class ChangeSetPropertyTests
{
    private static readonly OntologyRules Rules = new(new Ontology { Classes = [new LabelClass { Id = "car", Name = "Car", Color = "#ff0000" }] });

    [Fact]
    public void Nothing_applied_is_lost_and_nothing_else_is_written() =>
        Prop.ForAll(RandomAnnotations.Seeds, seed =>
        {
            var world = new World(new Random(seed));
            for (var step = 0; step < 40; step++) world.Step();

            foreach (var (changeSet, before, done) in world.Log)
            {
                for (var i = 0; i < changeSet.Changes.Length; i++) Verify(changeSet.Changes[i], done.Results[i], before, done);
            }

            // The set is the fold of its log.
            Assert.Equal(world.Log.Aggregate(SetState.Untouched, (state, entry) => state.Then(entry.Done)).Content(), world.State.Content());
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Undo_by_inverse_changes_restores_the_content() =>
        Prop.ForAll(RandomAnnotations.Seeds, seed =>
        {
            var random = new Random(seed);
            var world = new World(random);
            for (var step = 0; step < 10; step++) world.Step();
            var before = world.State;

            var changes = world.RandomChanges(world.State);
            var done = world.Apply(changes);
            world.Apply(new ChangeSet(Guid.CreateVersion7(), [.. done.Effects.Select(effect => Inverse(effect, before, done.Revision))]));

            return before.Content() == world.State.Content();
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_same_changes_again_write_nothing_that_was_applied() =>
        Prop.ForAll(RandomAnnotations.Seeds, seed =>
        {
            var world = new World(new Random(seed));
            for (var step = 0; step < 10; step++) world.Step();
            var changes = world.RandomChanges(world.State);
            world.Apply(changes);
            var after = world.State;

            var again = world.Apply(changes);

            return again.Effects.IsEmpty && after.Content() == world.State.Content();
        }).QuickCheckThrowOnFailure();

    private static void Verify(Change change, ChangeResult result, SetState before, Application done)
    {
        var effects = done.Effects.Where(effect => effect.AnnotationId == change.AnnotationId).ToList();
        switch (result)
        {
            case ChangeResult.Applied applied when applied.Revision == done.Revision && done.Revision > before.Revision:
                Assert.Single(effects);
                Assert.True(change is not Change.Put put || SetFold.ContentOf(put.Annotation) == SetFold.ContentOf(Assert.IsType<Effect.Stored>(effects[0]).Annotation), "what was applied is in the log");
                Assert.True(Seen(change) == Current(change, before), "nothing unseen is overwritten");
                break;
            case ChangeResult.Applied when change is Change.Put same:
                Assert.Equal(SetFold.ContentOf(same.Annotation), SetFold.ContentOf(before.Annotations[same.Annotation.Id].Annotation));
                Assert.Empty(effects);
                break;
            default:
                Assert.Empty(effects);
                break;
        }
    }

    private static long Seen(Change change) => change switch
    {
        Change.Put put => put.Annotation.Revision,
        Change.Delete delete => delete.Revision,
        Change.SetOutcome outcome => outcome.Revision,
        _ => throw new InvalidOperationException(),
    };

    private static long Current(Change change, SetState state) =>
        change.AnnotationId is { } id ? state.Find(id)?.Revision ?? 0 : state.OutcomeRevision;

    private static Change Inverse(Effect effect, SetState before, long revision)
    {
        if (effect.AnnotationId is not { } id) return new Change.SetOutcome(before.Outcome, before.OutcomeReason, revision);
        return before.Find(id) is { IsDeleted: false } old ? new Change.Put(old.Annotation with { Revision = revision }) : new Change.Delete(id, revision);
    }

    private sealed class World(Random random)
    {
        private readonly SetState[] _seen = [SetState.Untouched, SetState.Untouched];
        private readonly Guid[] _ids = [.. Enumerable.Range(0, 5).Select(_ => Guid.CreateVersion7())];

        public SetState State { get; private set; } = SetState.Untouched;

        public List<(ChangeSet ChangeSet, SetState Before, Application Done)> Log { get; } = [];

        /// <summary>One person fetches the set, or saves changes to what they saw last.</summary>
        public void Step()
        {
            var person = random.Next(2);
            if (random.Next(3) == 0) _seen[person] = State;
            else Apply(RandomChanges(_seen[person]));
        }

        public Application Apply(ChangeSet changes)
        {
            var done = changes.Apply(State, Rules, new Author("ann", DateTimeOffset.UnixEpoch));
            Log.Add((changes, State, done));
            State = State.Then(done);
            return done;
        }

        public ChangeSet RandomChanges(SetState seen)
        {
            var ids = _ids.Where(_ => random.Next(2) == 0).Select(id => (Guid?)id).ToList();
            if (random.Next(4) == 0) ids.Add(null);
            return new ChangeSet(Guid.CreateVersion7(), [.. ids.Select(id => RandomChange(id, seen))]);
        }

        private Change RandomChange(Guid? id, SetState seen)
        {
            if (id is not { } annotation) return new Change.SetOutcome(RandomAnnotations.Pick(random, Enum.GetValues<Outcome>()), random.Next(2) == 0 ? null : "dark", seen.OutcomeRevision);
            var revision = seen.Find(annotation)?.Revision ?? 0;
            return random.Next(4) == 0
                ? new Change.Delete(annotation, revision)
                : new Change.Put(new Annotation { Id = annotation, ClassId = "car", Shape = RandomAnnotations.Shape(new Random(random.Next(6))), Revision = revision });
        }
    }
}
