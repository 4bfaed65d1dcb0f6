using System.Text.Json;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Jobs;

/// <summary>Statements on the <c>jobs</c> table.</summary>
public static class JobSql
{
    /// <summary>How long a worker may be silent before another takes its job over.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);

    private const string Columns =
        """
        j.id AS Id, j.kind AS Kind, j.project_id AS ProjectId, j.title AS Title, j.payload AS Payload, j.state AS State, j.done AS Done, j.total AS Total,
        j.unit AS Unit, j.message AS Message, j.error AS Error, j.result AS Result, j.attempt AS Attempt, j.created_at AS CreatedAt, j.created_by AS CreatedBy,
        u.name AS CreatedByName, j.started_at AS StartedAt, j.finished_at AS FinishedAt
        """;

    private const string From = "FROM jobs j LEFT JOIN users u ON u.id = j.created_by";

    /// <summary>Puts a job into the queue, in the transaction of what asked for it.</summary>
    public static async Task<Job> EnqueueAsync(DbSession session, TimeProvider clock, string kind, string? projectId, string title, object payload, string? userId)
    {
        var id = Ids.New(clock);
        await session.ExecuteAsync(
            """
            INSERT INTO jobs (id, kind, project_id, title, payload, state, created_at, created_by)
            VALUES (@id, @kind, @projectId, @title, @payload, 'Queued', @now, @userId)
            """,
            new { id, kind, projectId, title, payload = JsonSerializer.Serialize(payload, JsonSettings.Options), now = clock.Now(), userId });
        return (await FindAsync(session, id) ?? throw new InvalidOperationException("The job was not stored.")).ToJob();
    }

    /// <summary>One job; null when there is none.</summary>
    public static Task<JobRow?> FindAsync(DbSession session, string id) =>
        session.FindAsync<JobRow>($"SELECT {Columns} {From} WHERE j.id = @id", new { id });

    /// <summary>The newest jobs of a project (or of all), optionally of one kind.</summary>
    public static Task<List<JobRow>> ListAsync(DbSession session, string? projectId, string? kind, string? before, int limit) =>
        session.QueryAsync<JobRow>(
            $"""
            SELECT {Columns} {From}
            WHERE (CAST(@projectId AS TEXT) IS NULL OR j.project_id = @projectId) AND (CAST(@kind AS TEXT) IS NULL OR j.kind = @kind)
              AND (CAST(@before AS TEXT) IS NULL OR j.id < @before)
            ORDER BY j.id DESC LIMIT @limit
            """,
            new { projectId, kind, before, limit });

    /// <summary>Takes the oldest job that waits, or whose worker has fallen silent; null when there is none.</summary>
    public static async Task<JobRow?> ClaimAsync(DbSession session, TimeProvider clock, string worker)
    {
        var now = clock.Now();
        var skipLocked = session.Engine == Engine.PostgreSql ? "FOR UPDATE SKIP LOCKED" : "";
        var id = await session.FindAsync<string>(
            $"""
            UPDATE jobs SET state = 'Running', lease_owner = @worker, lease_until = @until, attempt = attempt + 1, started_at = COALESCE(started_at, @now), error = NULL
            WHERE id = (SELECT id FROM jobs WHERE state = 'Queued' OR (state = 'Running' AND lease_until < @now) ORDER BY created_at, id LIMIT 1 {skipLocked})
            RETURNING id
            """,
            new { worker, now, until = now + (long)Lease.TotalMilliseconds });
        return id is null ? null : await FindAsync(session, id);
    }

    /// <summary>Keeps the lease and stores the progress. Null when the lease was lost; otherwise whether cancelling was asked for.</summary>
    public static async Task<bool?> HeartbeatAsync(DbSession session, TimeProvider clock, string id, string worker, JobProgress progress, string? message)
    {
        var cancel = await session.FindAsync<long?>(
            """
            UPDATE jobs SET lease_until = @until, done = @Done, total = @Total, unit = @Unit, message = @message
            WHERE id = @id AND lease_owner = @worker AND state = 'Running' RETURNING cancel_requested
            """,
            new { id, worker, until = clock.Now() + (long)Lease.TotalMilliseconds, progress.Done, progress.Total, progress.Unit, message });
        return cancel is null ? null : cancel == 1;
    }

    /// <summary>Ends a job that this worker holds. False when the lease was lost.</summary>
    public static async Task<bool> FinishAsync(DbSession session, TimeProvider clock, string id, string worker, JobState state, object? result, string? error) =>
        await session.ExecuteAsync(
            "UPDATE jobs SET state = @state, result = @result, error = @error, finished_at = @now, lease_owner = NULL, lease_until = NULL WHERE id = @id AND lease_owner = @worker",
            new { id, worker, state = state.ToString(), result = result is null ? null : JsonSerializer.Serialize(result, JsonSettings.Options), error, now = clock.Now() }) == 1;

    /// <summary>Gives a job back to the queue, because the server stops or the try failed for a passing reason.</summary>
    public static Task ReleaseAsync(DbSession session, string id, string worker, string? error) =>
        session.ExecuteAsync(
            "UPDATE jobs SET state = 'Queued', lease_owner = NULL, lease_until = NULL, error = @error WHERE id = @id AND lease_owner = @worker", new { id, worker, error });

    /// <summary>Asks for a stop: at once when the job still waits, at the next heartbeat when it runs. False when it has ended already.</summary>
    public static async Task<bool> CancelAsync(DbSession session, TimeProvider clock, string id) =>
        await session.ExecuteAsync(
            """
            UPDATE jobs SET cancel_requested = 1,
              finished_at = CASE WHEN state = 'Queued' THEN @now ELSE finished_at END,
              state = CASE WHEN state = 'Queued' THEN 'Cancelled' ELSE state END
            WHERE id = @id AND state IN ('Queued', 'Running')
            """,
            new { id, now = clock.Now() }) == 1;

    /// <summary>Queues a job again that failed or was cancelled. False when it is in another state.</summary>
    public static async Task<bool> RetryAsync(DbSession session, string id) =>
        await session.ExecuteAsync(
            "UPDATE jobs SET state = 'Queued', cancel_requested = 0, error = NULL, finished_at = NULL, attempt = 0 WHERE id = @id AND state IN ('Failed', 'Cancelled')",
            new { id }) == 1;
}
