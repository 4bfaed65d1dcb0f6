using Plumbline.Server.Security;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Projects;

/// <summary>A project's row.</summary>
public sealed class ProjectRow
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public required string Description { get; init; }
    public required string Settings { get; init; }
    public long Revision { get; init; }
    public long CreatedAt { get; init; }
    public long UpdatedAt { get; init; }
    public long? Role { get; init; }
    public string? CoverImageId { get; init; }
}

/// <summary>How much is in a project: pictures by state, and annotations.</summary>
public sealed class ProjectCountRow
{
    public required string ProjectId { get; init; }
    public long Images { get; init; }
    public long Done { get; init; }
    public long InProgress { get; init; }
    public long Annotations { get; init; }
}

/// <summary>Statements on the <c>projects</c> table.</summary>
public static class ProjectSql
{
    /// <summary>When the project or anything labelled in it last changed: the newest entry of an index, not of the whole project.</summary>
    private const string LastActivity =
        """
        (SELECT CASE WHEN newest > p.updated_at THEN newest ELSE p.updated_at END
         FROM (SELECT COALESCE(MAX(a.updated_at), 0) AS newest FROM annotation_sets a WHERE a.project_id = p.id AND a.source = 'working') AS labelled)
        """;

    private const string Select =
        $"""
        SELECT p.id AS Id, p.name AS Name, p.description AS Description, p.settings AS Settings, p.revision AS Revision, p.created_at AS CreatedAt, {LastActivity} AS UpdatedAt,
               m.role AS Role, (SELECT i.id FROM images i WHERE i.project_id = p.id AND i.removed_at IS NULL ORDER BY i.added_at, i.id LIMIT 1) AS CoverImageId
        FROM projects p LEFT JOIN members m ON m.project_id = p.id AND m.user_id = @userId
        """;

    /// <summary>One project as a person sees it; null when there is none.</summary>
    public static Task<ProjectRow?> FindAsync(DbSession session, string id, string userId) =>
        session.FindAsync<ProjectRow>($"{Select} WHERE p.id = @id AND p.deleted_at IS NULL", new { id, userId });

    /// <summary>The projects that a person belongs to (or all), last changed first.</summary>
    public static Task<List<ProjectRow>> ListAsync(DbSession session, string userId, bool all) =>
        session.QueryAsync<ProjectRow>(
            $"{Select} WHERE p.deleted_at IS NULL AND (@all = 1 OR m.role IS NOT NULL) ORDER BY UpdatedAt DESC, p.id DESC", new { userId, all = all ? 1L : 0L });

    /// <summary>Counts of one project, or of all that a person belongs to (or all there are).</summary>
    public static Task<List<ProjectCountRow>> CountAsync(DbSession session, string? projectId, string userId, bool all) =>
        session.QueryAsync<ProjectCountRow>(
            """
            SELECT s.project_id AS ProjectId, COUNT(*) AS Images,
                   COUNT(CASE WHEN LOWER(s.outcome) <> 'unlabelled' THEN 1 END) AS Done,
                   COUNT(CASE WHEN LOWER(s.outcome) = 'unlabelled' AND s.annotation_count > 0 THEN 1 END) AS InProgress,
                   CAST(SUM(s.annotation_count) AS BIGINT) AS Annotations
            FROM annotation_sets s JOIN images i ON i.id = s.image_id
            WHERE s.source = 'working' AND i.removed_at IS NULL
              AND (CAST(@projectId AS TEXT) IS NULL OR s.project_id = @projectId)
              AND (@all = 1 OR s.project_id IN (SELECT m.project_id FROM members m WHERE m.user_id = @userId))
            GROUP BY s.project_id
            """,
            new { projectId, userId, all = all ? 1L : 0L });

    /// <summary>Whether there is such a project.</summary>
    public static async Task<bool> ExistsAsync(DbSession session, string id) =>
        await session.ScalarAsync<long>("SELECT COUNT(*) FROM projects WHERE id = @id AND deleted_at IS NULL", new { id }) == 1;

    /// <summary>Adds a project; its maker becomes the owner.</summary>
    public static async Task<string> AddAsync(DbSession session, TimeProvider clock, string name, string description, string userId)
    {
        var (id, now) = (Ids.New(clock), clock.Now());
        await session.ExecuteAsync(
            """
            INSERT INTO projects (id, name, description, settings, revision, created_at, created_by, updated_at)
            VALUES (@id, @name, @description, '{}', 1, @now, @userId, @now)
            """,
            new { id, name, description, now, userId });
        await MemberSql.SetAsync(session, id, userId, ProjectRole.Owner, userId, now);
        return id;
    }

    /// <summary>Changes name and description when the revision is still the one given. False when it is not.</summary>
    public static async Task<bool> UpdateAsync(DbSession session, string id, string name, string description, long revision, long now) =>
        await session.ExecuteAsync(
            "UPDATE projects SET name = @name, description = @description, revision = revision + 1, updated_at = @now WHERE id = @id AND revision = @revision AND deleted_at IS NULL",
            new { id, name, description, revision, now }) == 1;

    /// <summary>Puts a project out of reach; its rows stay until retention removes them.</summary>
    public static Task DeleteAsync(DbSession session, string id, long now) => session.ExecuteAsync("UPDATE projects SET deleted_at = @now WHERE id = @id", new { id, now });
}
