using System.Collections.Immutable;
using Plumbline.Core.Annotations;
using Plumbline.Core.Editing;

namespace Plumbline.Core.Tests.Editing;

/// <summary>The plain meaning of the log: a set is what its effects, one after the other, make of nothing.</summary>
internal static class SetFold
{
    internal static SetState Then(this SetState state, Application application)
    {
        var annotations = state.Annotations.ToImmutableDictionary();
        var (outcome, reason, outcomeRevision) = (state.Outcome, state.OutcomeReason, state.OutcomeRevision);
        foreach (var effect in application.Effects)
        {
            switch (effect)
            {
                case Effect.Stored stored:
                    annotations = annotations.SetItem(stored.Annotation.Id, new StoredAnnotation(stored.Annotation, application.Revision, false));
                    break;
                case Effect.Deleted deleted:
                    annotations = annotations.SetItem(deleted.Id, annotations[deleted.Id] with { Revision = application.Revision, IsDeleted = true });
                    break;
                case Effect.OutcomeSet set:
                    (outcome, reason, outcomeRevision) = (set.Outcome, set.Reason, application.Revision);
                    break;
                default:
                    throw new InvalidOperationException();
            }
        }

        return new SetState(application.Revision, outcome, reason, outcomeRevision, annotations);
    }

    /// <summary>What people see: content by id, without revisions and signatures.</summary>
    internal static string Content(this SetState state) =>
        string.Join('\n', state.Annotations.Where(pair => !pair.Value.IsDeleted).OrderBy(pair => pair.Key).Select(pair => ContentOf(pair.Value.Annotation)).Append($"{state.Outcome} {state.OutcomeReason}"));

    internal static string ContentOf(Annotation annotation) =>
        System.Text.Encoding.UTF8.GetString(AnnotationJson.ToUtf8(annotation with { Revision = 0, Provenance = new Provenance(annotation.Provenance.Origin) }));
}
