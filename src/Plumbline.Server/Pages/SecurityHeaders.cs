using System.Security.Cryptography;

namespace Plumbline.Server.Pages;

/// <summary>Headers that keep the browser from doing what Plumbline never asks of it.</summary>
public static class SecurityHeaders
{
    /// <summary>Adds them to every answer. Pages replace the policy with their own.</summary>
    public static void Use(IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=(), usb=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        if (context.Request.IsHttps) headers.StrictTransportSecurity = "max-age=31536000";
        await next(context);
    });

    /// <summary>Allows a script that runs as a worker what its page may reach: a worker's policy comes with the worker's own file.</summary>
    public static void AllowScript(HttpResponse response) =>
        response.Headers.ContentSecurityPolicy = "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self' blob: data:; font-src 'self'; worker-src 'self' blob:; frame-ancestors 'none'";

    /// <summary>Allows a page scripts and styles from this server's files, and nothing in the page itself.</summary>
    public static void AllowStaticPage(HttpResponse response) =>
        response.Headers.ContentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Allows a page its own scripts, and styles that carry the nonce.</summary>
    /// <returns>The nonce, for this answer only.</returns>
    public static string AllowPage(HttpResponse response)
    {
        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' blob: data:; font-src 'self'; connect-src 'self'; "
            + "worker-src 'self' blob:; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
        return nonce;
    }
}
