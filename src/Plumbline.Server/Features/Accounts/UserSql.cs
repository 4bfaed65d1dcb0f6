using System.Security.Claims;
using Plumbline.Server.Security;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Accounts;

/// <summary>A person's row.</summary>
public sealed class UserRow
{
    public required string Id { get; init; }
    public required string Email { get; init; }
    public required string Name { get; init; }
    public string? PasswordHash { get; init; }
    public required string SecurityStamp { get; init; }
    public long Admin { get; init; }
    public long Disabled { get; init; }
    public long FailedSignIns { get; init; }
    public long? LockedUntil { get; init; }
    public long CreatedAt { get; init; }
    public long? LastSeenAt { get; init; }

    /// <summary>The account is closed.</summary>
    public bool IsDisabled => Disabled == 1;

    /// <summary>The person as they see themselves.</summary>
    public Me ToMe() => new(Id, Email, Name, Admin == 1);

    /// <summary>What sessions and tokens say about the person.</summary>
    public IEnumerable<Claim> Claims()
    {
        yield return new Claim(ClaimTypes.NameIdentifier, Id);
        yield return new Claim(ClaimTypes.Name, Name);
        if (Admin == 1) yield return new Claim(Caller.AdminClaim, "1");
    }
}

/// <summary>Statements on the <c>users</c> table.</summary>
public static class UserSql
{
    private const string Columns =
        """
        id AS Id, email AS Email, name AS Name, password_hash AS PasswordHash, security_stamp AS SecurityStamp, admin AS Admin, disabled AS Disabled,
        failed_sign_ins AS FailedSignIns, locked_until AS LockedUntil, created_at AS CreatedAt, last_seen_at AS LastSeenAt
        """;

    /// <summary>By id; null when there is none.</summary>
    public static Task<UserRow?> FindAsync(DbSession session, string id) => session.FindAsync<UserRow>($"SELECT {Columns} FROM users WHERE id = @id", new { id });

    /// <summary>By e-mail address, in any case; null when there is none.</summary>
    public static Task<UserRow?> FindByEmailAsync(DbSession session, string email) =>
        session.FindAsync<UserRow>($"SELECT {Columns} FROM users WHERE email_key = @key", new { key = EmailAddress.Key(email) });

    /// <summary>Everybody, by name.</summary>
    public static Task<List<UserRow>> ListAsync(DbSession session) => session.QueryAsync<UserRow>($"SELECT {Columns} FROM users ORDER BY LOWER(name), id");

    /// <summary>Whether there is anybody.</summary>
    public static async Task<bool> AnyAsync(DbSession session) => await session.ScalarAsync<long>("SELECT COUNT(*) FROM users") > 0;

    /// <summary>Adds a person.</summary>
    public static async Task<UserRow> AddAsync(DbSession session, TimeProvider clock, string email, string name, string? passwordHash, bool admin)
    {
        var id = Ids.New(clock);
        await session.ExecuteAsync(
            """
            INSERT INTO users (id, email, email_key, name, password_hash, security_stamp, admin, created_at)
            VALUES (@id, @email, @key, @name, @passwordHash, @stamp, @admin, @now)
            """,
            new { id, email, key = EmailAddress.Key(email), name, passwordHash, stamp = Secrets.NewCode(), admin = admin ? 1L : 0L, now = clock.Now() });
        return await FindAsync(session, id) ?? throw new InvalidOperationException("The person was not stored.");
    }

    /// <summary>Notes that the person was here.</summary>
    public static Task SeenAsync(DbSession session, string id, long now) => session.ExecuteAsync("UPDATE users SET last_seen_at = @now WHERE id = @id", new { id, now });

    /// <summary>Changes the display name.</summary>
    public static Task RenameAsync(DbSession session, string id, string name) => session.ExecuteAsync("UPDATE users SET name = @name WHERE id = @id", new { id, name });

    /// <summary>Sets a new password, lifts a lock and ends all sessions.</summary>
    public static Task SetPasswordAsync(DbSession session, string id, string passwordHash) =>
        session.ExecuteAsync(
            "UPDATE users SET password_hash = @passwordHash, security_stamp = @stamp, failed_sign_ins = 0, locked_until = NULL WHERE id = @id",
            new { id, passwordHash, stamp = Secrets.NewCode() });

    /// <summary>Closes or opens the account and sets its rights; ends all sessions.</summary>
    public static Task SetRightsAsync(DbSession session, string id, bool disabled, bool admin) =>
        session.ExecuteAsync(
            "UPDATE users SET disabled = @disabled, admin = @admin, security_stamp = @stamp WHERE id = @id",
            new { id, disabled = disabled ? 1L : 0L, admin = admin ? 1L : 0L, stamp = Secrets.NewCode() });

    /// <summary>How many administrators could sign in.</summary>
    public static Task<long> CountAdminsAsync(DbSession session) => session.ScalarAsync<long>("SELECT COUNT(*) FROM users WHERE admin = 1 AND disabled = 0");

    /// <summary>Notes a wrong password and returns how many there were in a row.</summary>
    public static Task<long> FailedAsync(DbSession session, string id) =>
        session.ScalarAsync<long>("UPDATE users SET failed_sign_ins = failed_sign_ins + 1 WHERE id = @id RETURNING failed_sign_ins", new { id });

    /// <summary>Locks the account for a while.</summary>
    public static Task LockAsync(DbSession session, string id, long until) => session.ExecuteAsync("UPDATE users SET locked_until = @until WHERE id = @id", new { id, until });

    /// <summary>Notes a right password.</summary>
    public static Task SignedInAsync(DbSession session, string id, long now) =>
        session.ExecuteAsync("UPDATE users SET failed_sign_ins = 0, locked_until = NULL, last_seen_at = @now WHERE id = @id", new { id, now });
}
