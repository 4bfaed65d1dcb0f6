using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Plumbline.Server.Features.Audit;
using Plumbline.Server.Security;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Accounts;

/// <summary>Signing in and out, and one's own account.</summary>
public static class SessionApi
{
    /// <summary>What a person signs in with.</summary>
    public sealed record Credentials(string Email, string Password, bool Remember = false);

    /// <summary>Who is signed in (null for nobody), and the token for the header <c>X-CSRF-TOKEN</c>. Ask again after signing in.</summary>
    public sealed record Session(Me? User, string AntiForgeryToken);

    /// <summary>What a person may change about themselves.</summary>
    public sealed record AccountChange(string Name);

    /// <summary>The old and the new password.</summary>
    public sealed record PasswordChange(string Current, string New);

    /// <summary>Maps the routes.</summary>
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/session", Get).Allow(Access.Anyone).WithName("GetSession");
        api.MapPost("/session", Create).Allow(Access.Anyone).WithName("SignIn");
        api.MapDelete("/session", Delete).Allow(Access.Session).WithName("SignOut");
        api.MapPut("/account", Rename).Allow(Access.Session).WithName("UpdateAccount");
        api.MapPut("/account/password", ChangePassword).Allow(Access.Session).WithName("ChangePassword");
    }

    private static async Task<Session> Get(HttpContext context, Caller? caller, IAntiforgery antiforgery, Database database)
    {
        var user = caller is null ? null : await database.ReadAsync(session => UserSql.FindAsync(session, caller.UserId));
        return new Session(user?.ToMe(), antiforgery.GetAndStoreTokens(context).RequestToken!); // set for every request that is not a form
    }

    private static async Task<Results<Ok<Me>, ProblemHttpResult>> Create(Credentials credentials, HttpContext context, SignIn signIn)
    {
        var (user, refusal) = await signIn.CheckAsync(context, credentials.Email, credentials.Password);
        if (user is null) return refusal!; // one of the two is set
        await SessionCookie.SignInAsync(context, user, credentials.Remember);
        return TypedResults.Ok(user.ToMe());
    }

    private static async Task<NoContent> Delete(HttpContext context, ILogger<SignIn> log, Caller caller)
    {
        await context.SignOutAsync(SessionCookie.Scheme);
        log.LogInformation("{UserId} signed out", caller.UserId);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<Me>> Rename(AccountChange change, Caller caller, Database database, TimeProvider clock)
    {
        var name = TextRules.Name(change.Name, "/name");
        var user = await database.WriteAsync(async session =>
        {
            await UserSql.RenameAsync(session, caller.UserId, name);
            await AuditLog.WriteAsync(session, clock, caller.UserId, null, "account.rename", caller.UserId, new { name });
            return await UserSql.FindAsync(session, caller.UserId);
        });
        return TypedResults.Ok(user!.ToMe()); // the session was checked against this row
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> ChangePassword(
        PasswordChange change, HttpContext context, Caller caller, SignIn signIn, Passwords passwords, Database database, TimeProvider clock)
    {
        var me = await database.ReadAsync(session => UserSql.FindAsync(session, caller.UserId));
        var (user, refusal) = await signIn.CheckAsync(context, me!.Email, change.Current); // the session was checked against this row
        if (user is null) return refusal!.StatusCode == 401 ? TextRules.Invalid("The current password is not right.", "/current").ToResult() : refusal;
        if (Passwords.Fault(change.New, user.Email) is { } weak) return Problems.Of(422, "weak-password", weak, new ProblemError(weak, "/new"));

        var hash = passwords.Hash(change.New);
        var changed = await database.WriteAsync(async session =>
        {
            await UserSql.SetPasswordAsync(session, user.Id, hash);
            await AuditLog.WriteAsync(session, clock, user.Id, null, "account.password", user.Id);
            return await UserSql.FindAsync(session, user.Id);
        });
        await SessionCookie.SignInAsync(context, changed!, remember: true); // every other session has just ended
        return TypedResults.NoContent();
    }
}
