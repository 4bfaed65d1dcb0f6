using System.Text.Json.Serialization;
using Plumbline.Core.Annotations;
using Plumbline.Core.Masks;
using Plumbline.Server.Features.Jobs;

namespace Plumbline.Server.Features.Annotations;

/// <summary>The answer to a change set: the set's revision afterwards and what became of each change, in order.</summary>
public sealed record ChangeSetAnswer(long Revision, IReadOnlyList<ChangeAnswer> Results);

/// <summary>What became of one change; the id is the annotation's or the tile's, null for the outcome.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "status")]
[JsonDerivedType(typeof(Applied), "applied")]
[JsonDerivedType(typeof(Conflict), "conflict")]
[JsonDerivedType(typeof(Refused), "refused")]
public abstract record ChangeAnswer
{
    private ChangeAnswer()
    {
    }

    /// <summary>The state is as wanted, since this revision.</summary>
    public sealed record Applied(Guid? Id, long Revision) : ChangeAnswer;

    /// <summary>Somebody else changed it first. <c>current</c> is null when it is deleted; <c>revision</c> is the one to name in order to overrule it. Of a tile, <c>tile</c> is what it is now.</summary>
    public sealed record Conflict(Guid? Id, Annotation? Current, long Revision, PersonRef? By, PlacedTile? Tile = null) : ChangeAnswer;

    /// <summary>It may not be stored.</summary>
    public sealed record Refused(Guid? Id, string Rule, string Message) : ChangeAnswer;
}

/// <summary>What changed in a set since a revision.</summary>
public sealed record SetChanges(
    long Revision, Outcome Outcome, string? OutcomeReason, long OutcomeRevision, IReadOnlyList<Annotation> Changed, IReadOnlyList<DeletedAnnotation> Deleted, IReadOnlyList<PlacedTile> Tiles);

/// <summary>A tombstone: an annotation and the revision of its deletion.</summary>
public sealed record DeletedAnnotation(Guid Id, long Revision);

/// <summary>One entry of a set's history; a tile is its state after painting; the annotation is its state after the change, null when it was deleted (or erased since).</summary>
public sealed record HistoryItem(
    long Revision, Guid? AnnotationId, string Op, PersonRef By, DateTimeOffset At, Annotation? Annotation, Outcome? Outcome, string? OutcomeReason, PlacedTile? Tile);

/// <summary>A page of history, newest first.</summary>
public sealed record HistoryPage(IReadOnlyList<HistoryItem> Items, string? Next);

/// <summary>How a set, or one annotation of it, was at a revision, as far as it differs from now: annotations to have again, those to delete, tiles to paint, the outcome where it changed. Revisions are those of now.</summary>
public sealed record EarlierState(IReadOnlyList<Annotation> Changed, IReadOnlyList<Guid> Deleted, IReadOnlyList<PlacedTile> Tiles, LoggedOutcome? Outcome);

/// <summary>Asks to bring a set, or one annotation of it, back to its state at a revision.</summary>
public sealed record RestoreRequest(long Revision, Guid ChangeSetId, Guid? AnnotationId = null);
