using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Plumbline.Server.Security;

namespace Plumbline.Server;

/// <summary>How the process listens and stops.</summary>
public static class Hosting
{
    private static readonly TimeSpan ShutdownTime = TimeSpan.FromSeconds(20);

    /// <summary>Sets Kestrel up: address, TLS, limits.</summary>
    public static void Configure(WebApplicationBuilder builder, ServerOptions options)
    {
        builder.WebHost.UseKestrelCore().UseUrls(options.Url).ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.MaximumBodyBytes;
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTime);
        builder.Services.AddSingleton<IHostLifetime, StoppedByCaller>();
        if (options.TlsCertificate is null) return;
        var certificate = Tls.Load(options.TlsCertificate, options.TlsKey);
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.ConfigureHttpsDefaults(https => https.ServerCertificate = certificate));
    }

    /// <summary>Believes what trusted proxies say about the client's address, scheme and host.</summary>
    public static void UseTrustedProxies(IApplicationBuilder app, ServerOptions options)
    {
        if (options.TrustedProxies.Count == 0) return;
        var forwarded = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost };
        foreach (var proxy in options.TrustedProxies)
        {
            if (proxy.Contains('/', StringComparison.Ordinal)) forwarded.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(proxy));
            else forwarded.KnownProxies.Add(IPAddress.Parse(proxy));
        }

        app.UseForwardedHeaders(forwarded);
    }

    /// <summary>Listens to no signals. The command line does, from before the server exists until it has stopped; two listeners would race over who ends the process, and how.</summary>
    private sealed class StoppedByCaller : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
