using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Plumbline.Server.Features.Jobs;
using Plumbline.Server.Features.Projects;
using Plumbline.Server.Security;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Audit;

/// <summary>Reading the log of changes outside of annotations.</summary>
public static class AuditApi
{
    /// <summary>One change; <c>by</c> is null for the operator at the command line.</summary>
    public sealed record AuditEntry(string Id, DateTimeOffset At, PersonRef? By, string? ProjectId, string Action, string Subject, JsonElement Detail);

    /// <summary>A page, newest first.</summary>
    public sealed record AuditPage(IReadOnlyList<AuditEntry> Items, string? Next);

    /// <summary>Maps the route.</summary>
    public static void Map(RouteGroupBuilder api) => api.MapGet("/audit", List).Allow(Access.SignedIn with { Scope = TokenScope.Manage }).WithName("ListAudit");

    /// <summary>Of one project for its managers; of everything for administrators.</summary>
    private static async Task<Results<Ok<AuditPage>, ProblemHttpResult>> List(string? projectId, string? cursor, int? limit, Caller caller, Database database, CancellationToken cancellation)
    {
        var size = Math.Clamp(limit ?? 100, 1, 1_000);
        return await database.ReadAsync<Results<Ok<AuditPage>, ProblemHttpResult>>(
            async session =>
            {
                if (await RefusalAsync(session, projectId, caller) is { } refusal) return refusal;
                var rows = await AuditLog.ListAsync(session, projectId, cursor, size + 1);
                return TypedResults.Ok(new AuditPage(rows.Take(size).Select(ToEntry).ToList(), rows.Count > size ? rows[size - 1].Id : null));
            },
            cancellation);
    }

    private static async Task<ProblemHttpResult?> RefusalAsync(DbSession session, string? projectId, Caller caller)
    {
        if (caller.IsAdmin) return null;
        if (projectId is null) return Problems.Of(403, "forbidden", "Only administrators may read the log of the whole installation. Name a project.");
        return await MemberSql.RoleAsync(session, projectId, caller.UserId) switch
        {
            null => Problems.NotFound("project"),
            < ProjectRole.Manager => Problems.Of(403, "forbidden", "Only managers and owners may read the project's log."),
            _ => null,
        };
    }

    private static AuditEntry ToEntry(AuditRow row) =>
        new(
            row.Id, row.At.ToTime(), row.UserId is null ? null : new PersonRef(row.UserId, row.UserName ?? ""), row.ProjectId, row.Action, row.Subject,
            JsonSerializer.Deserialize<JsonElement>(row.Detail));
}
