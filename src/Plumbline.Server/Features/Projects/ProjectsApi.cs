using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Plumbline.Core.Ontologies;
using Plumbline.Server.Description;
using Plumbline.Server.Features.Audit;
using Plumbline.Server.Features.Events;
using Plumbline.Server.Features.Ontologies;
using Plumbline.Server.Security;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Projects;

/// <summary>Pictures of a project by state (they add up to <c>images</c>), and its annotations.</summary>
public sealed record ProjectCounts(long Images, long New, long InProgress, long Done, long Annotations);

/// <summary>A project in a list.</summary>
public sealed record ProjectSummary(
    string Id, string Name, string Description, ProjectRole Role, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, ProjectCounts Counts, string? CoverImageId);

/// <summary>A project.</summary>
public sealed record Project(
    string Id, string Name, string Description, ProjectRole Role, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, ProjectCounts Counts, string? CoverImageId,
    string Etag, JsonElement Settings);

/// <summary>Projects: the unit of people, pictures and ontology.</summary>
public static class ProjectsApi
{
    private const int DescriptionLength = 10_000;

    /// <summary>The projects one may see, last changed first.</summary>
    public sealed record ProjectPage(IReadOnlyList<ProjectSummary> Items, string? Next);

    /// <summary>Name and description, to make a project or change one.</summary>
    public sealed record ProjectText(string Name, string Description = "");

    /// <summary>The project's name, typed again as a confirmation.</summary>
    public sealed record ProjectDeletion(string Name);

    /// <summary>Maps the routes.</summary>
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/projects", List).Allow(Access.SignedIn).WithName("ListProjects");
        api.MapPost("/projects", Create).Allow(Access.SignedIn).WithName("CreateProject");
        api.MapGet("/projects/{projectId}", Get).Allow(ProjectRole.Viewer).WithName("GetProject");
        api.MapPut("/projects/{projectId}", Update).Allow(ProjectRole.Manager).WithMetadata(new NeedsIfMatch()).WithName("UpdateProject");
        api.MapDelete("/projects/{projectId}", Delete).Allow(ProjectRole.Owner).WithName("DeleteProject");
    }

    private static Task<ProjectPage> List(Caller caller, Database database, CancellationToken cancellation) =>
        database.ReadAsync(
            async session =>
            {
                var rows = await ProjectSql.ListAsync(session, caller.UserId, caller.IsAdmin);
                var counts = (await ProjectSql.CountAsync(session, null, caller.UserId, caller.IsAdmin)).ToDictionary(row => row.ProjectId);
                return new ProjectPage(rows.ConvertAll(row => Summary(row, counts.GetValueOrDefault(row.Id), caller)), null);
            },
            cancellation);

    private static async Task<Created<ProjectSummary>> Create(ProjectText project, Caller caller, Database database, EventBus events, TimeProvider clock)
    {
        var (name, description) = Check(project);
        var summary = await database.WriteAsync(async session =>
        {
            var id = await ProjectSql.AddAsync(session, clock, name, description, caller.UserId);
            session.AfterCommit(events.AccessChanged);
            await OntologySql.AddAsync(session, clock, id, 1, Ontology.Empty, "", caller.UserId);
            await AuditLog.WriteAsync(session, clock, caller.UserId, id, "project.create", id, new { name });
            return Summary(await RowAsync(session, id, caller), null, caller);
        });
        return TypedResults.Created($"/api/projects/{summary.Id}", summary);
    }

    private static async Task<Project> Get(Caller caller, HttpResponse response, Database database, CancellationToken cancellation)
    {
        var (project, revision) = await database.ReadAsync(session => LoadAsync(session, caller), cancellation);
        ETags.Set(response, revision);
        return project;
    }

    private static async Task<Results<Ok<Project>, ProblemHttpResult>> Update(ProjectText change, Caller caller, HttpContext context, Database database, TimeProvider clock)
    {
        var (name, description) = Check(change);
        var seen = ETags.Required(context.Request);
        var loaded = await database.WriteAsync<(Project Project, long Revision)?>(async session =>
        {
            if (!await ProjectSql.UpdateAsync(session, caller.Project, name, description, seen, clock.Now())) return null;
            await AuditLog.WriteAsync(session, clock, caller.UserId, caller.Project, "project.update", caller.Project, new { name });
            return await LoadAsync(session, caller);
        });
        if (loaded is not var (project, revision)) return Problems.Stale("project");
        ETags.Set(context.Response, revision);
        return TypedResults.Ok(project);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Delete([FromBody] ProjectDeletion deletion, Caller caller, Database database, TimeProvider clock) =>
        await database.WriteAsync<Results<NoContent, ProblemHttpResult>>(async session =>
        {
            var row = await RowAsync(session, caller.Project, caller);
            if (deletion.Name.Trim() != row.Name) return Problems.Of(422, "name-mismatch", "The name does not match. Type the project's name as it is.", new ProblemError("This is not the project's name.", "/name"));
            await ProjectSql.DeleteAsync(session, row.Id, clock.Now());
            await AuditLog.WriteAsync(session, clock, caller.UserId, row.Id, "project.delete", row.Id, new { row.Name });
            return TypedResults.NoContent();
        });

    private static (string Name, string Description) Check(ProjectText text) => (TextRules.Name(text.Name, "/name"), TextRules.Prose(text.Description, DescriptionLength, "/description"));

    private static async Task<(Project Project, long Revision)> LoadAsync(DbSession session, Caller caller)
    {
        var row = await RowAsync(session, caller.Project, caller);
        var counts = (await ProjectSql.CountAsync(session, row.Id, caller.UserId, caller.IsAdmin)).SingleOrDefault();
        var summary = Summary(row, counts, caller);
        var project = new Project(
            summary.Id, summary.Name, summary.Description, summary.Role, summary.CreatedAt, summary.UpdatedAt, summary.Counts, summary.CoverImageId,
            ETags.Of(row.Revision), JsonSerializer.Deserialize<JsonElement>(row.Settings));
        return (project, row.Revision);
    }

    private static async Task<ProjectRow> RowAsync(DbSession session, string id, Caller caller) =>
        await ProjectSql.FindAsync(session, id, caller.UserId) ?? throw new ProblemException(404, "not-found", "There is no such project, or it was not shared with you.");

    private static ProjectSummary Summary(ProjectRow row, ProjectCountRow? counts, Caller caller) =>
        new(
            row.Id, row.Name, row.Description, caller.IsAdmin ? ProjectRole.Owner : (ProjectRole)(row.Role ?? (long)ProjectRole.Viewer), row.CreatedAt.ToTime(), row.UpdatedAt.ToTime(),
            counts is null ? new ProjectCounts(0, 0, 0, 0, 0) : new ProjectCounts(counts.Images, counts.Images - counts.InProgress - counts.Done, counts.InProgress, counts.Done, counts.Annotations),
            row.CoverImageId);
}
