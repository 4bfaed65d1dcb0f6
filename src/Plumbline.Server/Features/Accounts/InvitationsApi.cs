using Microsoft.AspNetCore.Http.HttpResults;
using Plumbline.Server.Features.Audit;
using Plumbline.Server.Features.Projects;
using Plumbline.Server.Security;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Accounts;

/// <summary>Inviting people by single-use links.</summary>
public static class InvitationsApi
{
    /// <summary>Whom to invite: into a project with a role, or (administrators only) into the installation.</summary>
    public sealed record NewInvitation(string Email, string? ProjectId = null, ProjectRole? Role = null, bool Admin = false);

    /// <summary>An open invitation.</summary>
    public sealed record Invitation(
        string Id, string Email, string? ProjectId, string? ProjectName, ProjectRole? Role, bool Admin, string InvitedBy, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt);

    /// <summary>A new invitation with its link, which is shown this once.</summary>
    public sealed record IssuedInvitation(string Id, string Url, string Email, string? ProjectId, ProjectRole? Role, bool Admin, DateTimeOffset ExpiresAt);

    /// <summary>Open invitations, newest first.</summary>
    public sealed record InvitationList(IReadOnlyList<Invitation> Items);

    /// <summary>Maps the routes.</summary>
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/invitations", Create).Allow(Access.SignedIn).WithName("CreateInvitation");
        api.MapGet("/invitations", ListAll).Allow(Access.Admin).WithName("ListInvitations");
        api.MapGet("/projects/{projectId}/invitations", ListOfProject).Allow(ProjectRole.Manager).WithName("ListProjectInvitations");
        api.MapDelete("/invitations/{invitationId}", Revoke).Allow(Access.SignedIn).WithName("RevokeInvitation");
    }

    private static async Task<Results<Created<IssuedInvitation>, ProblemHttpResult>> Create(
        NewInvitation invitation, HttpContext context, Caller caller, Database database, TimeProvider clock)
    {
        if (EmailAddress.Fault(invitation.Email) is { } fault) return TextRules.Invalid(fault, "/email").ToResult();
        if (invitation.ProjectId is null != invitation.Role is null) return TextRules.Invalid("Give a project together with a role.", "/role").ToResult();
        return await database.WriteAsync<Results<Created<IssuedInvitation>, ProblemHttpResult>>(async session =>
        {
            if (await RefusalAsync(session, caller, invitation) is { } refusal) return refusal;
            var link = new NewLink(LinkKind.Invitation, invitation.Email.Trim(), null, invitation.ProjectId, invitation.Role, invitation.Admin, Links.InvitationLifetime);
            var (row, code) = await LinkSql.AddAsync(session, clock, link, caller.UserId);
            await AuditLog.WriteAsync(session, clock, caller.UserId, row.ProjectId, "invitation.create", row.Id, new { row.Email, invitation.Role, invitation.Admin });
            var issued = new IssuedInvitation(row.Id, Links.Invitation(context.Request, code), row.Email, row.ProjectId, invitation.Role, invitation.Admin, row.ExpiresAt.ToTime());
            return TypedResults.Created((string?)null, issued);
        });
    }

    private static async Task<InvitationList> ListAll(Database database, TimeProvider clock, CancellationToken cancellation) =>
        ToList(await database.ReadAsync(session => LinkSql.OpenInvitationsAsync(session, null, clock.Now()), cancellation));

    private static async Task<InvitationList> ListOfProject(string projectId, Database database, TimeProvider clock, CancellationToken cancellation) =>
        ToList(await database.ReadAsync(session => LinkSql.OpenInvitationsAsync(session, projectId, clock.Now()), cancellation));

    private static async Task<Results<NoContent, ProblemHttpResult>> Revoke(string invitationId, Caller caller, Database database, TimeProvider clock) =>
        await database.WriteAsync<Results<NoContent, ProblemHttpResult>>(async session =>
        {
            var link = await LinkSql.FindAsync(session, invitationId);
            if (link is not { Kind: nameof(LinkKind.Invitation) } || !await MayManageAsync(session, caller, link.ProjectId)) return Problems.NotFound("invitation");
            if (!await LinkSql.RevokeAsync(session, link.Id, clock.Now())) return Links.Spent();
            await AuditLog.WriteAsync(session, clock, caller.UserId, link.ProjectId, "invitation.revoke", link.Id, new { link.Email });
            return TypedResults.NoContent();
        });

    private static async Task<ProblemHttpResult?> RefusalAsync(DbSession session, Caller caller, NewInvitation invitation)
    {
        if (caller.IsAdmin) return invitation.ProjectId is null || await ProjectSql.ExistsAsync(session, invitation.ProjectId) ? null : Problems.NotFound("project");
        if (invitation.ProjectId is null || invitation.Admin) return Problems.Of(403, "forbidden", "Only administrators may invite people into the installation itself.");
        return await MemberSql.RoleAsync(session, invitation.ProjectId, caller.UserId) switch
        {
            null => Problems.NotFound("project"),
            < ProjectRole.Manager => Problems.Of(403, "forbidden", "Only managers and owners may invite people."),
            ProjectRole.Manager when invitation.Role == ProjectRole.Owner => Problems.Of(403, "forbidden", "Only an owner may make others owners."),
            _ => null,
        };
    }

    private static async Task<bool> MayManageAsync(DbSession session, Caller caller, string? projectId) =>
        caller.IsAdmin || (projectId is not null && await MemberSql.RoleAsync(session, projectId, caller.UserId) >= ProjectRole.Manager);

    private static InvitationList ToList(List<LinkRow> rows) =>
        new(rows.Select(row => new Invitation(
            row.Id, row.Email, row.ProjectId, row.ProjectName, (ProjectRole?)row.Role, row.Admin == 1, row.CreatedByName ?? "", row.CreatedAt.ToTime(), row.ExpiresAt.ToTime())).ToList());
}
