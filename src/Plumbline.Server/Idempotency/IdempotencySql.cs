using Plumbline.Server.Storage;

namespace Plumbline.Server.Idempotency;

/// <summary>A key's row; status 0 while its request runs, 1 when it was done and its answer is not here (yet).</summary>
public sealed class IdempotencyRow
{
    public required string RequestHash { get; init; }
    public long Status { get; init; }
    public required string Answer { get; init; }
}

/// <summary>Statements on the <c>idempotency_keys</c> table.</summary>
internal static class IdempotencySql
{
    private static readonly long Kept = (long)TimeSpan.FromDays(1).TotalMilliseconds;
    private static readonly long Abandoned = (long)TimeSpan.FromMinutes(1).TotalMilliseconds;

    /// <summary>Reserves a key that is free; otherwise returns who has it. Forgets what is older than a day on the way.</summary>
    internal static async Task<(IdempotencyRow Row, bool Reserved)> ReserveAsync(DbSession session, string userId, string key, string requestHash, long now)
    {
        await session.ExecuteAsync(
            "DELETE FROM idempotency_keys WHERE user_id = @userId AND (at < @old OR (status = 0 AND at < @abandoned))", new { userId, old = now - Kept, abandoned = now - Abandoned });
        var reserved = await session.ExecuteAsync(
            "INSERT INTO idempotency_keys (user_id, key, request_hash, status, answer, at) VALUES (@userId, @key, @requestHash, 0, '', @now) ON CONFLICT (user_id, key) DO NOTHING",
            new { userId, key, requestHash, now }) == 1;
        var row = await session.FindAsync<IdempotencyRow>(
            "SELECT request_hash AS RequestHash, status AS Status, answer AS Answer FROM idempotency_keys WHERE user_id = @userId AND key = @key", new { userId, key });
        return (row ?? throw new InvalidOperationException("The key was not stored."), reserved);
    }

    /// <summary>Notes that the request has done something, in the transaction in which it does.</summary>
    internal static Task MarkDoneAsync(DbSession session, string userId, string key) =>
        session.ExecuteAsync("UPDATE idempotency_keys SET status = 1 WHERE user_id = @userId AND key = @key AND status = 0", new { userId, key });

    /// <summary>Stores the answer.</summary>
    internal static Task FillAsync(DbSession session, string userId, string key, int status, string answer, long now) =>
        session.ExecuteAsync("UPDATE idempotency_keys SET status = @status, answer = @answer, at = @now WHERE user_id = @userId AND key = @key", new { userId, key, status, answer, now });

    /// <summary>Frees a key whose request failed without having done anything.</summary>
    internal static Task ReleaseAsync(DbSession session, string userId, string key) =>
        session.ExecuteAsync("DELETE FROM idempotency_keys WHERE user_id = @userId AND key = @key AND status = 0", new { userId, key });
}
