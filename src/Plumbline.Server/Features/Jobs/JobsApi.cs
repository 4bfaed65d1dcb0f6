using Microsoft.AspNetCore.Http.HttpResults;
using Plumbline.Server.Security;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Jobs;

/// <summary>Background work: what runs, how far it is, stop it, try it again.</summary>
public static class JobsApi
{
    /// <summary>Maps the routes.</summary>
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/projects/{projectId}/jobs", ListOfProject).Allow(ProjectRole.Viewer).WithName("ListProjectJobs");
        api.MapGet("/jobs", ListAll).Allow(Access.Admin).WithName("ListJobs");
        api.MapGet("/jobs/{jobId}", Get).Allow(ProjectRole.Viewer).WithName("GetJob");
        api.MapPost("/jobs/{jobId}/cancel", Cancel).Allow(ProjectRole.Manager).WithName("CancelJob");
        api.MapPost("/jobs/{jobId}/retry", Retry).Allow(ProjectRole.Manager).WithName("RetryJob");
    }

    private static Task<JobPage> ListOfProject(string projectId, string? kind, string? cursor, int? limit, Database database, CancellationToken cancellation) =>
        database.ReadAsync(session => JobPage.ReadAsync(session, projectId, kind, cursor, limit), cancellation);

    private static Task<JobPage> ListAll(string? kind, string? cursor, int? limit, Database database, CancellationToken cancellation) =>
        database.ReadAsync(session => JobPage.ReadAsync(session, null, kind, cursor, limit), cancellation);

    private static async Task<Results<Ok<Job>, ProblemHttpResult>> Get(string jobId, Database database, CancellationToken cancellation) =>
        await database.ReadAsync(session => JobSql.FindAsync(session, jobId), cancellation) is { } row ? TypedResults.Ok(row.ToJob()) : Problems.NotFound("job");

    private static async Task<Results<Ok<Job>, ProblemHttpResult>> Cancel(string jobId, Caller caller, Database database, JobQueue queue, CancellationToken cancellation) =>
        await database.WriteAsync(session => queue.CancelAsync(session, jobId, caller.UserId), cancellation) is { } job ? TypedResults.Ok(job) : Problems.Conflict("job-ended", "The job has already ended.");

    private static async Task<Results<Ok<Job>, ProblemHttpResult>> Retry(string jobId, Caller caller, Database database, JobQueue queue, CancellationToken cancellation) =>
        await database.WriteAsync(session => queue.RetryAsync(session, jobId, caller.UserId), cancellation) is { } job
            ? TypedResults.Ok(job)
            : Problems.Conflict("job-not-ended", "Only a job that failed or was cancelled can be tried again.");
}
