using Plumbline.Server.Features.Audit;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Accounts;

/// <summary>Issues links to set a new password; used by administrators and by the operator's command line.</summary>
public static class PasswordResets
{
    /// <summary>A new link, which takes back the ones before it; null when there is no such person.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="userId">Whose password.</param>
    /// <param name="issuedBy">The administrator; null for the operator.</param>
    public static async Task<(LinkRow Link, string Code)?> IssueAsync(DbSession session, TimeProvider clock, string userId, string? issuedBy)
    {
        if (await UserSql.FindAsync(session, userId) is not { } user) return null;
        await LinkSql.RevokeAllAsync(session, LinkKind.PasswordReset, userId, clock.Now());
        var issued = await LinkSql.AddAsync(session, clock, new NewLink(LinkKind.PasswordReset, user.Email, userId, null, null, false, Links.ResetLifetime), issuedBy ?? "");
        await AuditLog.WriteAsync(session, clock, issuedBy, null, "user.reset-link", userId, new { user.Email });
        return issued;
    }
}
