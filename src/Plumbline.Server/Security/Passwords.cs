using Microsoft.AspNetCore.Identity;

namespace Plumbline.Server.Security;

/// <summary>Hashes and checks passwords with ASP.NET Core Identity's hasher (PBKDF2, SHA-512, 100,000 rounds).</summary>
public sealed class Passwords
{
    /// <summary>Shortest password.</summary>
    public const int MinimumLength = 10;

    /// <summary>Longest password; keeps hashing from being used to slow the server down.</summary>
    public const int MaximumLength = 256;

    private static readonly object Nobody = new();
    private readonly PasswordHasher<object> _hasher = new();
    private readonly string _decoy;

    /// <summary>Prepares the decoy that unknown people are checked against.</summary>
    public Passwords() => _decoy = Hash(Secrets.NewCode());

    /// <summary>What is wrong with a new password; null when nothing is.</summary>
    public static string? Fault(string password, string email) =>
        password.Length < MinimumLength ? $"The password needs at least {MinimumLength} characters."
        : password.Length > MaximumLength ? $"The password may have at most {MaximumLength} characters."
        : password.Trim().Equals(email.Trim(), StringComparison.OrdinalIgnoreCase) ? "The password must not be the e-mail address."
        : password.Distinct().Count() < 4 ? "The password is too simple; use more different characters."
        : null;

    /// <summary>The hash to store.</summary>
    public string Hash(string password) => _hasher.HashPassword(Nobody, password);

    /// <summary>Whether the password fits. Takes the same time when there is no hash, so that the time does not tell who has an account.</summary>
    public bool Fits(string? hash, string password)
    {
        if (password.Length > MaximumLength) return false;
        return _hasher.VerifyHashedPassword(Nobody, hash ?? _decoy, password) != PasswordVerificationResult.Failed && hash is not null;
    }
}
