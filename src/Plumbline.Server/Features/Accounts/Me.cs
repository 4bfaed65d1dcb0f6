namespace Plumbline.Server.Features.Accounts;

/// <summary>The person who is signed in.</summary>
/// <param name="Id">Id of the account.</param>
/// <param name="Email">The address that names the account.</param>
/// <param name="Name">Display name.</param>
/// <param name="Admin">Administers the installation.</param>
public sealed record Me(string Id, string Email, string Name, bool Admin);
