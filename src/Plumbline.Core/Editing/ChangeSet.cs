using System.Collections.Immutable;
using Plumbline.Core.Annotations;
using Plumbline.Core.Ontologies;

namespace Plumbline.Core.Editing;

/// <summary>Changes that one author makes to one annotation set at a time.</summary>
/// <param name="Id">Chosen by the author; the same change set sent again is answered as the first time.</param>
/// <param name="Changes">At most one an annotation, and at most one of the outcome.</param>
public sealed record ChangeSet(Guid Id, ImmutableArray<Change> Changes)
{
    /// <summary>Decides what the changes do to the set; touches nothing.</summary>
    /// <param name="state">The set as it is, with every annotation that the changes name.</param>
    /// <param name="rules">What may be labelled.</param>
    /// <param name="author">Who makes the changes, and when.</param>
    /// <remarks>
    /// Each change is decided on its own: it is applied when its author saw the newest state of what it changes, or when the state is already the one
    /// wanted (then nothing is written); otherwise it is a conflict. What is deleted has the revision of its deletion and what never existed has 0, so a put on
    /// a tombstone with the tombstone's revision brings it back. All that is applied gets one new revision.
    /// </remarks>
    public Application Apply(SetState state, OntologyRules rules, Author author)
    {
        var next = state.Revision + 1;
        var results = ImmutableArray.CreateBuilder<ChangeResult>(Changes.Length);
        var effects = ImmutableArray.CreateBuilder<Effect>(Changes.Length);
        foreach (var change in Changes)
        {
            var (result, effect) = Decide(change, state, rules, author, next);
            results.Add(result);
            if (effect is not null) effects.Add(effect);
        }

        return new Application(effects.Count == 0 ? state.Revision : next, results.MoveToImmutable(), effects.ToImmutable());
    }

    private static (ChangeResult Result, Effect? Effect) Decide(Change change, SetState state, OntologyRules rules, Author author, long next) => change switch
    {
        Change.Put put => DecidePut(put.Annotation, state.Find(put.Annotation.Id), rules, author, next),
        Change.Delete delete => DecideDelete(delete, state.Find(delete.Id), next),
        Change.SetOutcome outcome => DecideOutcome(outcome, state, next),
        Change.Unfit unfit => (new ChangeResult.Refused(unfit.Id, unfit.Refusal), null),
        _ => throw new ArgumentOutOfRangeException(nameof(change), change, "This kind of change is unknown."),
    };

    private static (ChangeResult Result, Effect? Effect) DecidePut(Annotation wanted, StoredAnnotation? current, OntologyRules rules, Author author, long next)
    {
        if (current is { IsDeleted: false } && SameContent(wanted, current.Annotation)) return (new ChangeResult.Applied(wanted.Id, current.Revision), null);
        if (wanted.Revision != (current?.Revision ?? 0)) return (Conflict(wanted.Id, current), null);
        if (rules.Check(wanted, current?.Annotation) is { } refusal) return (new ChangeResult.Refused(wanted.Id, refusal), null);
        var stored = wanted with { Revision = next, Provenance = Sign(wanted.Provenance, current?.Annotation.Provenance, author) };
        return (new ChangeResult.Applied(wanted.Id, next), new Effect.Stored(stored, WasLive: current is { IsDeleted: false }));
    }

    private static (ChangeResult Result, Effect? Effect) DecideDelete(Change.Delete delete, StoredAnnotation? current, long next) => current switch
    {
        null => (new ChangeResult.Applied(delete.Id, 0), null),
        { IsDeleted: true } => (new ChangeResult.Applied(delete.Id, current.Revision), null),
        _ when current.Revision == delete.Revision => (new ChangeResult.Applied(delete.Id, next), new Effect.Deleted(delete.Id)),
        _ => (Conflict(delete.Id, current), null),
    };

    private static (ChangeResult Result, Effect? Effect) DecideOutcome(Change.SetOutcome wanted, SetState state, long next)
    {
        var reason = wanted.Outcome == Outcome.Unusable ? wanted.Reason : null;
        if ((wanted.Outcome, reason) == (state.Outcome, state.OutcomeReason)) return (new ChangeResult.Applied(null, state.OutcomeRevision), null);
        return wanted.Revision == state.OutcomeRevision
            ? (new ChangeResult.Applied(null, next), new Effect.OutcomeSet(wanted.Outcome, reason))
            : (new ChangeResult.Conflict(null, null, state.OutcomeRevision), null);
    }

    private static ChangeResult.Conflict Conflict(Guid id, StoredAnnotation? current) =>
        new(id, current is { IsDeleted: false } ? current.Annotation : null, current?.Revision ?? 0);

    /// <summary>Equal in everything that an author chooses; who and when is the server's to say.</summary>
    private static bool SameContent(Annotation a, Annotation b) =>
        a.Provenance.Origin == b.Provenance.Origin && a with { Revision = b.Revision, Provenance = b.Provenance } == b;

    /// <summary>Keeps who made the annotation and states when it last changed. Authors cannot sign for others, except for models, files and scenes.</summary>
    private static Provenance Sign(Provenance wanted, Provenance? current, Author author)
    {
        var byPerson = wanted.Origin is Origin.Drawn or Origin.Assisted or Origin.Edited;
        var maker = current is not null ? current.By : byPerson ? author.UserId : wanted.By ?? author.UserId;
        return new Provenance(wanted.Origin, maker, byPerson || wanted.At is null ? author.At : wanted.At);
    }
}

/// <summary>Who makes changes, and when.</summary>
public sealed record Author(string UserId, DateTimeOffset At);
