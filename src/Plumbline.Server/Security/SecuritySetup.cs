using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace Plumbline.Server.Security;

/// <summary>Registers who is who: sessions, tokens, keys, anti-forgery.</summary>
public static class SecuritySetup
{
    private const string Either = "session or token";

    /// <summary>Adds the services.</summary>
    public static void AddSecurity(this IServiceCollection services)
    {
        services.AddSingleton<SetupCode>();
        services.AddSingleton<Passwords>();
        services.AddSingleton<AttemptLimiter>();
        services.AddDataProtection().SetApplicationName("plumbline");
        services.AddSingleton<DataProtectionKeys>();
        services.AddOptions<KeyManagementOptions>().Configure<DataProtectionKeys>((options, keys) => options.XmlRepository = keys);
        services.AddAntiforgery(options =>
        {
            options.HeaderName = AntiForgeryMiddleware.Header;
            options.Cookie.Name = "plumbline-csrf";
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        services.AddAuthentication(Either)
            .AddPolicyScheme(Either, null, options => options.ForwardDefaultSelector = context =>
                TokenAuthentication.IsPresent(context.Request) ? TokenAuthentication.SchemeName : SessionCookie.Scheme)
            .AddCookie(SessionCookie.Scheme, SessionCookie.Configure)
            .AddScheme<AuthenticationSchemeOptions, TokenAuthentication>(TokenAuthentication.SchemeName, null);
    }

    /// <summary>Adds the middleware, in order: who is it, not too often, is it really they, may they.</summary>
    public static void UseSecurity(this IApplicationBuilder app)
    {
        app.UseAuthentication();
        app.UseMiddleware<TokenRateMiddleware>();
        app.UseMiddleware<AntiForgeryMiddleware>();
        app.UseMiddleware<AccessMiddleware>();
    }
}
