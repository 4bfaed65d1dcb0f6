using Microsoft.AspNetCore.Http.HttpResults;
using Plumbline.Server.Security;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Accounts;

/// <summary>Checks an e-mail address and a password without telling more than needed: unknown people take the same time and get the same answers.</summary>
public sealed class SignIn(Database database, Passwords passwords, AttemptLimiter limiter, ServerOptions options, TimeProvider clock)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>The person when address and password fit; otherwise the answer to give.</summary>
    public async Task<(UserRow? User, ProblemHttpResult? Refusal)> CheckAsync(HttpContext context, string email, string password)
    {
        var address = "sign-in " + context.Connection.RemoteIpAddress;
        if (limiter.TryTake(address, options.AttemptsPerMinute, Minute) is { } wait) return (null, TooMany(context, wait));

        var user = TextRules.IsPlain(email) ? await database.ReadAsync(session => UserSql.FindByEmailAsync(session, email), context.RequestAborted) : null;
        if (user is not null && SignInLock.Remaining(user.LockedUntil, clock.Now()) is { } locked) return (null, Locked(context, locked));

        if (!passwords.Fits(user?.PasswordHash, password)) return (null, await WrongAsync(context, user, email));
        if (user!.IsDisabled) return (null, Problems.Of(403, "account-closed", "This account was closed. Ask an administrator of this installation.")); // a password fits only when there is a user

        limiter.GiveBack(address);
        await database.WriteAsync(session => UserSql.SignedInAsync(session, user.Id, clock.Now()));
        return (user, null);
    }

    /// <summary>Refuses whoever guesses codes of links; null when the attempt may go ahead.</summary>
    public ProblemHttpResult? LimitGuess(HttpContext context) =>
        limiter.TryTake("code " + context.Connection.RemoteIpAddress, options.AttemptsPerMinute, Minute) is { } wait ? TooMany(context, wait) : null;

    /// <summary>Takes a guess back that was none.</summary>
    public void NotAGuess(HttpContext context) => limiter.GiveBack("code " + context.Connection.RemoteIpAddress);

    private async Task<ProblemHttpResult> WrongAsync(HttpContext context, UserRow? user, string email)
    {
        if (user is null)
        {
            if (limiter.TryTake("unknown " + EmailAddress.Key(email), SignInLock.Failures, SignInLock.After(SignInLock.Failures)!.Value) is { } wait) return Locked(context, wait); // the first lock has a length
        }
        else
        {
            await database.WriteAsync(async session =>
            {
                if (SignInLock.After(await UserSql.FailedAsync(session, user.Id)) is { } length) await UserSql.LockAsync(session, user.Id, clock.Now() + (long)length.TotalMilliseconds);
            });
        }

        return Problems.Of(401, "sign-in", "E-mail address and password do not fit.");
    }

    private static ProblemHttpResult Locked(HttpContext context, TimeSpan wait) =>
        Problems.Later(context.Response, wait, "locked", $"Too many wrong passwords. Try again in {Minutes(wait)}, or ask for a link to set a new password.");

    private static ProblemHttpResult TooMany(HttpContext context, TimeSpan wait) =>
        Problems.Later(context.Response, wait, "too-many-attempts", $"Too many attempts from your address. Try again in {Minutes(wait)}.");

    private static string Minutes(TimeSpan wait) => wait <= Minute ? "a minute" : $"{Math.Ceiling(wait.TotalMinutes):0} minutes";
}
