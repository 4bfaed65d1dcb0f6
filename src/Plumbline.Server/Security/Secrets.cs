using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Plumbline.Server.Security;

/// <summary>Random codes that are shown once and stored only as their hash.</summary>
public static class Secrets
{
    /// <summary>How access tokens begin, so that scanners of leaked secrets recognise them.</summary>
    public const string TokenPrefix = "plb_";

    private const string Readable = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

    /// <summary>A code of 256 random bits for links and tokens.</summary>
    public static string NewCode() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>A code of 60 random bits that a person can type: <c>XXXX-XXXX-XXXX</c>.</summary>
    public static string NewReadableCode() => string.Join('-', Enumerable.Range(0, 3).Select(_ => RandomNumberGenerator.GetString(Readable, 4)));

    /// <summary>SHA-256 as lower-case hex; enough for secrets that nobody can guess.</summary>
    public static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>Compares two secrets in a time that does not tell where they differ.</summary>
    public static bool Same(string a, string b) => CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(a)), SHA256.HashData(Encoding.UTF8.GetBytes(b)));
}
