using Microsoft.AspNetCore.Http.HttpResults;

namespace Plumbline.Server.Features.Accounts;

/// <summary>Where single-use links lead, and what spent ones get.</summary>
public static class Links
{
    /// <summary>How long an invitation is open.</summary>
    public static readonly TimeSpan InvitationLifetime = TimeSpan.FromDays(7);

    /// <summary>How long a link to set a new password is open.</summary>
    public static readonly TimeSpan ResetLifetime = TimeSpan.FromHours(24);

    /// <summary>The page of an invitation.</summary>
    public static string Invitation(HttpRequest request, string code) => $"{Origin(request)}/join/{code}";

    /// <summary>The page that sets a new password.</summary>
    public static string PasswordReset(HttpRequest request, string code) => $"{Origin(request)}/reset/{code}";

    /// <summary>410 for a link that was used, taken back or has expired, and for one that never was.</summary>
    public static ProblemHttpResult Spent() => Problems.Of(410, "link-spent", "This link was used already, has expired or was taken back. Ask for a new one.");

    private static string Origin(HttpRequest request) => $"{request.Scheme}://{request.Host}{request.PathBase}";
}
