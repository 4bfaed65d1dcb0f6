using Microsoft.AspNetCore.Http.HttpResults;
using Plumbline.Server.Features.Audit;
using Plumbline.Server.Security;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Accounts;

/// <summary>Personal access tokens for programs. Managed at the browser only, so that a token cannot make a stronger one.</summary>
public static class TokensApi
{
    /// <summary>The token to make; it lives until it is revoked when <c>expiresAt</c> is null.</summary>
    public sealed record NewToken(string Name, IReadOnlyList<TokenScope> Scopes, DateTimeOffset? ExpiresAt = null);

    /// <summary>A token, without its secret.</summary>
    public sealed record AccessToken(string Id, string Name, IReadOnlyList<TokenScope> Scopes, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? LastUsedAt);

    /// <summary>A new token with its secret, which is shown this once.</summary>
    public sealed record IssuedToken(string Id, string Name, string Token, IReadOnlyList<TokenScope> Scopes, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt);

    /// <summary>One's tokens, newest first.</summary>
    public sealed record TokenList(IReadOnlyList<AccessToken> Items);

    /// <summary>Maps the routes.</summary>
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/tokens", List).Allow(Access.Session).WithName("ListTokens");
        api.MapPost("/tokens", Create).Allow(Access.Session).WithName("CreateToken");
        api.MapDelete("/tokens/{tokenId}", Revoke).Allow(Access.Session).WithName("RevokeToken");
    }

    private static async Task<TokenList> List(Caller caller, Database database, CancellationToken cancellation) =>
        new((await database.ReadAsync(session => TokenSql.ListAsync(session, caller.UserId), cancellation)).ConvertAll(ToToken));

    private static async Task<Results<Created<IssuedToken>, ProblemHttpResult>> Create(NewToken token, Caller caller, Database database, TimeProvider clock)
    {
        var name = TextRules.Name(token.Name, "/name");
        if (token.Scopes.Count == 0) return TextRules.Invalid("Give at least one scope.", "/scopes").ToResult();
        if (token.ExpiresAt <= clock.GetUtcNow()) return TextRules.Invalid("The token would have expired already.", "/expiresAt").ToResult();
        if (token.Scopes.Contains(TokenScope.Admin) && !caller.IsAdmin) return Problems.Of(403, "forbidden", "Only administrators may give a token the scope admin.");

        var secret = Secrets.TokenPrefix + Secrets.NewCode();
        var row = new TokenRow
        {
            Id = Ids.New(clock),
            UserId = caller.UserId,
            Name = name,
            Scopes = string.Join(' ', token.Scopes.Distinct().Order()),
            CreatedAt = clock.Now(),
            ExpiresAt = token.ExpiresAt?.ToUnixTimeMilliseconds(),
        };
        await database.WriteAsync(async session =>
        {
            await TokenSql.AddAsync(session, row, secret);
            await AuditLog.WriteAsync(session, clock, caller.UserId, null, "token.create", row.Id, new { row.Name, row.Scopes });
        });
        return TypedResults.Created((string?)null, new IssuedToken(row.Id, row.Name, secret, row.ToScopes(), row.CreatedAt.ToTime(), row.ExpiresAt.ToTime()));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Revoke(string tokenId, Caller caller, Database database, TimeProvider clock) =>
        await database.WriteAsync<Results<NoContent, ProblemHttpResult>>(async session =>
        {
            if (!await TokenSql.RevokeAsync(session, tokenId, caller.UserId, clock.Now())) return Problems.NotFound("token");
            await AuditLog.WriteAsync(session, clock, caller.UserId, null, "token.revoke", tokenId);
            return TypedResults.NoContent();
        });

    private static AccessToken ToToken(TokenRow row) => new(row.Id, row.Name, row.ToScopes(), row.CreatedAt.ToTime(), row.ExpiresAt.ToTime(), row.LastUsedAt.ToTime());
}
