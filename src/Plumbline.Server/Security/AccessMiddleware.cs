using System.Security.Claims;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Security;

/// <summary>Enforces what each endpoint declares by <see cref="Access"/>. What declares nothing is refused.</summary>
/// <remarks>401 without a session, 404 for a project that the caller does not belong to, 403 for one in which the role (or the token's scope) is too low.</remarks>
public sealed class AccessMiddleware(RequestDelegate next, Database database)
{
    /// <summary>How a route's key leads to its project.</summary>
    private static readonly (string Key, string Sql)[] Routes =
    [
        ("projectId", "SELECT id FROM projects WHERE id = @id AND deleted_at IS NULL"),
        ("imageId", "SELECT i.project_id FROM images i JOIN projects p ON p.id = i.project_id WHERE i.id = @id AND p.deleted_at IS NULL"),
        ("setId", "SELECT s.project_id FROM annotation_sets s JOIN projects p ON p.id = s.project_id WHERE s.id = @id AND p.deleted_at IS NULL"),
        ("uploadId", "SELECT u.project_id FROM uploads u JOIN projects p ON p.id = u.project_id WHERE u.id = @id AND p.deleted_at IS NULL"),
        ("jobId", "SELECT j.project_id FROM jobs j JOIN projects p ON p.id = j.project_id WHERE j.id = @id AND p.deleted_at IS NULL"),
    ];

    /// <summary>Answers, or lets the endpoint answer.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        var endpoint = context.GetEndpoint();
        if (endpoint is not RouteEndpoint) // no endpoint, or routing's own answer to a wrong method or content type
        {
            await next(context);
            return;
        }

        var refusal = endpoint.Metadata.GetMetadata<Access>() is { } access
            ? await CheckAsync(context, access)
            : Problems.Of(403, "forbidden", "Nobody may call this.");
        if (refusal is null) await next(context);
        else await refusal.ExecuteAsync(context);
    }

    private async Task<IResult?> CheckAsync(HttpContext context, Access access)
    {
        var user = context.User;
        if (user.Identity?.IsAuthenticated != true)
        {
            return access.AllowsAnonymous ? null : Problems.Of(401, "sign-in-needed", "Sign in to go on.");
        }

        var caller = Caller.From(user, null, null);
        if (access.Role is { } least)
        {
            var (projectId, role) = await FindRoleAsync(context, caller);
            if (projectId is null || role is null) return Problems.NotFound("thing");
            if (role < least) return Problems.Of(403, "forbidden", $"This needs the role {least.ToString().ToLowerInvariant()} in the project; yours is {role.Value.ToString().ToLowerInvariant()}.");
            caller = caller with { ProjectId = projectId, Role = role };
        }
        else if (access.NeedsAdmin && !caller.IsAdmin)
        {
            return Problems.Of(403, "forbidden", "Only administrators of this installation may do this.");
        }

        if (!ScopeAllows(user, access, context.Request.Method)) return Problems.Of(403, "scope", "The access token's scopes do not cover this.");
        context.Items[typeof(Caller)] = caller;
        return null;
    }

    private async Task<(string? ProjectId, ProjectRole? Role)> FindRoleAsync(HttpContext context, Caller caller)
    {
        foreach (var (key, sql) in Routes)
        {
            if (context.Request.RouteValues[key] is not string id) continue;
            return await database.ReadAsync<(string?, ProjectRole?)>(
                async session =>
                {
                    var projectId = await session.FindAsync<string>(sql, new { id }, context.RequestAborted);
                    if (projectId is null) return (null, null);
                    if (caller.IsAdmin) return (projectId, ProjectRole.Owner);
                    var role = await session.FindAsync<long?>(
                        "SELECT role FROM members WHERE project_id = @projectId AND user_id = @UserId", new { projectId, caller.UserId }, context.RequestAborted);
                    return (projectId, (ProjectRole?)role);
                },
                context.RequestAborted);
        }

        throw new InvalidOperationException($"The route {context.Request.Path} demands a project role and names no project.");
    }

    private static bool ScopeAllows(ClaimsPrincipal user, Access access, string method)
    {
        if (user.FindFirstValue(Caller.ScopeClaim) is not { } claim) return true;
        var scope = Enum.Parse<TokenScope>(claim);
        if (access.AllowsAnonymous) return true;
        if (access.RefusesTokens) return false;
        return scope >= (access.Scope ?? LeastScope(access, HttpMethods.IsGet(method) || HttpMethods.IsHead(method)));
    }

    private static TokenScope LeastScope(Access access, bool reads) => access switch
    {
        { NeedsAdmin: true } => TokenScope.Admin,
        { Role: ProjectRole.Owner or ProjectRole.Manager } => TokenScope.Manage,
        { Role: ProjectRole.Reviewer } => TokenScope.Review,
        { Role: ProjectRole.Annotator } => TokenScope.Annotate,
        _ when reads => TokenScope.Read,
        { Role: ProjectRole.Viewer } => TokenScope.Annotate,
        _ => TokenScope.Manage,
    };
}
