using Microsoft.AspNetCore.Http.HttpResults;
using Plumbline.Server.Features.Accounts;
using Plumbline.Server.Features.Audit;
using Plumbline.Server.Features.Events;
using Plumbline.Server.Security;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Projects;

/// <summary>Who belongs to a project, as what.</summary>
public static class MembersApi
{
    /// <summary>A person in a project.</summary>
    public sealed record Member(string UserId, string Name, string Email, ProjectRole Role, DateTimeOffset AddedAt);

    /// <summary>Everybody in a project, owners first.</summary>
    public sealed record MemberList(IReadOnlyList<Member> Items);

    /// <summary>The role to give.</summary>
    public sealed record RoleChange(ProjectRole Role);

    /// <summary>Maps the routes.</summary>
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/projects/{projectId}/members", List).Allow(ProjectRole.Viewer).WithName("ListMembers");
        api.MapPut("/projects/{projectId}/members/{userId}", Set).Allow(ProjectRole.Manager).WithName("SetMember");
        api.MapDelete("/projects/{projectId}/members/{userId}", Remove).Allow(Access.InProject(ProjectRole.Viewer) with { Scope = TokenScope.Manage }).WithName("RemoveMember");
    }

    private static async Task<MemberList> List(string projectId, Database database, CancellationToken cancellation) =>
        new((await database.ReadAsync(session => MemberSql.ListAsync(session, projectId), cancellation)).ConvertAll(ToMember));

    private static async Task<Results<Ok<Member>, ProblemHttpResult>> Set(string userId, RoleChange change, Caller caller, Database database, EventBus events, TimeProvider clock) =>
        await database.WriteAsync<Results<Ok<Member>, ProblemHttpResult>>(async session =>
        {
            var present = await MemberSql.FindAsync(session, caller.Project, userId);
            var known = present is not null || (caller.IsAdmin && await UserSql.FindAsync(session, userId) is not null);
            if (!known) return Problems.NotFound("member");
            if (await RefusalAsync(session, caller, present, change.Role) is { } refusal) return refusal;
            session.AfterCommit(events.AccessChanged);
            await MemberSql.SetAsync(session, caller.Project, userId, change.Role, caller.UserId, clock.Now());
            await AuditLog.WriteAsync(session, clock, caller.UserId, caller.Project, "member.role", userId, new { From = (ProjectRole?)present?.Role, To = change.Role });
            var member = await MemberSql.FindAsync(session, caller.Project, userId);
            return TypedResults.Ok(ToMember(member!)); // set above, in this transaction
        });

    /// <summary>Managers remove others; everybody may leave.</summary>
    private static async Task<Results<NoContent, ProblemHttpResult>> Remove(string userId, Caller caller, Database database, EventBus events, TimeProvider clock) =>
        await database.WriteAsync<Results<NoContent, ProblemHttpResult>>(async session =>
        {
            if (caller.Role < ProjectRole.Manager && userId != caller.UserId) return Problems.Of(403, "forbidden", "Only managers and owners may remove others from the project.");
            if (await MemberSql.FindAsync(session, caller.Project, userId) is not { } member) return Problems.NotFound("member");
            if (await RefusalAsync(session, caller, member, null) is { } refusal) return refusal;
            session.AfterCommit(events.AccessChanged);
            await MemberSql.RemoveAsync(session, caller.Project, userId);
            await AuditLog.WriteAsync(session, clock, caller.UserId, caller.Project, "member.remove", userId, new { member.Email, Role = (ProjectRole)member.Role });
            return TypedResults.NoContent();
        });

    /// <summary>Only owners touch owners, and the last one stays.</summary>
    private static async Task<ProblemHttpResult?> RefusalAsync(DbSession session, Caller caller, MemberRow? present, ProjectRole? wanted)
    {
        var isOwner = present?.Role == (long)ProjectRole.Owner;
        if ((isOwner || wanted == ProjectRole.Owner) && caller.Role < ProjectRole.Owner) return Problems.Of(403, "forbidden", "Only an owner may change who is an owner.");
        return isOwner && wanted != ProjectRole.Owner && await MemberSql.CountOwnersAsync(session, caller.Project) == 1
            ? Problems.Conflict("last-owner", $"{present!.Name} is the last owner of this project. Make somebody else an owner first.") // isOwner means present
            : null;
    }

    private static Member ToMember(MemberRow row) => new(row.UserId, row.Name, row.Email, (ProjectRole)row.Role, row.AddedAt.ToTime());
}
