using Microsoft.AspNetCore.Http.HttpResults;
using Plumbline.Server.Features.Audit;
using Plumbline.Server.Security;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Accounts;

/// <summary>Setting a new password by a single-use link.</summary>
public static class PasswordResetApi
{
    /// <summary>Whose password the link sets.</summary>
    public sealed record PasswordReset(string Email);

    /// <summary>The new password.</summary>
    public sealed record NewPassword(string Password);

    /// <summary>Maps the routes.</summary>
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/password-resets/{code}", Get).Allow(Access.Anyone).WithName("GetPasswordReset");
        api.MapPost("/password-resets/{code}", Set).Allow(Access.Anyone).WithName("ResetPassword");
    }

    private static async Task<Results<Ok<PasswordReset>, ProblemHttpResult>> Get(string code, HttpContext context, SignIn signIn, Database database, TimeProvider clock)
    {
        if (signIn.LimitGuess(context) is { } tooMany) return tooMany;
        if (await FindOpenAsync(code, database, clock) is not { } link) return Links.Spent();
        signIn.NotAGuess(context);
        return TypedResults.Ok(new PasswordReset(link.Email));
    }

    private static async Task<Results<Ok<Me>, ProblemHttpResult>> Set(
        string code, NewPassword given, HttpContext context, SignIn signIn, Passwords passwords, Database database, TimeProvider clock)
    {
        if (signIn.LimitGuess(context) is { } tooMany) return tooMany;
        if (await FindOpenAsync(code, database, clock) is not { UserId: { } userId } link) return Links.Spent();
        signIn.NotAGuess(context);
        if (Passwords.Fault(given.Password, link.Email) is { } weak) return Problems.Of(422, "weak-password", weak, new ProblemError(weak, "/password"));

        var hash = passwords.Hash(given.Password);
        var user = await database.WriteAsync(async session =>
        {
            if (!await LinkSql.UseAsync(session, link.Id, userId, clock.Now())) return null;
            await UserSql.SetPasswordAsync(session, userId, hash);
            await AuditLog.WriteAsync(session, clock, userId, null, "account.password-reset", userId);
            return await UserSql.FindAsync(session, userId);
        });
        if (user is null) return Links.Spent();
        if (user.IsDisabled) return Problems.Of(403, "account-closed", "This account was closed. Ask an administrator of this installation.");
        await SessionCookie.SignInAsync(context, user, remember: true);
        return TypedResults.Ok(user.ToMe());
    }

    private static async Task<LinkRow?> FindOpenAsync(string code, Database database, TimeProvider clock)
    {
        var link = await database.ReadAsync(session => LinkSql.FindByCodeAsync(session, LinkKind.PasswordReset, code));
        return link is not null && link.IsOpenAt(clock.Now()) ? link : null;
    }
}
