using Plumbline.Server.Security;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Projects;

/// <summary>A member's row, with the person's name.</summary>
public sealed class MemberRow
{
    public required string UserId { get; init; }
    public required string Name { get; init; }
    public required string Email { get; init; }
    public long Role { get; init; }
    public long AddedAt { get; init; }
}

/// <summary>Statements on the <c>members</c> table.</summary>
public static class MemberSql
{
    private const string Select =
        "SELECT m.user_id AS UserId, u.name AS Name, u.email AS Email, m.role AS Role, m.added_at AS AddedAt FROM members m JOIN users u ON u.id = m.user_id";

    /// <summary>Everybody in a project, owners first.</summary>
    public static Task<List<MemberRow>> ListAsync(DbSession session, string projectId) =>
        session.QueryAsync<MemberRow>($"{Select} WHERE m.project_id = @projectId ORDER BY m.role DESC, LOWER(u.name), u.id", new { projectId });

    /// <summary>One member; null when the person is none.</summary>
    public static Task<MemberRow?> FindAsync(DbSession session, string projectId, string userId) =>
        session.FindAsync<MemberRow>($"{Select} WHERE m.project_id = @projectId AND m.user_id = @userId", new { projectId, userId });

    /// <summary>A person's role in a living project; null when they do not belong to it.</summary>
    public static async Task<ProjectRole?> RoleAsync(DbSession session, string projectId, string userId) =>
        (ProjectRole?)await session.FindAsync<long?>(
            "SELECT m.role FROM members m JOIN projects p ON p.id = m.project_id WHERE m.project_id = @projectId AND m.user_id = @userId AND p.deleted_at IS NULL", new { projectId, userId });

    /// <summary>Sets a role; adds the person when needed.</summary>
    public static Task SetAsync(DbSession session, string projectId, string userId, ProjectRole role, string addedBy, long now) =>
        session.ExecuteAsync(
            """
            INSERT INTO members (project_id, user_id, role, added_at, added_by) VALUES (@projectId, @userId, @role, @now, @addedBy)
            ON CONFLICT (project_id, user_id) DO UPDATE SET role = excluded.role
            """,
            new { projectId, userId, role = (long)role, addedBy, now });

    /// <summary>Adds a person, or raises their role; never lowers it.</summary>
    public static async Task AddOrRaiseAsync(DbSession session, string projectId, string userId, ProjectRole role, string addedBy, long now)
    {
        if (await RoleAsync(session, projectId, userId) is { } present && present >= role) return;
        await SetAsync(session, projectId, userId, role, addedBy, now);
    }

    /// <summary>Takes a person out of a project.</summary>
    public static Task RemoveAsync(DbSession session, string projectId, string userId) =>
        session.ExecuteAsync("DELETE FROM members WHERE project_id = @projectId AND user_id = @userId", new { projectId, userId });

    /// <summary>Number of owners. On PostgreSQL their rows are locked, so that two owners cannot leave at the same moment.</summary>
    public static async Task<int> CountOwnersAsync(DbSession session, string projectId)
    {
        var locking = session.Engine == Engine.PostgreSql ? "FOR UPDATE" : "";
        return (await session.QueryAsync<string>($"SELECT user_id FROM members WHERE project_id = @projectId AND role = 5 ORDER BY user_id {locking}", new { projectId })).Count;
    }
}
