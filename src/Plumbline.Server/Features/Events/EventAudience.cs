using System.Collections.Frozen;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Events;

/// <summary>What one person may hear of, as of when it was looked up.</summary>
/// <param name="IsOpen">False once the account is closed.</param>
/// <param name="HearsAll">Administrators hear of every project.</param>
/// <param name="Projects">The projects that the person belongs to.</param>
internal sealed record EventAudience(bool IsOpen, bool HearsAll, FrozenSet<string> Projects)
{
    internal static Task<EventAudience> FindAsync(Database database, string userId, CancellationToken cancellation) =>
        database.ReadAsync(
            async session =>
            {
                var user = await session.FindAsync<(long Admin, long Disabled)?>("SELECT admin, disabled FROM users WHERE id = @userId", new { userId }, cancellation);
                var projects = await session.QueryAsync<string>(
                    "SELECT m.project_id FROM members m JOIN projects p ON p.id = m.project_id WHERE m.user_id = @userId AND p.deleted_at IS NULL", new { userId }, cancellation);
                return new EventAudience(user is { Disabled: 0 }, user is { Admin: 1 }, projects.ToFrozenSet());
            },
            cancellation);

    internal bool Hears(string? projectId) => HearsAll || (projectId is not null && Projects.Contains(projectId));
}
