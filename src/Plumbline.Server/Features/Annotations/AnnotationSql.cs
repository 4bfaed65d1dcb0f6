using System.Text.Json;
using Plumbline.Server.Features.Jobs;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Annotations;

/// <summary>Statements on sets, their annotations and their log.</summary>
public static class AnnotationSql
{
    private const string SetColumns =
        """
        s.id AS Id, s.image_id AS ImageId, s.project_id AS ProjectId, s.source AS Source, s.revision AS Revision, s.outcome AS Outcome, s.outcome_reason AS OutcomeReason,
        s.outcome_revision AS OutcomeRevision, s.annotation_count AS AnnotationCount, i.removed_at AS ImageRemovedAt,
        i.width AS ImageWidth, i.height AS ImageHeight
        """;

    private const string LogColumns =
        """
        l.set_id AS SetId, l.revision AS Revision, l.ordinal AS Ordinal, l.annotation_id AS AnnotationId, l.op AS Op, l.change_set_id AS ChangeSetId,
        l.user_id AS UserId, u.name AS UserName, l.at AS At, l.doc AS Doc, l.doc_hash AS DocHash, l.hash AS Hash
        """;

    /// <summary>A set's row; null when there is none.</summary>
    public static Task<SetRow?> FindSetAsync(DbSession session, string setId, CancellationToken cancellation) =>
        session.FindAsync<SetRow>($"SELECT {SetColumns} FROM annotation_sets s JOIN images i ON i.id = s.image_id WHERE s.id = @setId", new { setId }, cancellation);

    /// <summary>A set's row, locked against other writers until the transaction ends. The project's ontology cannot change in that time either.</summary>
    public static Task<SetRow?> LockSetAsync(DbSession session, string setId, CancellationToken cancellation) =>
        session.Engine == Engine.Sqlite
            ? FindSetAsync(session, setId, cancellation)
            : session.FindAsync<SetRow>(
                $"""
                SELECT {SetColumns}, CAST(pg_advisory_xact_lock_shared(hashtextextended(s.project_id, 0)) AS TEXT) AS OntologyHeld
                FROM annotation_sets s JOIN images i ON i.id = s.image_id WHERE s.id = @setId FOR UPDATE OF s
                """,
                new { setId },
                cancellation);

    /// <summary>Waits until no change to a set of the project is under way and keeps others waiting until the transaction ends; for changes of the ontology.</summary>
    public static Task HoldSavesAsync(DbSession session, string projectId, CancellationToken cancellation) =>
        session.Engine == Engine.Sqlite
            ? Task.CompletedTask
            : session.ExecuteAsync("SELECT pg_advisory_xact_lock(hashtextextended(@projectId, 0))", new { projectId }, cancellation);

    /// <summary>The annotations of these ids, tombstones included.</summary>
    public static Task<List<AnnotationRow>> ListAnnotationsAsync(DbSession session, string setId, IReadOnlyList<string> ids, CancellationToken cancellation) =>
        session.QueryAsync<AnnotationRow>(
            $"SELECT id AS Id, revision AS Revision, deleted AS Deleted, doc AS Doc FROM annotations WHERE set_id = @setId AND {session.In("id", "ids")}", new { setId, ids }, cancellation);

    /// <summary>All that is not deleted.</summary>
    public static Task<List<AnnotationRow>> ListLivingAsync(DbSession session, string setId, CancellationToken cancellation) =>
        session.QueryAsync<AnnotationRow>(
            "SELECT id AS Id, revision AS Revision, deleted AS Deleted, doc AS Doc FROM annotations WHERE set_id = @setId AND deleted = 0 ORDER BY id", new { setId }, cancellation);

    /// <summary>The documents of all that is not deleted, as they come.</summary>
    public static IAsyncEnumerable<byte[]> StreamLivingAsync(DbSession session, string setId, CancellationToken cancellation) =>
        session.StreamAsync("SELECT doc FROM annotations WHERE set_id = @setId AND deleted = 0 ORDER BY id", [("setId", setId)], cancellation);

    /// <summary>Columns and rows of an upright image.</summary>
    public static async Task<(long Width, long Height)> FindSizeAsync(DbSession session, string imageId, CancellationToken cancellation) =>
        await session.FindAsync<(long Width, long Height)>("SELECT width, height FROM images WHERE id = @imageId", new { imageId }, cancellation);

    /// <summary>What changed or was deleted after a revision.</summary>
    public static Task<List<AnnotationRow>> ListChangedAsync(DbSession session, string setId, long since, CancellationToken cancellation) =>
        session.QueryAsync<AnnotationRow>(
            "SELECT id AS Id, revision AS Revision, deleted AS Deleted, doc AS Doc FROM annotations WHERE set_id = @setId AND revision > @since ORDER BY id",
            new { setId, since },
            cancellation);

    /// <summary>The answer that a change set was given, and the hash of what it asked for; null when it is new.</summary>
    public static async Task<(string RequestHash, ChangeSetAnswer Answer)?> FindAnswerAsync(DbSession session, Guid changeSetId, CancellationToken cancellation)
    {
        var row = await session.FindAsync<(string RequestHash, string Answer)?>("SELECT request_hash, answer FROM change_sets WHERE id = @id", new { id = changeSetId.ToString() }, cancellation);
        return row is { } found ? (found.RequestHash, JsonSerializer.Deserialize<ChangeSetAnswer>(found.Answer, JsonSettings.Options)!) : null; // written from a ChangeSetAnswer
    }

    /// <summary>Keeps an answer. False when another set has used the id.</summary>
    public static async Task<bool> InsertAnswerAsync(
        DbSession session, Guid changeSetId, string setId, string userId, long at, string requestHash, ChangeSetAnswer answer, CancellationToken cancellation) =>
        await session.ExecuteAsync(
            "INSERT INTO change_sets (id, set_id, user_id, at, request_hash, answer) VALUES (@id, @setId, @userId, @at, @requestHash, @answer) ON CONFLICT (id) DO NOTHING",
            new { id = changeSetId.ToString(), setId, userId, at, requestHash, answer = JsonSerializer.Serialize(answer, JsonSettings.Options) },
            cancellation) == 1;

    /// <summary>The newest version of a project's ontology; 0 when it has none.</summary>
    public static async Task<long> FindOntologyVersionAsync(DbSession session, string projectId, CancellationToken cancellation) =>
        await session.FindAsync<long?>("SELECT MAX(version) FROM ontology_versions WHERE project_id = @projectId", new { projectId }, cancellation) ?? 0;

    /// <summary>One version of a project's ontology, as JSON.</summary>
    public static Task<string> GetOntologyAsync(DbSession session, string projectId, long version, CancellationToken cancellation) =>
        session.ScalarAsync<string>("SELECT doc FROM ontology_versions WHERE project_id = @projectId AND version = @version", new { projectId, version }, cancellation);

    /// <summary>The hash of the newest entry of a set's log.</summary>
    public static async Task<string> FindLastHashAsync(DbSession session, string setId, CancellationToken cancellation) =>
        await session.FindAsync<string>("SELECT hash FROM annotation_log WHERE set_id = @setId ORDER BY revision DESC, ordinal DESC LIMIT 1", new { setId }, cancellation) ?? LogChain.Start;

    /// <summary>Who made the change of an annotation (or of the outcome, when null) in a revision.</summary>
    public static async Task<PersonRef?> FindChangerAsync(DbSession session, string setId, Guid? annotationId, long revision, CancellationToken cancellation)
    {
        var row = await session.FindAsync<(string Id, string? Name)?>(
            """
            SELECT l.user_id, u.name FROM annotation_log l LEFT JOIN users u ON u.id = l.user_id
            WHERE l.set_id = @setId AND l.revision = @revision AND COALESCE(l.annotation_id, '') = @annotation
            """,
            new { setId, revision, annotation = annotationId?.ToString() ?? "" },
            cancellation);
        return row is { } found ? new PersonRef(found.Id, found.Name ?? "") : null;
    }

    /// <summary>Stores what a set has become.</summary>
    public static Task UpdateSetAsync(DbSession session, SetRow set, long now, CancellationToken cancellation) =>
        session.ExecuteAsync(
            """
            UPDATE annotation_sets SET revision = @Revision, outcome = @Outcome, outcome_reason = @OutcomeReason, outcome_revision = @OutcomeRevision,
              annotation_count = @AnnotationCount, updated_at = @now WHERE id = @Id
            """,
            new { set.Id, set.Revision, set.Outcome, set.OutcomeReason, set.OutcomeRevision, set.AnnotationCount, now },
            cancellation);

    /// <summary>Adds or replaces annotations.</summary>
    public static Task StoreAsync(DbSession session, IReadOnlyCollection<object?[]> rows, CancellationToken cancellation) =>
        session.ExecuteManyAsync(
            """
            INSERT INTO annotations (set_id, id, revision, class_id, kind, z, x, y, width, height, cell, area, flags, deleted, doc)
            VALUES (@set_id, @id, @revision, @class_id, @kind, @z, @x, @y, @width, @height, @cell, @area, @flags, 0, @doc)
            ON CONFLICT (set_id, id) DO UPDATE SET revision = excluded.revision, class_id = excluded.class_id, kind = excluded.kind, z = excluded.z, x = excluded.x,
              y = excluded.y, width = excluded.width, height = excluded.height, cell = excluded.cell, area = excluded.area, flags = excluded.flags, deleted = 0, doc = excluded.doc
            """,
            ["set_id", "id", "revision", "class_id", "kind", "z", "x", "y", "width", "height", "cell", "area", "flags", "doc"],
            rows,
            cancellation);

    /// <summary>Turns annotations into tombstones.</summary>
    public static Task DeleteAsync(DbSession session, IReadOnlyCollection<object?[]> rows, CancellationToken cancellation) =>
        session.ExecuteManyAsync("UPDATE annotations SET deleted = 1, revision = @revision WHERE set_id = @set_id AND id = @id", ["set_id", "id", "revision"], rows, cancellation);

    /// <summary>Appends to the log.</summary>
    public static Task AppendAsync(DbSession session, IEnumerable<LogRow> log, CancellationToken cancellation) =>
        session.ExecuteManyAsync(
            """
            INSERT INTO annotation_log (set_id, revision, ordinal, annotation_id, op, change_set_id, user_id, at, doc, doc_hash, hash)
            VALUES (@set_id, @revision, @ordinal, @annotation_id, @op, @change_set_id, @user_id, @at, @doc, @doc_hash, @hash)
            """,
            ["set_id", "revision", "ordinal", "annotation_id", "op", "change_set_id", "user_id", "at", "doc", "doc_hash", "hash"],
            [.. log.Select(e => new object?[] { e.SetId, e.Revision, e.Ordinal, e.AnnotationId, e.Op, e.ChangeSetId, e.UserId, e.At, e.Doc, e.DocHash, e.Hash })],
            cancellation);

    /// <summary>A page of the log, newest first, of a set or of one annotation.</summary>
    public static Task<List<LogRow>> ListLogAsync(DbSession session, string setId, string? annotationId, long beforeRevision, long beforeOrdinal, int limit, CancellationToken cancellation) =>
        session.QueryAsync<LogRow>(
            $"""
            SELECT {LogColumns} FROM annotation_log l LEFT JOIN users u ON u.id = l.user_id
            WHERE l.set_id = @setId AND (l.revision < @beforeRevision OR (l.revision = @beforeRevision AND l.ordinal < @beforeOrdinal))
              {(annotationId is null ? "" : "AND l.annotation_id = @annotationId")}
            ORDER BY l.revision DESC, l.ordinal DESC LIMIT @limit
            """,
            new { setId, annotationId, beforeRevision, beforeOrdinal, limit },
            cancellation);

    /// <summary>A set's whole log, oldest first.</summary>
    public static Task<List<LogRow>> GetLogAsync(DbSession session, string setId, CancellationToken cancellation) =>
        session.QueryAsync<LogRow>(
            $"SELECT {LogColumns} FROM annotation_log l LEFT JOIN users u ON u.id = l.user_id WHERE l.set_id = @setId ORDER BY l.revision, l.ordinal", new { setId }, cancellation);

    /// <summary>The last entry of each annotation (and of the outcome) at a revision, for those that changed afterwards; or for one annotation.</summary>
    public static Task<List<LogRow>> ListStateAtAsync(DbSession session, string setId, string? annotationId, long revision, CancellationToken cancellation) =>
        session.QueryAsync<LogRow>(
            $"""
            SELECT {LogColumns} FROM annotation_log l LEFT JOIN users u ON u.id = l.user_id
            WHERE l.set_id = @setId {(annotationId is null ? "" : "AND l.annotation_id = @annotationId")}
              AND l.revision = (SELECT MAX(m.revision) FROM annotation_log m
                WHERE m.set_id = @setId AND m.revision <= @revision AND m.op <> 'outcome' AND m.annotation_id = l.annotation_id)
              AND EXISTS (SELECT 1 FROM annotations a WHERE a.set_id = @setId AND a.id = l.annotation_id AND a.revision > @revision)
            """,
            new { setId, annotationId, revision },
            cancellation);

    /// <summary>The last entry about the outcome at a revision; null when there was none.</summary>
    public static Task<LogRow?> FindOutcomeAtAsync(DbSession session, string setId, long revision, CancellationToken cancellation) =>
        session.FindAsync<LogRow>(
            $"""
            SELECT {LogColumns} FROM annotation_log l LEFT JOIN users u ON u.id = l.user_id
            WHERE l.set_id = @setId AND l.op = 'outcome' AND l.revision <= @revision ORDER BY l.revision DESC LIMIT 1
            """,
            new { setId, revision },
            cancellation);
}
