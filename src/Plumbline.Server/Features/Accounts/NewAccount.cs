using Plumbline.Server.Security;

namespace Plumbline.Server.Features.Accounts;

/// <summary>A checked account that is about to be made.</summary>
public sealed record NewAccount
{
    private NewAccount()
    {
    }

    /// <summary>The address, without blanks around it.</summary>
    public required string Email { get; init; }

    /// <summary>Display name.</summary>
    public required string Name { get; init; }

    /// <summary>The password in the clear.</summary>
    public required string Password { get; init; }

    /// <summary>Checks what a person gave.</summary>
    /// <exception cref="ProblemException">A part breaks a rule.</exception>
    public static NewAccount From(string email, string name, string password)
    {
        if (EmailAddress.Fault(email) is { } fault) throw TextRules.Invalid(fault, "/email");
        var checkedName = TextRules.Name(name, "/name");
        if (Passwords.Fault(password, email) is { } weak) throw new ProblemException(422, "weak-password", weak, new ProblemError(weak, "/password"));
        return new NewAccount { Email = email.Trim(), Name = checkedName, Password = password };
    }
}
