using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Plumbline.Server.Features.Accounts;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Security;

/// <summary>Sessions of people at a browser: a signed cookie, checked against the person's row on every request.</summary>
public static class SessionCookie
{
    /// <summary>Name of the authentication scheme.</summary>
    public const string Scheme = "session";

    private const string StampClaim = "plumbline:stamp";
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(30);
    private static readonly TimeSpan NotRemembered = TimeSpan.FromHours(12);
    private static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(5);

    /// <summary>Settings of the cookie.</summary>
    public static void Configure(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = "plumbline";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.SlidingExpiration = true;
        options.ExpireTimeSpan = NotRemembered;
        options.Events.OnValidatePrincipal = ValidateAsync;
    }

    /// <summary>Starts a session.</summary>
    /// <param name="context">The request that signs in.</param>
    /// <param name="user">The person.</param>
    /// <param name="remember">Keeps the session when the browser closes.</param>
    public static async Task SignInAsync(HttpContext context, UserRow user, bool remember)
    {
        var properties = new AuthenticationProperties { IsPersistent = remember };
        var clock = context.RequestServices.GetRequiredService<TimeProvider>();
        properties.IssuedUtc = clock.GetUtcNow();
        properties.ExpiresUtc = properties.IssuedUtc + (remember ? Remembered : NotRemembered);
        var principal = Principal(user);
        await context.SignInAsync(Scheme, principal, properties);
        context.User = principal;
    }

    /// <summary>A session ends at once when the password changes, the person signs out everywhere or the account is closed.</summary>
    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var services = context.HttpContext.RequestServices;
        var database = services.GetRequiredService<Database>();
        var id = context.Principal?.FindFirstValue(ClaimTypes.NameIdentifier);
        var user = id is null ? null : await database.ReadAsync(session => UserSql.FindAsync(session, id), context.HttpContext.RequestAborted);
        if (user is null || user.IsDisabled || context.Principal?.FindFirstValue(StampClaim) != user.SecurityStamp)
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(Scheme);
            return;
        }

        context.ReplacePrincipal(Principal(user));
        var now = services.GetRequiredService<TimeProvider>().Now();
        if (user.LastSeenAt is null || now - user.LastSeenAt > SeenEvery.TotalMilliseconds)
        {
            await database.WriteAsync(session => UserSql.SeenAsync(session, user.Id, now));
        }
    }

    private static ClaimsPrincipal Principal(UserRow user)
    {
        var identity = new ClaimsIdentity(Scheme);
        identity.AddClaims(user.Claims());
        identity.AddClaim(new Claim(StampClaim, user.SecurityStamp));
        return new ClaimsPrincipal(identity);
    }
}
