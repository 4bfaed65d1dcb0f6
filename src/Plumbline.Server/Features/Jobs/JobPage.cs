using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Jobs;

/// <summary>A page of jobs, newest first.</summary>
public sealed record JobPage(IReadOnlyList<Job> Items, string? Next)
{
    private const int DefaultLimit = 100;
    private const int MaxLimit = 1_000;

    /// <summary>Reads the page after a cursor; the first without one.</summary>
    internal static async Task<JobPage> ReadAsync(DbSession session, string? projectId, string? kind, string? cursor, int? limit)
    {
        var size = Math.Clamp(limit ?? DefaultLimit, 1, MaxLimit);
        var rows = await JobSql.ListAsync(session, projectId, kind, cursor, size + 1);
        return new JobPage([.. rows.Take(size).Select(row => row.ToJob())], rows.Count > size ? rows[size - 1].Id : null);
    }
}
