using System.CommandLine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Plumbline.Server;
using Plumbline.Server.Features.Accounts;
using Plumbline.Server.Features.Demo;
using Plumbline.Server.Security;

namespace Plumbline.Cli.Verbs;

/// <summary><c>plumbline serve</c>: the platform.</summary>
internal static class ServeVerb
{
    public static Command Create()
    {
        var data = new DataOptions();
        var role = new Option<ServerRole>("--role") { Description = "Serve people, do the background work, or both. Splitting needs PostgreSQL.", DefaultValueFactory = _ => ServerRole.All, HelpName = "all|api|worker" };
        var folders = new Option<string[]>("--folder") { Description = "A folder of this machine that managers may import from, as NAME=PATH. May be repeated.", HelpName = "NAME=PATH" };
        var jobs = new Option<int>("--jobs") { Description = "How many background jobs run at a time.", DefaultValueFactory = _ => 2, HelpName = "N" };
        var certificate = new Option<string?>("--tls") { Description = $"Certificate for HTTPS: PEM, or PKCS #12 with its password in {Tls.PasswordVariable}.", HelpName = "CERT" };
        var key = new Option<string?>("--tls-key") { Description = "Private key, when the certificate's file does not hold it.", HelpName = "KEY" };
        var proxies = new Option<string[]>("--proxy") { Description = "Address or network of a reverse proxy whose X-Forwarded headers are believed. May be repeated.", HelpName = "IP" };
        var demo = new Option<bool>("--demo") { Description = "Fill an empty installation with people and projects to try it on." };
        var command = new Command("serve", "Start the platform.\n\nExample: plumbline serve --data /srv/plumbline --url http://0.0.0.0:5080") { role, folders, jobs, certificate, key, proxies, demo };
        data.AddTo(command);
        command.SetAction((parsed, cancellation) => RunAsync(
            () => data.Read(parsed) with
            {
                Role = parsed.GetValue(role),
                Folders = ParseFolders(parsed.GetValue(folders) ?? []),
                JobSlots = parsed.GetValue(jobs),
                TlsCertificate = parsed.GetValue(certificate),
                TlsKey = parsed.GetValue(key),
                TrustedProxies = parsed.GetValue(proxies) ?? [],
                Demo = parsed.GetValue(demo),
                PlainLogs = !Console.IsOutputRedirected,
            },
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(Func<ServerOptions> read, CancellationToken cancellation)
    {
        await Task.Yield(); // the command line listens to signals only once the action has returned its task
        try
        {
            var options = read();
            if (options.TlsCertificate is not null && !options.Url.StartsWith("https://", StringComparison.OrdinalIgnoreCase)) throw new ArgumentException("--tls needs an address that begins with https://; give it with --url.");
            if (options.Demo && !new Uri(options.Url).IsLoopback) throw new ArgumentException("--demo makes accounts whose password is known, so it listens on this machine only: leave --url out, or give it a localhost address.");
            await using var app = await ServerApp.BuildAsync(options, cancellation);
            await app.StartAsync(cancellation);
            Announce(app);
            await app.WaitForShutdownAsync(cancellation);
            return ExitCode.Done;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return ExitCode.Done; // told to stop while it was starting
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException)
        {
            return Fail(fault, ExitCode.WrongUsage);
        }
        catch (IOException fault) when (fault.InnerException is AddressInUseException)
        {
            return Fail(new IOException("Another program listens on that address. Choose another one with --url (or ./run --port N)."), ExitCode.Unreadable);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or System.Data.Common.DbException)
        {
            return Fail(fault, ExitCode.Unreadable);
        }
    }

    private static void Announce(WebApplication app)
    {
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault();
        Console.Error.WriteLine($"Plumbline {SetupApi.Version} is at {address}");
        if (app.Services.GetRequiredService<SetupCode>().Value is { } code) Console.Error.WriteLine($"It has no owner yet. Open that address and type this code: {code}");
        if (app.Services.GetRequiredService<DemoSeed>().IsPlanted) Console.Error.WriteLine($"Sign in as {string.Join(", ", DemoSeed.People.Select(person => person.Email))}; everybody's password is {DemoSeed.Password}");
    }

    private static int Fail(Exception fault, int code)
    {
        Console.Error.WriteLine($"plumbline serve: {fault.Message}");
        return code;
    }

    private static Dictionary<string, string> ParseFolders(string[] given)
    {
        var folders = new Dictionary<string, string>();
        foreach (var text in given)
        {
            if (text.Split('=', 2) is not [{ Length: > 0 } name, { Length: > 0 } path]) throw new ArgumentException($"--folder {text}: write it as NAME=PATH.");
            if (!Directory.Exists(path)) throw new ArgumentException($"--folder {text}: there is no folder {path}.");
            folders.Add(name, Path.GetFullPath(path));
        }

        return folders;
    }
}
