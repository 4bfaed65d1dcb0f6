using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Plumbline.Server.Features.Accounts;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Security;

/// <summary>Programs: <c>Authorization: Bearer plb_…</c>.</summary>
public sealed class TokenAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory log, UrlEncoder encoder, Database database, TimeProvider clock)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, log, encoder)
{
    /// <summary>Name of the authentication scheme.</summary>
    public const string SchemeName = "token";

    /// <summary>Claim with the token's id; sessions of a browser have none.</summary>
    public const string TokenClaim = "plumbline:token";

    private const string Bearer = "Bearer ";

    /// <summary>Whether a request comes with a token.</summary>
    public static bool IsPresent(HttpRequest request) => request.Headers.Authorization.ToString().StartsWith(Bearer, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc />
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!IsPresent(Request)) return AuthenticateResult.NoResult();
        var secret = Request.Headers.Authorization.ToString()[Bearer.Length..].Trim();
        var token = await database.ReadAsync(session => TokenSql.FindBySecretAsync(session, secret), Context.RequestAborted);
        if (token is null || !token.IsValidAt(clock.Now())) return AuthenticateResult.Fail("The access token is unknown, expired or revoked.");
        var user = await database.ReadAsync(session => UserSql.FindAsync(session, token.UserId), Context.RequestAborted);
        if (user is null || user.IsDisabled) return AuthenticateResult.Fail("The account is closed.");

        await TokenSql.UsedAsync(database, token, clock.Now());
        var identity = new ClaimsIdentity(SchemeName);
        identity.AddClaims(user.Claims());
        identity.AddClaim(new Claim(TokenClaim, token.Id));
        identity.AddClaim(new Claim(Caller.ScopeClaim, token.ToScopes().Max().ToString()));
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }
}
