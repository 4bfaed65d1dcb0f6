using Plumbline.Server.Security;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Accounts;

/// <summary>An access token's row.</summary>
public sealed class TokenRow
{
    public required string Id { get; init; }
    public required string UserId { get; init; }
    public required string Name { get; init; }
    public required string Scopes { get; init; }
    public long CreatedAt { get; init; }
    public long? ExpiresAt { get; init; }
    public long? LastUsedAt { get; init; }
    public long? RevokedAt { get; init; }

    /// <summary>Neither revoked nor expired.</summary>
    public bool IsValidAt(long now) => RevokedAt is null && (ExpiresAt is null || now < ExpiresAt);

    /// <summary>What it may do; at least one.</summary>
    public IReadOnlyList<TokenScope> ToScopes() => Scopes.Split(' ').Select(Enum.Parse<TokenScope>).ToList();
}

/// <summary>Statements on the <c>access_tokens</c> table. Only the hash of a token is stored.</summary>
public static class TokenSql
{
    private const string Columns =
        """
        id AS Id, user_id AS UserId, name AS Name, scopes AS Scopes, created_at AS CreatedAt, expires_at AS ExpiresAt, last_used_at AS LastUsedAt, revoked_at AS RevokedAt
        """;

    private static readonly TimeSpan UsedEvery = TimeSpan.FromMinutes(1);

    /// <summary>By the token itself; null when there is none.</summary>
    public static Task<TokenRow?> FindBySecretAsync(DbSession session, string secret) =>
        session.FindAsync<TokenRow>($"SELECT {Columns} FROM access_tokens WHERE token_hash = @hash", new { hash = Secrets.Hash(secret) });

    /// <summary>A person's tokens that are not revoked, newest first.</summary>
    public static Task<List<TokenRow>> ListAsync(DbSession session, string userId) =>
        session.QueryAsync<TokenRow>($"SELECT {Columns} FROM access_tokens WHERE user_id = @userId AND revoked_at IS NULL ORDER BY id DESC", new { userId });

    /// <summary>Stores a token.</summary>
    public static Task AddAsync(DbSession session, TokenRow token, string secret) =>
        session.ExecuteAsync(
            "INSERT INTO access_tokens (id, user_id, name, token_hash, scopes, created_at, expires_at) VALUES (@Id, @UserId, @Name, @hash, @Scopes, @CreatedAt, @ExpiresAt)",
            new { token.Id, token.UserId, token.Name, hash = Secrets.Hash(secret), token.Scopes, token.CreatedAt, token.ExpiresAt });

    /// <summary>Ends a token of a person. False when it is not theirs or has ended already.</summary>
    public static async Task<bool> RevokeAsync(DbSession session, string id, string userId, long now) =>
        await session.ExecuteAsync("UPDATE access_tokens SET revoked_at = @now WHERE id = @id AND user_id = @userId AND revoked_at IS NULL", new { id, userId, now }) == 1;

    /// <summary>Notes the use of a token, once a minute.</summary>
    public static Task UsedAsync(Database database, TokenRow token, long now) =>
        token.LastUsedAt is { } last && Math.Abs(now - last) < UsedEvery.TotalMilliseconds
            ? Task.CompletedTask
            : database.WriteAsync(session => session.ExecuteAsync("UPDATE access_tokens SET last_used_at = @now WHERE id = @Id", new { token.Id, now }));
}
