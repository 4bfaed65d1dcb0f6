using Microsoft.AspNetCore.Http.HttpResults;
using Plumbline.Server.Features.Audit;
using Plumbline.Server.Features.Events;
using Plumbline.Server.Security;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Accounts;

/// <summary>The people of the installation, for administrators.</summary>
public static class UsersApi
{
    /// <summary>A person as administrators see them.</summary>
    public sealed record User(string Id, string Email, string Name, bool Admin, bool Disabled, DateTimeOffset CreatedAt, DateTimeOffset? LastSeenAt);

    /// <summary>Everybody, by name.</summary>
    public sealed record UserList(IReadOnlyList<User> Items);

    /// <summary>What an administrator changes; null leaves it as it is.</summary>
    public sealed record UserChange(bool? Disabled = null, bool? Admin = null);

    /// <summary>A link to set a new password, shown this once.</summary>
    public sealed record ResetLink(string Url, DateTimeOffset ExpiresAt);

    /// <summary>Maps the routes.</summary>
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/users", List).Allow(Access.Admin).WithName("ListUsers");
        api.MapPatch("/users/{userId}", Change).Allow(Access.Admin).WithName("UpdateUser");
        api.MapPost("/users/{userId}/reset-link", CreateResetLink).Allow(Access.Admin).WithName("CreateResetLink");
    }

    private static async Task<UserList> List(Database database, CancellationToken cancellation) =>
        new((await database.ReadAsync(UserSql.ListAsync, cancellation)).ConvertAll(ToUser));

    private static async Task<Results<Ok<User>, ProblemHttpResult>> Change(string userId, UserChange change, Caller caller, Database database, EventBus events, TimeProvider clock) =>
        await database.WriteAsync<Results<Ok<User>, ProblemHttpResult>>(async session =>
        {
            if (await UserSql.FindAsync(session, userId) is not { } user) return Problems.NotFound("person");
            var (disabled, admin) = (change.Disabled ?? user.IsDisabled, change.Admin ?? user.Admin == 1);
            session.AfterCommit(events.AccessChanged);
            await UserSql.SetRightsAsync(session, userId, disabled, admin);
            if (await UserSql.CountAdminsAsync(session) == 0)
            {
                throw new ProblemException(409, "last-admin", $"{user.Name} is the last administrator. Make somebody else one first.");
            }

            await AuditLog.WriteAsync(session, clock, caller.UserId, null, "user.rights", userId, new { user.Email, disabled, admin });
            var changed = await UserSql.FindAsync(session, userId);
            return TypedResults.Ok(ToUser(changed!)); // found above, in this transaction
        });

    private static async Task<Results<Ok<ResetLink>, ProblemHttpResult>> CreateResetLink(string userId, HttpContext context, Caller caller, Database database, TimeProvider clock)
    {
        var issued = await database.WriteAsync(session => PasswordResets.IssueAsync(session, clock, userId, caller.UserId));
        return issued is var (link, code) ? TypedResults.Ok(new ResetLink(Links.PasswordReset(context.Request, code), link.ExpiresAt.ToTime())) : Problems.NotFound("person");
    }

    /// <summary>A row as administrators see it.</summary>
    public static User ToUser(UserRow row) => new(row.Id, row.Email, row.Name, row.Admin == 1, row.IsDisabled, row.CreatedAt.ToTime(), row.LastSeenAt.ToTime());
}
