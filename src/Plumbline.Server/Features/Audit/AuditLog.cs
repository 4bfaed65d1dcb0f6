using System.Text.Json;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Audit;

/// <summary>A row of the log, with the name of who it was.</summary>
public sealed class AuditRow
{
    public required string Id { get; init; }
    public long At { get; init; }
    public string? UserId { get; init; }
    public string? UserName { get; init; }
    public string? ProjectId { get; init; }
    public required string Action { get; init; }
    public required string Subject { get; init; }
    public required string Detail { get; init; }
}

/// <summary>The log of every change outside of annotations: who, when, what. Annotations have their own.</summary>
public static class AuditLog
{
    /// <summary>Notes a change, in the transaction that makes it.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="userId">Who; null for the operator at the command line.</param>
    /// <param name="projectId">The project concerned; null for the installation.</param>
    /// <param name="action">What happened, as <c>thing.verb</c>: <c>member.role</c>.</param>
    /// <param name="subject">Id of the thing it happened to.</param>
    /// <param name="detail">What a reader needs to understand it; never a secret.</param>
    public static Task WriteAsync(DbSession session, TimeProvider clock, string? userId, string? projectId, string action, string subject, object? detail = null) =>
        session.ExecuteAsync(
            "INSERT INTO audit_log (id, at, user_id, project_id, action, subject, detail) VALUES (@id, @at, @userId, @projectId, @action, @subject, @detail)",
            new { id = Ids.New(clock), at = clock.Now(), userId, projectId, action, subject, detail = JsonSerializer.Serialize(detail ?? new { }, JsonSettings.Options) });

    /// <summary>The newest rows before a cursor: of one project, or of everything.</summary>
    public static Task<List<AuditRow>> ListAsync(DbSession session, string? projectId, string? before, int limit) =>
        session.QueryAsync<AuditRow>(
            """
            SELECT a.id AS Id, a.at AS At, a.user_id AS UserId, u.name AS UserName, a.project_id AS ProjectId, a.action AS Action, a.subject AS Subject, a.detail AS Detail
            FROM audit_log a LEFT JOIN users u ON u.id = a.user_id
            WHERE (CAST(@projectId AS TEXT) IS NULL OR a.project_id = @projectId) AND (CAST(@before AS TEXT) IS NULL OR a.id < @before)
            ORDER BY a.id DESC LIMIT @limit
            """,
            new { projectId, before, limit });
}
