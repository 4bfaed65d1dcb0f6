using Plumbline.Core.Annotations;
using Plumbline.Core.Masks;

namespace Plumbline.Core.Editing;

/// <summary>One wish to change an annotation set, with the revision that its author saw. A closed hierarchy.</summary>
public abstract record Change
{
    private protected Change()
    {
    }

    /// <summary>The annotation or, by its <see cref="TilePlace.Id"/>, the tile concerned; null for the outcome.</summary>
    public abstract Guid? AnnotationId { get; }

    /// <summary>Adds an annotation, or replaces one as a whole.</summary>
    /// <param name="Annotation">The state wanted; its revision is the one that the author last saw of it, 0 for a new one.</param>
    public sealed record Put(Annotation Annotation) : Change
    {
        /// <inheritdoc />
        public override Guid? AnnotationId => Annotation.Id;
    }

    /// <summary>Deletes an annotation.</summary>
    /// <param name="Id">Which.</param>
    /// <param name="Revision">The revision that the author last saw of it.</param>
    public sealed record Delete(Guid Id, long Revision) : Change
    {
        /// <inheritdoc />
        public override Guid? AnnotationId => Id;
    }

    /// <summary>Replaces a tile of the set's label map as a whole.</summary>
    /// <param name="Placed">The state wanted; its revision is the one that the author last saw of the tile, 0 for one that was never painted.</param>
    public sealed record Paint(PlacedTile Placed) : Change
    {
        /// <inheritdoc />
        public override Guid? AnnotationId => Placed.Place.Id;
    }

    /// <summary>Says what came of the image.</summary>
    /// <param name="Outcome">The outcome wanted.</param>
    /// <param name="Reason">Why it is unusable; null for the other outcomes.</param>
    /// <param name="Revision">The outcome's revision that the author last saw.</param>
    public sealed record SetOutcome(Outcome Outcome, string? Reason, long Revision) : Change
    {
        /// <inheritdoc />
        public override Guid? AnnotationId => null;
    }

    /// <summary>A put or paint whose content breaks a rule of shapes, attributes or tiles; keeps its place among the others and is always refused.</summary>
    /// <param name="Id">The annotation or tile it was meant for.</param>
    /// <param name="Refusal">Why it cannot be stored.</param>
    public sealed record Unfit(Guid Id, Refusal Refusal) : Change
    {
        /// <inheritdoc />
        public override Guid? AnnotationId => Id;
    }
}
