using System.Collections.Frozen;
using Plumbline.Core.Annotations;
using Plumbline.Core.Masks;

namespace Plumbline.Core.Editing;

/// <summary>An annotation set as far as a decision needs it.</summary>
/// <param name="Revision">The set's revision.</param>
/// <param name="Outcome">What came of the image.</param>
/// <param name="OutcomeReason">Why it is unusable.</param>
/// <param name="OutcomeRevision">The revision in which the outcome last changed.</param>
/// <param name="Annotations">The annotations in question, those that tiles name included, and tombstones; those that never existed are absent.</param>
public sealed record SetState(long Revision, Outcome Outcome, string? OutcomeReason, long OutcomeRevision, IReadOnlyDictionary<Guid, StoredAnnotation> Annotations)
{
    /// <summary>A set that nobody has touched.</summary>
    public static SetState Untouched { get; } = new(0, Outcome.Unlabelled, null, 0, FrozenDictionary<Guid, StoredAnnotation>.Empty);

    /// <summary>The tiles in question by their ids; those that were never painted are absent.</summary>
    public IReadOnlyDictionary<Guid, PlacedTile> Tiles { get; init; } = FrozenDictionary<Guid, PlacedTile>.Empty;

    /// <summary>Columns of the image's pixels: no tile has any beyond.</summary>
    public int Width { get; init; } = int.MaxValue;

    /// <summary>Rows of the image's pixels: no tile has any beyond.</summary>
    public int Height { get; init; } = int.MaxValue;

    /// <summary>The annotation or its tombstone; null when it never existed.</summary>
    public StoredAnnotation? Find(Guid id) => Annotations.GetValueOrDefault(id);
}

/// <summary>An annotation as stored.</summary>
/// <param name="Annotation">Its content; of a deleted one, the last before its deletion.</param>
/// <param name="Revision">The revision in which it last changed or was deleted.</param>
/// <param name="IsDeleted">Whether it is a tombstone.</param>
public sealed record StoredAnnotation(Annotation Annotation, long Revision, bool IsDeleted);
