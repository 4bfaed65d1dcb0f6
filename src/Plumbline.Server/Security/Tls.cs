using System.Security.Cryptography.X509Certificates;

namespace Plumbline.Server.Security;

/// <summary>Reads the server's certificate.</summary>
public static class Tls
{
    /// <summary>The environment variable with the password of a PKCS #12 file.</summary>
    public const string PasswordVariable = "PLUMBLINE_TLS_PASSWORD";

    /// <summary>A certificate with its private key: a <c>.pfx</c>/<c>.p12</c> file, or a PEM file that holds the key too or has it in a second file.</summary>
    /// <exception cref="ArgumentException">The files cannot be read or hold no key.</exception>
    public static X509Certificate2 Load(string certificateFile, string? keyFile)
    {
        try
        {
            var isPkcs12 = Path.GetExtension(certificateFile).ToLowerInvariant() is ".pfx" or ".p12";
            return isPkcs12
                ? X509CertificateLoader.LoadPkcs12FromFile(certificateFile, Environment.GetEnvironmentVariable(PasswordVariable))
                : X509Certificate2.CreateFromPemFile(certificateFile, keyFile);
        }
        catch (Exception fault) when (fault is System.Security.Cryptography.CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new ArgumentException($"{certificateFile} is no certificate with a private key that can be read: {fault.Message}", nameof(certificateFile), fault);
        }
    }
}
