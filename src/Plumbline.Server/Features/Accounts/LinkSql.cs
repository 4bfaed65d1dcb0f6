using Plumbline.Server.Security;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Accounts;

/// <summary>What a single-use link is for.</summary>
public enum LinkKind
{
    Invitation,
    PasswordReset,
}

/// <summary>A single-use link's row.</summary>
public sealed class LinkRow
{
    public required string Id { get; init; }
    public required string Kind { get; init; }
    public required string Email { get; init; }
    public string? UserId { get; init; }
    public string? ProjectId { get; init; }
    public string? ProjectName { get; init; }
    public long? Role { get; init; }
    public long Admin { get; init; }
    public long CreatedAt { get; init; }
    public required string CreatedBy { get; init; }
    public string? CreatedByName { get; init; }
    public long ExpiresAt { get; init; }
    public long? UsedAt { get; init; }
    public long? RevokedAt { get; init; }

    /// <summary>Neither used, revoked nor expired.</summary>
    public bool IsOpenAt(long now) => UsedAt is null && RevokedAt is null && now < ExpiresAt;
}

/// <summary>A link that is about to be made.</summary>
public sealed record NewLink(LinkKind Kind, string Email, string? UserId, string? ProjectId, ProjectRole? Role, bool Admin, TimeSpan Lifetime);

/// <summary>Statements on the <c>links</c> table. Only the hash of a link's code is stored.</summary>
public static class LinkSql
{
    private const string Select =
        """
        SELECT l.id AS Id, l.kind AS Kind, l.email AS Email, l.user_id AS UserId, l.project_id AS ProjectId, p.name AS ProjectName, l.role AS Role, l.admin AS Admin,
               l.created_at AS CreatedAt, l.created_by AS CreatedBy, u.name AS CreatedByName, l.expires_at AS ExpiresAt, l.used_at AS UsedAt, l.revoked_at AS RevokedAt
        FROM links l LEFT JOIN projects p ON p.id = l.project_id LEFT JOIN users u ON u.id = l.created_by
        """;

    /// <summary>Stores a link and returns it with its code, which cannot be read again.</summary>
    public static async Task<(LinkRow Link, string Code)> AddAsync(DbSession session, TimeProvider clock, NewLink link, string createdBy)
    {
        var (id, code, now) = (Ids.New(clock), Secrets.NewCode(), clock.Now());
        await session.ExecuteAsync(
            """
            INSERT INTO links (id, kind, code_hash, email, user_id, project_id, role, admin, created_at, created_by, expires_at)
            VALUES (@id, @Kind, @hash, @Email, @UserId, @ProjectId, @Role, @Admin, @now, @createdBy, @expires)
            """,
            new
            {
                id,
                Kind = link.Kind.ToString(),
                hash = Secrets.Hash(code),
                link.Email,
                link.UserId,
                link.ProjectId,
                Role = (long?)link.Role,
                Admin = link.Admin ? 1L : 0L,
                now,
                createdBy,
                expires = now + (long)link.Lifetime.TotalMilliseconds,
            });
        return (await FindAsync(session, id) ?? throw new InvalidOperationException("The link was not stored."), code);
    }

    /// <summary>By id; null when there is none.</summary>
    public static Task<LinkRow?> FindAsync(DbSession session, string id) => session.FindAsync<LinkRow>($"{Select} WHERE l.id = @id", new { id });

    /// <summary>By its code; null when there is none, or when its project is gone.</summary>
    public static Task<LinkRow?> FindByCodeAsync(DbSession session, LinkKind kind, string code) =>
        session.FindAsync<LinkRow>(
            $"{Select} WHERE l.code_hash = @hash AND l.kind = @kind AND (l.project_id IS NULL OR p.deleted_at IS NULL)", new { hash = Secrets.Hash(code), kind = kind.ToString() });

    /// <summary>Open invitations, newest first: of one project, or all.</summary>
    public static Task<List<LinkRow>> OpenInvitationsAsync(DbSession session, string? projectId, long now) =>
        session.QueryAsync<LinkRow>(
            $"""
            {Select}
            WHERE l.kind = 'Invitation' AND l.used_at IS NULL AND l.revoked_at IS NULL AND l.expires_at > @now AND (l.project_id IS NULL OR p.deleted_at IS NULL)
              AND (CAST(@projectId AS TEXT) IS NULL OR l.project_id = @projectId)
            ORDER BY l.id DESC
            """,
            new { projectId, now });

    /// <summary>Uses a link up. False when somebody was faster.</summary>
    public static async Task<bool> UseAsync(DbSession session, string id, string userId, long now) =>
        await session.ExecuteAsync(
            "UPDATE links SET used_at = @now, used_by = @userId WHERE id = @id AND used_at IS NULL AND revoked_at IS NULL AND expires_at > @now", new { id, userId, now }) == 1;

    /// <summary>Takes a link back. False when it was used or taken back already.</summary>
    public static async Task<bool> RevokeAsync(DbSession session, string id, long now) =>
        await session.ExecuteAsync("UPDATE links SET revoked_at = @now WHERE id = @id AND used_at IS NULL AND revoked_at IS NULL", new { id, now }) == 1;

    /// <summary>Takes back every open link of a kind for a person.</summary>
    public static Task RevokeAllAsync(DbSession session, LinkKind kind, string userId, long now) =>
        session.ExecuteAsync(
            "UPDATE links SET revoked_at = @now WHERE kind = @kind AND user_id = @userId AND used_at IS NULL AND revoked_at IS NULL", new { kind = kind.ToString(), userId, now });
}
