using Plumbline.Core.Annotations;

namespace Plumbline.Core.Editing;

/// <summary>One wish to change an annotation set, with the revision that its author saw. A closed hierarchy.</summary>
public abstract record Change
{
    private protected Change()
    {
    }

    /// <summary>The annotation concerned; null for the outcome.</summary>
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

    /// <summary>Says what came of the image.</summary>
    /// <param name="Outcome">The outcome wanted.</param>
    /// <param name="Reason">Why it is unusable; null for the other outcomes.</param>
    /// <param name="Revision">The outcome's revision that the author last saw.</param>
    public sealed record SetOutcome(Outcome Outcome, string? Reason, long Revision) : Change
    {
        /// <inheritdoc />
        public override Guid? AnnotationId => null;
    }

    /// <summary>A put whose annotation breaks a rule of shapes or attributes; keeps its place among the others and is always refused.</summary>
    /// <param name="Id">The annotation it was meant for.</param>
    /// <param name="Refusal">Why it cannot be stored.</param>
    public sealed record Unfit(Guid Id, Refusal Refusal) : Change
    {
        /// <inheritdoc />
        public override Guid? AnnotationId => Id;
    }
}
