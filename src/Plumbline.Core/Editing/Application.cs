using System.Collections.Immutable;
using Plumbline.Core.Annotations;
using Plumbline.Core.Masks;

namespace Plumbline.Core.Editing;

/// <summary>What a change set does to an annotation set.</summary>
/// <param name="Revision">The set's revision afterwards; the one before when nothing is written.</param>
/// <param name="Results">One for each change, in order.</param>
/// <param name="Effects">What to write, in order; all of it belongs to <paramref name="Revision"/>.</param>
public sealed record Application(long Revision, ImmutableArray<ChangeResult> Results, ImmutableArray<Effect> Effects)
{
    /// <summary>How many more annotations the set has afterwards; negative when it has fewer.</summary>
    public int CountDelta => Effects.Sum(effect => effect switch
    {
        Effect.Stored { WasLive: false } => 1,
        Effect.Deleted => -1,
        _ => 0,
    });
}

/// <summary>One thing to write: to the rows and to the log. A closed hierarchy.</summary>
public abstract record Effect
{
    private protected Effect()
    {
    }

    /// <summary>The annotation or, by its <see cref="TilePlace.Id"/>, the tile concerned; null for the outcome.</summary>
    public abstract Guid? AnnotationId { get; }

    /// <summary>A tile of the label map has new pixels.</summary>
    /// <param name="Placed">The state, with its new revision.</param>
    public sealed record Painted(PlacedTile Placed) : Effect
    {
        /// <inheritdoc />
        public override Guid? AnnotationId => Placed.Place.Id;
    }

    /// <summary>An annotation has a new state.</summary>
    /// <param name="Annotation">The state, with its new revision.</param>
    /// <param name="WasLive">False when it is new or comes back from a tombstone.</param>
    public sealed record Stored(Annotation Annotation, bool WasLive) : Effect
    {
        /// <inheritdoc />
        public override Guid? AnnotationId => Annotation.Id;
    }

    /// <summary>An annotation becomes a tombstone.</summary>
    public sealed record Deleted(Guid Id) : Effect
    {
        /// <inheritdoc />
        public override Guid? AnnotationId => Id;
    }

    /// <summary>The set has a new outcome.</summary>
    public sealed record OutcomeSet(Outcome Outcome, string? Reason) : Effect
    {
        /// <inheritdoc />
        public override Guid? AnnotationId => null;
    }
}

/// <summary>What became of one change. A closed hierarchy; the id is the annotation's or the tile's, null for the outcome.</summary>
public abstract record ChangeResult(Guid? Id)
{
    /// <summary>The state is as wanted.</summary>
    /// <param name="Id">The annotation.</param>
    /// <param name="Revision">The revision that has this state; an earlier one when nothing had to change.</param>
    public sealed record Applied(Guid? Id, long Revision) : ChangeResult(Id);

    /// <summary>Somebody else changed it first; nothing was written.</summary>
    /// <param name="Id">The annotation.</param>
    /// <param name="Current">Its state now; null when it is deleted or never existed.</param>
    /// <param name="Revision">The revision to name in order to overrule it.</param>
    public sealed record Conflict(Guid? Id, Annotation? Current, long Revision) : ChangeResult(Id);

    /// <summary>Somebody else painted the tile first; nothing was written.</summary>
    /// <param name="Id">The tile's id.</param>
    /// <param name="Current">Its state now, whose revision is the one to name in order to overrule it; the empty tile of revision 0 where it was never painted.</param>
    public sealed record TileConflict(Guid? Id, PlacedTile Current) : ChangeResult(Id);

    /// <summary>It may not be stored; nothing was written.</summary>
    public sealed record Refused(Guid? Id, Refusal Refusal) : ChangeResult(Id);
}
