namespace Plumbline.Server.Security;

/// <summary>The one-time code by which the first owner proves to have access to the server's console. Lives in memory only; every start makes a new one.</summary>
public sealed class SetupCode
{
    private volatile string? _code;

    /// <summary>The code; null once there is an owner.</summary>
    public string? Value => _code;

    /// <summary>Makes a code.</summary>
    public void Issue() => _code = Secrets.NewReadableCode();

    /// <summary>Ends the setup.</summary>
    public void Clear() => _code = null;

    /// <summary>Whether this is the code; spaces, dashes and case do not matter.</summary>
    public bool Fits(string given) => _code is { } code && Secrets.Same(Bare(code), Bare(given));

    private static string Bare(string code) => new(code.Where(char.IsAsciiLetterOrDigit).Select(char.ToUpperInvariant).ToArray());
}
