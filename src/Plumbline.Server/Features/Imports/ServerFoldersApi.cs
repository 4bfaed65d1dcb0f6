using Microsoft.AspNetCore.Http.HttpResults;
using Plumbline.Server.Features.Jobs;
using Plumbline.Server.Security;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Imports;

/// <summary>Imports from folders of the server's machine.</summary>
public static class ServerFoldersApi
{
    /// <summary>The names of the roots that may be imported from.</summary>
    public sealed record FolderList(IReadOnlyList<string> Roots);

    /// <summary>What to import: a folder under a root, everything below it included.</summary>
    public sealed record NewImport(string Root, ImportIntent Intent, string? Folder = null, string? Format = null);

    /// <summary>Maps the routes.</summary>
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/server-folders", List).Allow(Access.SignedIn).WithName("ListServerFolders");
        api.MapPost("/projects/{projectId}/server-imports", Start).Allow(ProjectRole.Manager).WithName("StartServerImport");
    }

    private static async Task<Results<Ok<FolderList>, ProblemHttpResult>> List(Caller caller, ServerFolders folders, Database database, CancellationToken cancellation)
    {
        var manages = caller.IsAdmin || await database.ReadAsync(
            session => session.ScalarAsync<long>("SELECT COUNT(*) FROM members WHERE user_id = @UserId AND role >= @least", new { caller.UserId, least = (long)ProjectRole.Manager }), cancellation) > 0;
        return manages ? TypedResults.Ok(new FolderList(folders.Roots)) : Problems.Of(403, "forbidden", "Only managers of a project see the server's folders.");
    }

    private static async Task<Results<Accepted<Job>, ProblemHttpResult>> Start(
        NewImport body, Caller caller, ServerFolders folders, Database database, JobQueue jobs, CancellationToken cancellation)
    {
        var folder = body.Folder?.Trim('/') ?? "";
        if (folders.Resolve(body.Root, folder) is null) return Problems.Of(422, "no-such-folder", $"There is no folder {body.Root}/{folder} on the server.");
        var payload = new ImportPayload(null, body.Root, folder, body.Format, $"server folder {body.Root}/{folder}".TrimEnd('/'));
        var job = await database.WriteAsync(session => ImportQueue.EnqueueAsync(jobs, session, caller.Project, body.Intent, payload, caller.UserId), cancellation);
        return TypedResults.Accepted($"/api/jobs/{job.Id}", job);
    }
}
