using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Plumbline.Core.Annotations;
using Plumbline.Core.Masks;
using Plumbline.Core.Ontologies;

namespace Plumbline.Core.Editing;

/// <summary>Changes that one author makes to one annotation set at a time.</summary>
/// <param name="Id">Chosen by the author; the same change set sent again is answered as the first time.</param>
/// <param name="Changes">At most one an annotation, one a tile, and one of the outcome.</param>
public sealed record ChangeSet(Guid Id, ImmutableArray<Change> Changes)
{
    /// <summary>Decides what the changes do to the set; touches nothing.</summary>
    /// <param name="state">The set as it is, with every annotation and tile that the changes name.</param>
    /// <param name="rules">What may be labelled.</param>
    /// <param name="author">Who makes the changes, and when.</param>
    /// <remarks>
    /// Each change is decided on its own: it is applied when its author saw the newest state of what it changes, or when the state is already the one
    /// wanted (then nothing is written); otherwise it is a conflict. What is deleted has the revision of its deletion and what never existed has 0, so a put on
    /// a tombstone with the tombstone's revision brings it back. All that is applied gets one new revision. A tile may name the masks that the set has or had, so that undoing their
    /// deletion brings their pixels back, and those that the same change set adds; what names a deleted one counts as unlabelled.
    /// </remarks>
    public Application Apply(SetState state, OntologyRules rules, Author author)
    {
        var next = state.Revision + 1;
        var results = new ChangeResult[Changes.Length];
        var effects = ImmutableArray.CreateBuilder<Effect>(Changes.Length);
        var added = new HashSet<Guid>();
        var find = Finder(state);
        for (var i = 0; i < Changes.Length; i++)
        {
            if (Changes[i] is Change.Paint) continue;
            (results[i], var effect) = Decide(Changes[i], state, rules, author, next, find);
            if (effect is null) continue;
            effects.Add(effect);
            if (effect is Effect.Stored { Annotation: { Shape: MaskShape, Id: var id } }) added.Add(id);
        }

        // Afterwards, for tiles name masks of the same change set.
        for (var i = 0; i < Changes.Length; i++)
        {
            if (Changes[i] is not Change.Paint { Placed: var placed }) continue;
            (results[i], var effect) = DecidePaint(placed, state, added, next);
            if (effect is not null) effects.Add(effect);
        }

        return new Application(effects.Count == 0 ? state.Revision : next, ImmutableCollectionsMarshal.AsImmutableArray(results), effects.ToImmutable());
    }

    /// <summary>The annotations that are mentioned: what the set holds and nothing here deletes, and what is put here.</summary>
    private Func<Guid, Annotation?> Finder(SetState state)
    {
        var named = new Lazy<Dictionary<Guid, Annotation?>>(() => Changes.Where(change => change is Change.Put or Change.Delete).ToDictionary(change => change.AnnotationId!.Value, change => (change as Change.Put)?.Annotation)); // both have one
        return id => named.Value.TryGetValue(id, out var annotation) ? annotation : state.Find(id) is { IsDeleted: false } live ? live.Annotation : null;
    }

    private static (ChangeResult Result, Effect? Effect) Decide(Change change, SetState state, OntologyRules rules, Author author, long next, Func<Guid, Annotation?> find) => change switch
    {
        Change.Put put => DecidePut(put.Annotation, state.Find(put.Annotation.Id), rules, author, next, find),
        Change.Delete delete => DecideDelete(delete, state.Find(delete.Id), next),
        Change.SetOutcome outcome => DecideOutcome(outcome, state, next),
        Change.Unfit unfit => (new ChangeResult.Refused(unfit.Id, unfit.Refusal), null),
        _ => throw new ArgumentOutOfRangeException(nameof(change), change, "This kind of change is unknown."),
    };

    private static (ChangeResult Result, Effect? Effect) DecidePut(Annotation wanted, StoredAnnotation? current, OntologyRules rules, Author author, long next, Func<Guid, Annotation?> find)
    {
        if (TilePlace.IsTile(wanted.Id)) return (new ChangeResult.Refused(wanted.Id, new Refusal(RefusalRule.BadTile, "This id is a tile's. Give every annotation a new UUID.")), null);
        if (current is { IsDeleted: false } && SameContent(wanted, current.Annotation)) return (new ChangeResult.Applied(wanted.Id, current.Revision), null);
        if (wanted.Revision != (current?.Revision ?? 0)) return (Conflict(wanted.Id, current), null);
        if (rules.Check(wanted, current?.Annotation, find) is { } refusal) return (new ChangeResult.Refused(wanted.Id, refusal), null);
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

    private static (ChangeResult Result, Effect? Effect) DecidePaint(PlacedTile wanted, SetState state, HashSet<Guid> added, long next)
    {
        var id = wanted.Place.Id;
        var current = state.Tiles.GetValueOrDefault(id) ?? new PlacedTile(wanted.Place, LabelTile.Empty, 0);
        if (current.Tile.Equals(wanted.Tile)) return (new ChangeResult.Applied(id, current.Revision), null);
        if (current.Revision != wanted.Revision) return (new ChangeResult.TileConflict(id, current), null);
        if (CheckTile(wanted, state, added) is { } refusal) return (new ChangeResult.Refused(id, refusal), null);
        return (new ChangeResult.Applied(id, next), new Effect.Painted(wanted with { Revision = next }));
    }

    private static Refusal? CheckTile(PlacedTile wanted, SetState state, HashSet<Guid> added)
    {
        var (columns, rows) = (Math.Clamp(state.Width - (long)wanted.Place.X, 0, LabelTile.Side), Math.Clamp(state.Height - (long)wanted.Place.Y, 0, LabelTile.Side));
        if (wanted.Tile.ReachesBeyond((int)columns, (int)rows)) return new Refusal(RefusalRule.BadTile, $"The tile has pixels beyond the image of {state.Width} × {state.Height}.");
        foreach (var segment in wanted.Tile.Segments)
        {
            if (!added.Contains(segment) && state.Find(segment)?.Annotation.Shape is not MaskShape) return new Refusal(RefusalRule.UnknownSegment, $"The tile names {segment}, which is no mask of this set. Add the mask first.");
        }

        return null;
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
