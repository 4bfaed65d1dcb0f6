using Microsoft.AspNetCore.Http.HttpResults;
using Plumbline.Server.Features.Audit;
using Plumbline.Server.Features.Events;
using Plumbline.Server.Features.Projects;
using Plumbline.Server.Security;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Accounts;

/// <summary>Following an invitation.</summary>
public static class JoinApi
{
    /// <summary>What the invited person sees before they accept.</summary>
    public sealed record Welcome(string Email, string? ProjectName, ProjectRole? Role, string InvitedBy, bool NeedsAccount);

    /// <summary>The new account; empty when one is signed in already.</summary>
    public sealed record Acceptance(string? Name = null, string? Password = null);

    /// <summary>Maps the routes.</summary>
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/join/{code}", Get).Allow(Access.Anyone).WithName("GetInvitation");
        api.MapPost("/join/{code}", Accept).Allow(Access.Anyone).WithName("AcceptInvitation");
    }

    private static async Task<Results<Ok<Welcome>, ProblemHttpResult>> Get(string code, HttpContext context, SignIn signIn, Database database, TimeProvider clock)
    {
        if (signIn.LimitGuess(context) is { } tooMany) return tooMany;
        var (link, known) = await database.ReadAsync(async session =>
        {
            var found = await LinkSql.FindByCodeAsync(session, LinkKind.Invitation, code);
            return (found, found is not null && await UserSql.FindByEmailAsync(session, found.Email) is not null);
        });
        if (link is null || !link.IsOpenAt(clock.Now())) return Links.Spent();
        signIn.NotAGuess(context);
        return TypedResults.Ok(new Welcome(link.Email, link.ProjectName, (ProjectRole?)link.Role, link.CreatedByName ?? "", !known));
    }

    private static async Task<Results<Ok<Me>, ProblemHttpResult>> Accept(
        string code, Acceptance acceptance, HttpContext context, Caller? caller, SignIn signIn, Passwords passwords, Database database, EventBus events, TimeProvider clock)
    {
        if (signIn.LimitGuess(context) is { } tooMany) return tooMany;
        var link = await database.ReadAsync(session => LinkSql.FindByCodeAsync(session, LinkKind.Invitation, code));
        if (link is null || !link.IsOpenAt(clock.Now())) return Links.Spent();
        signIn.NotAGuess(context);

        var account = caller is null ? NewAccount.From(link.Email, acceptance.Name ?? "", acceptance.Password ?? "") : null;
        var hash = account is null ? null : passwords.Hash(account.Password);
        var (user, refusal) = await database.WriteAsync<(UserRow?, ProblemHttpResult?)>(async session =>
        {
            var known = await UserSql.FindByEmailAsync(session, link.Email);
            if (caller is null && known is not null) return (null, Problems.Conflict("account-exists", $"{link.Email} has an account already. Sign in with it, then open the link again."));
            if (caller is not null && known?.Id != caller.UserId) return (null, Problems.Conflict("other-account", $"This invitation is for {link.Email}. Sign out, then open the link again."));
            var person = known ?? await UserSql.AddAsync(session, clock, link.Email, account!.Name, hash, admin: false); // without a caller there is a new account
            session.AfterCommit(events.AccessChanged);
            return await AcceptAsync(session, clock, link, person);
        });
        if (user is null) return refusal!; // one of the two is set
        if (caller is null) await SessionCookie.SignInAsync(context, user, remember: true);
        return TypedResults.Ok(user.ToMe());
    }

    private static async Task<(UserRow?, ProblemHttpResult?)> AcceptAsync(DbSession session, TimeProvider clock, LinkRow link, UserRow person)
    {
        if (!await LinkSql.UseAsync(session, link.Id, person.Id, clock.Now())) throw new ProblemException(410, "link-spent", "This link was used already. Ask for a new one.");
        if (link.Admin == 1 && person.Admin == 0) await UserSql.SetRightsAsync(session, person.Id, disabled: false, admin: true);
        if (link.ProjectId is not null && link.Role is { } role) await MemberSql.AddOrRaiseAsync(session, link.ProjectId, person.Id, (ProjectRole)role, link.CreatedBy, clock.Now());
        await AuditLog.WriteAsync(session, clock, person.Id, link.ProjectId, "invitation.accept", link.Id, new { link.Email, Role = (ProjectRole?)link.Role });
        return (await UserSql.FindAsync(session, person.Id), null);
    }
}
