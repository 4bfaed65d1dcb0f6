using Plumbline.Server.Features.Jobs;
using Plumbline.Server.Security;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Imports;

/// <summary>What became of imported files, file by file.</summary>
public static class ReportsApi
{
    private const int IssuesShown = 100;
    private const int ReportsShown = 50;
    private const int MaxLimit = 1_000;

    /// <summary>Something a job has to say about one item.</summary>
    public sealed record Issue(string Item, string Severity, string Code, string Field, string Message);

    /// <summary>The report of one ingest or import that has ended.</summary>
    public sealed record Report(string JobId, string Kind, JobState State, DateTimeOffset FinishedAt, long Added, long Duplicates, long Refused, IReadOnlyList<Issue> Issues, long IssueCount);

    /// <summary>The newest reports of a project, newest first; or the one of a job.</summary>
    public sealed record ReportList(IReadOnlyList<Report> Items);

    /// <summary>A page of issues.</summary>
    public sealed record IssuePage(IReadOnlyList<Issue> Items, string? Next, long Count);

    /// <summary>Maps the routes.</summary>
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/projects/{projectId}/reports", List).Allow(ProjectRole.Viewer).WithName("ListReports");
        api.MapGet("/jobs/{jobId}/issues", ListIssues).Allow(ProjectRole.Viewer).WithName("ListJobIssues");
    }

    private static Task<ReportList> List(string projectId, string? jobId, Database database, CancellationToken cancellation) =>
        database.ReadAsync(
            async session =>
            {
                var jobs = await session.QueryAsync<(string Id, string Kind, string State, long FinishedAt)>(
                    """
                    SELECT id, kind, state, finished_at FROM jobs
                    WHERE project_id = @projectId AND kind IN (@IngestKind, @DatasetKind) AND finished_at IS NOT NULL AND (CAST(@jobId AS TEXT) IS NULL OR id = @jobId) ORDER BY id DESC LIMIT @ReportsShown
                    """,
                    new { projectId, jobId, ImportQueue.IngestKind, ImportQueue.DatasetKind, ReportsShown });
                var reports = new List<Report>(jobs.Count);
                foreach (var job in jobs)
                {
                    var counts = await IngestSql.CountAsync(session, job.Id);
                    var issues = await IssuesAsync(session, job.Id, -1, IssuesShown);
                    reports.Add(new Report(
                        job.Id, job.Kind, Enum.Parse<JobState>(job.State), job.FinishedAt.ToTime(), counts.Added, counts.Duplicates, counts.Refused,
                        [.. issues.Select(issue => issue.ToIssue())], await IssueCountAsync(session, job.Id)));
                }

                return new ReportList(reports);
            },
            cancellation);

    private static Task<IssuePage> ListIssues(string jobId, long? cursor, int? limit, Database database, CancellationToken cancellation) =>
        database.ReadAsync(
            async session =>
            {
                var size = Math.Clamp(limit ?? IssuesShown, 1, MaxLimit);
                var rows = await IssuesAsync(session, jobId, cursor ?? -1, size + 1);
                var next = rows.Count > size ? rows[size - 1].Ordinal.ToString(System.Globalization.CultureInfo.InvariantCulture) : null;
                return new IssuePage([.. rows.Take(size).Select(row => row.ToIssue())], next, await IssueCountAsync(session, jobId));
            },
            cancellation);

    private static Task<List<IssueRow>> IssuesAsync(DbSession session, string jobId, long after, int limit) =>
        session.QueryAsync<IssueRow>(
            """
            SELECT ordinal AS Ordinal, item AS Item, severity AS Severity, code AS Code, field AS Field, message AS Message
            FROM job_issues WHERE job_id = @jobId AND ordinal > @after ORDER BY ordinal LIMIT @limit
            """,
            new { jobId, after, limit });

    private static Task<long> IssueCountAsync(DbSession session, string jobId) => session.ScalarAsync<long>("SELECT COUNT(*) FROM job_issues WHERE job_id = @jobId", new { jobId });

    private sealed class IssueRow
    {
        public long Ordinal { get; init; }
        public required string Item { get; init; }
        public required string Severity { get; init; }
        public required string Code { get; init; }
        public required string Field { get; init; }
        public required string Message { get; init; }

        internal Issue ToIssue() => new(Item, Severity, Code, Field, Message);
    }
}
