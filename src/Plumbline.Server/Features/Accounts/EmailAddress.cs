namespace Plumbline.Server.Features.Accounts;

/// <summary>E-mail addresses: names of accounts, compared without case. Plumbline sends no mail, so the form is checked only roughly.</summary>
public static class EmailAddress
{
    /// <summary>What two spellings of one address share.</summary>
    public static string Key(string email) => email.Trim().ToLowerInvariant();

    /// <summary>What is wrong with an address; null when nothing is.</summary>
    public static string? Fault(string email)
    {
        var trimmed = email.Trim();
        var at = trimmed.IndexOf('@', StringComparison.Ordinal);
        var wellFormed = at > 0 && at == trimmed.LastIndexOf('@') && at < trimmed.Length - 1 && trimmed.Length <= 254 && TextRules.IsPlain(trimmed) && !trimmed.Any(char.IsWhiteSpace);
        return wellFormed ? null : "This is not an e-mail address.";
    }
}
