using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Plumbline.Core.Annotations;
using Plumbline.Core.Editing;
using Plumbline.Server.Features.Jobs;
using Plumbline.Server.Idempotency;
using Plumbline.Server.Security;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Annotations;

/// <summary>Annotation sets: read, change, look back, restore.</summary>
public static class AnnotationsApi
{
    /// <summary>The largest change set in bytes.</summary>
    public const int MaximumBody = 32 * 1024 * 1024;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>Maps the routes.</summary>
    public static void Map(RouteGroupBuilder api)
    {
        var sets = api.MapGroup("/annotation-sets/{setId}");
        sets.MapGet("", Get).Allow(ProjectRole.Viewer).WithName("GetAnnotationSet").Produces<JsonElement>();
        sets.MapGet("/changes", Changes).Allow(ProjectRole.Viewer).WithName("GetAnnotationChanges");
        sets.MapPost("/changes", Change).Allow(ProjectRole.Annotator).WithName("ChangeAnnotations")
            .WithMetadata(new RequestSizeLimitAttribute(MaximumBody), new RepeatableByItself()).Accepts<JsonElement>("application/json");
        sets.MapGet("/history", History).Allow(ProjectRole.Viewer).WithName("GetAnnotationHistory");
        sets.MapGet("/earlier", Earlier).Allow(ProjectRole.Viewer).WithName("GetEarlierState");
        sets.MapPost("/restore", Restore).Allow(ProjectRole.Annotator).WithMetadata(new RepeatableByItself()).WithName("RestoreAnnotations");
    }

    private static SetStream Get(string setId, string? view, int? limit, int? wholeUpTo, Database database) => new(database, setId, SetView.Parse(view, limit, wholeUpTo));

    private static async Task<Ok<SetChanges>> Changes(string setId, long since, Database database, CancellationToken cancellation) =>
        TypedResults.Ok(await database.ReadAsync(
            async session =>
            {
                var set = await AnnotationSql.FindSetAsync(session, setId, cancellation) ?? throw AnnotationStore.NoSuchSet();
                var rows = await AnnotationSql.ListChangedAsync(session, setId, since, cancellation);
                var tiles = await LabelTileSql.ListChangedAsync(session, setId, since, cancellation);
                return new SetChanges(
                    set.Revision,
                    set.OutcomeValue,
                    set.OutcomeReason,
                    set.OutcomeRevision,
                    [.. rows.Where(row => row.Deleted == 0).Select(row => row.ToStored().Annotation)],
                    [.. rows.Where(row => row.Deleted == 1).Select(row => new DeletedAnnotation(Guid.Parse(row.Id), row.Revision))],
                    [.. tiles.Select(row => row.ToPlaced())]);
            },
            cancellation));

    private static async Task<Ok<ChangeSetAnswer>> Change(
        string setId, HttpRequest request, Caller caller, Database database, AnnotationStore store, CancellationToken cancellation)
    {
        var (changes, clientId) = await ReadAsync(request, cancellation);
        return TypedResults.Ok(await database.WriteAsync(
            session => store.ApplyAsync(session, setId, changes, new PersonRef(caller.UserId, caller.Name), clientId, cancellation: cancellation), cancellation));
    }

    private static async Task<Results<Ok<HistoryPage>, ProblemHttpResult>> History(
        string setId, Guid? annotationId, string? cursor, int? limit, Database database, CancellationToken cancellation)
    {
        if (ReadCursor(cursor) is not var (revision, ordinal)) return Problems.Invalid("The cursor is not one of this list.");
        var size = Math.Clamp(limit ?? 100, 1, 1_000);
        var log = await database.ReadAsync(
            session => AnnotationSql.ListLogAsync(session, setId, annotationId?.ToString(), revision, ordinal, size + 1, cancellation), cancellation);
        return TypedResults.Ok(new HistoryPage(
            [.. log.Take(size).Select(ToItem)],
            log.Count > size ? string.Create(CultureInfo.InvariantCulture, $"{log[size - 1].Revision}.{log[size - 1].Ordinal}") : null));
    }

    private static async Task<Ok<EarlierState>> Earlier(string setId, long revision, Guid? annotationId, Database database, CancellationToken cancellation)
    {
        var changes = await database.ReadAsync(
            async session =>
            {
                var set = await AnnotationSql.FindSetAsync(session, setId, cancellation) ?? throw AnnotationStore.NoSuchSet();
                return await Restoration.LookBackAsync(session, set, revision, annotationId, cancellation);
            },
            cancellation);
        return TypedResults.Ok(new EarlierState(
            [.. changes.OfType<Change.Put>().Select(put => put.Annotation)],
            [.. changes.OfType<Change.Delete>().Select(delete => delete.Id)],
            [.. changes.OfType<Change.Paint>().Select(paint => paint.Placed)],
            changes.OfType<Change.SetOutcome>().Select(wanted => new LoggedOutcome(wanted.Outcome, wanted.Reason)).SingleOrDefault()));
    }

    private static async Task<Ok<ChangeSetAnswer>> Restore(
        string setId, RestoreRequest request, Caller caller, Database database, AnnotationStore store, CancellationToken cancellation) =>
        TypedResults.Ok(await database.WriteAsync(
            session => store.RestoreAsync(session, setId, request, new PersonRef(caller.UserId, caller.Name), cancellation), cancellation));

    private static async Task<(ChangeSet Changes, string? ClientId)> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(request.Body, Strict, cancellation);
            var changes = ChangeSetJson.Read(document.RootElement, out var clientId);
            return (changes, clientId);
        }
        catch (JsonException fault)
        {
            throw new ProblemException(400, "invalid", "The request is not JSON.", new ProblemError(fault.Message));
        }
        catch (AnnotationFormatException fault)
        {
            throw new ProblemException(400, "invalid", "The change set cannot be read; nothing of it was stored.", new ProblemError(fault.Message, fault.Pointer, Rule: fault.Rule));
        }
    }

    private static (long Revision, long Ordinal)? ReadCursor(string? cursor)
    {
        if (cursor is null) return (long.MaxValue, 0);
        var parts = cursor.Split('.');
        return parts.Length == 2 && long.TryParse(parts[0], NumberStyles.None, null, out var revision) && long.TryParse(parts[1], NumberStyles.None, null, out var ordinal)
            ? (revision, ordinal)
            : null;
    }

    private static HistoryItem ToItem(LogRow entry)
    {
        var document = entry.Doc is null ? null : LogChain.Unpack(entry.Doc);
        var outcome = entry.Op == "outcome" && document is not null ? JsonSerializer.Deserialize<LoggedOutcome>(document, JsonSettings.Options) : null;
        return new HistoryItem(
            entry.Revision,
            entry.AnnotationId is null ? null : Guid.Parse(entry.AnnotationId),
            entry.Op,
            new PersonRef(entry.UserId, entry.UserName ?? ""),
            entry.At.ToTime(),
            entry.Op == "put" && document is not null ? AnnotationJson.Parse(document) : null,
            outcome?.Outcome,
            outcome?.Reason,
            entry.Op == "paint" && document is not null ? LabelTileJson.Parse(document) : null);
    }
}
