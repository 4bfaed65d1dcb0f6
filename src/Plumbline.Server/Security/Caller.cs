using System.Security.Claims;

namespace Plumbline.Server.Security;

/// <summary>Who is calling, and as what. A handler takes it as a parameter; it exists on every endpoint that is not for anyone.</summary>
/// <param name="UserId">The person.</param>
/// <param name="Name">Display name.</param>
/// <param name="IsAdmin">Administers the installation.</param>
/// <param name="ProjectId">The project that the route names; null when it names none.</param>
/// <param name="Role">The caller's role in it.</param>
public sealed record Caller(string UserId, string Name, bool IsAdmin, string? ProjectId, ProjectRole? Role)
{
    /// <summary>Claim with the token's scope; sessions of a browser have none and are not limited.</summary>
    public const string ScopeClaim = "plumbline:scope";

    /// <summary>Claim that marks administrators.</summary>
    public const string AdminClaim = "plumbline:admin";

    /// <summary>The project that the route names.</summary>
    public string Project => ProjectId ?? throw new InvalidOperationException("This endpoint's route names no project.");

    /// <summary>Binds the handler's parameter.</summary>
    public static ValueTask<Caller?> BindAsync(HttpContext context) => ValueTask.FromResult(context.Items[typeof(Caller)] as Caller);

    internal static Caller From(ClaimsPrincipal user, string? projectId, ProjectRole? role) =>
        new(
            user.FindFirstValue(ClaimTypes.NameIdentifier) ?? throw new InvalidOperationException("The session names no user."),
            user.FindFirstValue(ClaimTypes.Name) ?? "",
            user.HasClaim(AdminClaim, "1"),
            projectId,
            role);
}
