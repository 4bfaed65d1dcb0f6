using System.Reflection;
using Microsoft.AspNetCore.Http.HttpResults;
using Plumbline.Server.Features.Audit;
using Plumbline.Server.Security;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Accounts;

/// <summary>The first run: the one who reads the server's console becomes its owner.</summary>
public static class SetupApi
{
    /// <summary>Whether the installation has nobody yet.</summary>
    public sealed record SetupState(bool NeedsOwner, string Version);

    /// <summary>The first owner, with the code from the console.</summary>
    public sealed record FirstOwner(string Code, string Email, string Name, string Password);

    /// <summary>Version of this program.</summary>
    public static string Version { get; } =
        typeof(SetupApi).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0.0.0";

    /// <summary>Maps the routes.</summary>
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/setup", Get).Allow(Access.Anyone).WithName("GetSetup");
        api.MapPost("/setup", Create).Allow(Access.Anyone).WithName("CreateFirstOwner");
    }

    private static async Task<SetupState> Get(Database database, CancellationToken cancellation) =>
        new(!await database.ReadAsync(UserSql.AnyAsync, cancellation), Version);

    private static async Task<Results<Ok<Me>, ProblemHttpResult>> Create(
        FirstOwner owner, HttpContext context, SetupCode code, SignIn signIn, Passwords passwords, Database database, TimeProvider clock)
    {
        if (await database.ReadAsync(UserSql.AnyAsync)) return AlreadyDone();
        if (signIn.LimitGuess(context) is { } tooMany) return tooMany;
        if (!code.Fits(owner.Code)) return Problems.Of(403, "setup-code", "This is not the code that the server printed when it started.");
        signIn.NotAGuess(context);
        var account = NewAccount.From(owner.Email, owner.Name, owner.Password);

        var hash = passwords.Hash(account.Password);
        var user = await database.WriteAsync(async session =>
        {
            if (await UserSql.AnyAsync(session)) return null;
            var added = await UserSql.AddAsync(session, clock, account.Email, account.Name, hash, admin: true);
            await AuditLog.WriteAsync(session, clock, added.Id, null, "installation.setup", added.Id, new { added.Email });
            session.AfterCommit(code.Clear);
            return added;
        });
        if (user is null) return AlreadyDone();
        await SessionCookie.SignInAsync(context, user, remember: true);
        return TypedResults.Ok(user.ToMe());
    }

    private static ProblemHttpResult AlreadyDone() => Problems.Conflict("already-set-up", "This installation has an owner already. Sign in, or ask for an invitation.");
}
