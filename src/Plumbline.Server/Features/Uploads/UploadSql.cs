using System.Text.Json;
using Plumbline.Server.Features.Imports;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Uploads;

/// <summary>Whether an upload still takes parts.</summary>
public enum UploadState
{
    Open,
    Complete,
    Abandoned,
}

/// <summary>One file of an upload: the path that the sender gives it, and its size in bytes.</summary>
public sealed record UploadFile(string Path, long Size);

/// <summary>An upload's row.</summary>
public sealed class UploadRow
{
    public required string Id { get; init; }
    public required string ProjectId { get; init; }
    public required string Intent { get; init; }
    public string? Format { get; init; }
    public required string Files { get; init; }
    public long Bytes { get; init; }
    public long PartSize { get; init; }
    public long Parts { get; init; }
    public required string State { get; init; }
    public string? JobId { get; init; }

    /// <summary>The files, in the order of their bytes.</summary>
    public List<UploadFile> ToFiles() => JsonSerializer.Deserialize<List<UploadFile>>(Files, JsonSettings.Options) ?? [];

    /// <summary>Length of part n; only the last one is shorter.</summary>
    public long LengthOf(long n) => Math.Min(PartSize, Bytes - (n * PartSize));
}

/// <summary>Statements on the <c>uploads</c> and <c>upload_parts</c> tables.</summary>
public static class UploadSql
{
    private const string Columns =
        "id AS Id, project_id AS ProjectId, intent AS Intent, format AS Format, files AS Files, bytes AS Bytes, part_size AS PartSize, parts AS Parts, state AS State, job_id AS JobId";

    /// <summary>Opens an upload.</summary>
    public static Task InsertAsync(DbSession session, TimeProvider clock, UploadRow row, string userId) =>
        session.ExecuteAsync(
            """
            INSERT INTO uploads (id, project_id, user_id, intent, format, files, bytes, part_size, parts, state, created_at, updated_at)
            VALUES (@Id, @ProjectId, @userId, @Intent, @Format, @Files, @Bytes, @PartSize, @Parts, @State, @now, @now)
            """,
            new { row.Id, row.ProjectId, userId, row.Intent, row.Format, row.Files, row.Bytes, row.PartSize, row.Parts, row.State, now = clock.Now() });

    /// <summary>One upload; null when there is none.</summary>
    public static Task<UploadRow?> FindAsync(DbSession session, string id) => session.FindAsync<UploadRow>($"SELECT {Columns} FROM uploads WHERE id = @id", new { id });

    /// <summary>The numbers of the parts that are here, in order.</summary>
    public static Task<List<long>> ReceivedAsync(DbSession session, string id) =>
        session.QueryAsync<long>("SELECT n FROM upload_parts WHERE upload_id = @id ORDER BY n", new { id });

    /// <summary>Notes a part that lies safely on disk. False when the upload no longer takes parts.</summary>
    public static async Task<bool> ReceiveAsync(DbSession session, TimeProvider clock, string id, long n, string sha256, long bytes)
    {
        if (await session.ExecuteAsync("UPDATE uploads SET updated_at = @now WHERE id = @id AND state = 'Open'", new { id, now = clock.Now() }) == 0) return false;
        await session.ExecuteAsync(
            """
            INSERT INTO upload_parts (upload_id, n, sha256, bytes) VALUES (@id, @n, @sha256, @bytes)
            ON CONFLICT (upload_id, n) DO UPDATE SET sha256 = excluded.sha256, bytes = excluded.bytes
            """,
            new { id, n, sha256, bytes });
        return true;
    }

    /// <summary>Closes an upload with the job that takes its files in.</summary>
    public static Task CompleteAsync(DbSession session, TimeProvider clock, string id, string jobId) =>
        session.ExecuteAsync("UPDATE uploads SET state = 'Complete', job_id = @jobId, updated_at = @now WHERE id = @id", new { id, jobId, now = clock.Now() });

    /// <summary>Gives up on a complete upload, unless another job than this one has it by now. True when it did.</summary>
    public static async Task<bool> GiveUpAsync(DbSession session, string id, string jobId) =>
        await session.ExecuteAsync("UPDATE uploads SET state = 'Abandoned' WHERE id = @id AND job_id = @jobId", new { id, jobId }) == 1;

    /// <summary>Gives up on uploads that got no part since <paramref name="before"/>.</summary>
    public static Task<int> AbandonAsync(DbSession session, long before) =>
        session.ExecuteAsync("UPDATE uploads SET state = 'Abandoned' WHERE state = 'Open' AND updated_at < @before", new { before });

    /// <summary>The uploads whose bytes are still of use: open ones, and complete ones whose job has not succeeded and may be run again, or that were looked at and may be imported.</summary>
    public static async Task<HashSet<string>> NeededAsync(DbSession session, long endedBefore) =>
    [
        .. await session.QueryAsync<string>(
            """
            SELECT u.id FROM uploads u LEFT JOIN jobs j ON j.id = u.job_id
            WHERE u.state = 'Open' OR (u.state = 'Complete' AND (j.state <> 'Succeeded' OR j.kind = @PreviewKind) AND (j.finished_at IS NULL OR j.finished_at >= @endedBefore))
            """,
            new { endedBefore, ImportQueue.PreviewKind }),
    ];
}
