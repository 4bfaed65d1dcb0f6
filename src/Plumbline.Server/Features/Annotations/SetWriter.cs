using System.Text;
using System.Text.Json;
using Plumbline.Core.Annotations;
using Plumbline.Core.Editing;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Annotations;

/// <summary>Writes what a change set does to one set: rows, log and the set's own row.</summary>
internal sealed class SetWriter(DbSession session, SetRow set, Guid changeSetId, string userId, long now)
{
    private const long IgnoreFlag = 1;

    internal async Task WriteAsync(Application application, CancellationToken cancellation)
    {
        var (stored, deleted, painted, log) = (new List<object?[]>(), new List<object?[]>(), new List<object?[]>(), new List<LogRow>());
        var hash = await AnnotationSql.FindLastHashAsync(session, set.Id, cancellation);
        foreach (var effect in application.Effects)
        {
            var (op, document) = Describe(effect);
            if (effect is Effect.Stored { Annotation: var annotation }) stored.Add(Row(annotation, document!)); // a stored annotation has a document
            if (effect is Effect.Deleted gone) deleted.Add([set.Id, gone.Id.ToString(), application.Revision]);
            if (effect is Effect.Painted { Placed.Place.Id: var tile }) painted.Add([set.Id, tile.ToString(), application.Revision, LogChain.Pack(document!)]); // a painted tile has a document
            var entry = Entry(application.Revision, log.Count, effect, op, document);
            hash = entry.Hash = LogChain.Next(hash, entry);
            log.Add(entry);
        }

        await AnnotationSql.StoreAsync(session, stored, cancellation);
        await AnnotationSql.DeleteAsync(session, deleted, cancellation);
        await LabelTileSql.StoreAsync(session, painted, cancellation);
        await AnnotationSql.AppendAsync(session, log, cancellation);
        await AnnotationSql.UpdateSetAsync(session, After(application), now, cancellation);
    }

    private static (string Op, byte[]? Document) Describe(Effect effect) => effect switch
    {
        Effect.Stored stored => ("put", AnnotationJson.ToUtf8(stored.Annotation)),
        Effect.Deleted => ("delete", null),
        Effect.Painted painted => ("paint", LabelTileJson.ToUtf8(painted.Placed)),
        Effect.OutcomeSet outcome => ("outcome", JsonSerializer.SerializeToUtf8Bytes(new LoggedOutcome(outcome.Outcome, outcome.Reason), JsonSettings.Options)),
        _ => throw new ArgumentOutOfRangeException(nameof(effect), effect, "This effect cannot be written."),
    };

    private object?[] Row(Annotation annotation, byte[] document)
    {
        var place = ShapeGeometry.Bounds(annotation.Shape);
        var bounds = place ?? default;
        return
        [
            set.Id, annotation.Id.ToString(), annotation.Revision, annotation.ClassId, CamelCase.Of(annotation.Shape.Kind), (long)annotation.Z,
            bounds.X, bounds.Y, bounds.Width, bounds.Height, PlaceCell.Of(place, annotation.Id), ShapeGeometry.Area(annotation.Shape), annotation.Ignore ? IgnoreFlag : 0L,
            Encoding.UTF8.GetString(document),
        ];
    }

    private LogRow Entry(long revision, int ordinal, Effect effect, string op, byte[]? document) => new()
    {
        SetId = set.Id,
        Revision = revision,
        Ordinal = ordinal,
        AnnotationId = effect.AnnotationId?.ToString(),
        Op = op,
        ChangeSetId = changeSetId.ToString(),
        UserId = userId,
        At = now,
        Doc = document is null ? null : LogChain.Pack(document),
        DocHash = LogChain.HashDocument(document),
    };

    private SetRow After(Application application)
    {
        var outcome = application.Effects.OfType<Effect.OutcomeSet>().SingleOrDefault();
        return new SetRow
        {
            Id = set.Id,
            ImageId = set.ImageId,
            ProjectId = set.ProjectId,
            Source = set.Source,
            Revision = application.Revision,
            Outcome = outcome is null ? set.Outcome : CamelCase.Of(outcome.Outcome),
            OutcomeReason = outcome is null ? set.OutcomeReason : outcome.Reason,
            OutcomeRevision = outcome is null ? set.OutcomeRevision : application.Revision,
            AnnotationCount = set.AnnotationCount + application.CountDelta,
        };
    }
}
