using System.CommandLine;
using System.Text.Json;
using Plumbline.Server;
using Plumbline.Server.Features.Accounts;
using Plumbline.Server.Features.Audit;
using Plumbline.Server.Storage;

namespace Plumbline.Cli.Verbs;

/// <summary><c>plumbline user</c>: accounts from the server's own machine, also when nobody can sign in any more.</summary>
internal static class UserVerb
{
    public static Command Create() => new("user", "Add people, let them set a new password, list them.") { CreateAdd(), CreateReset(), CreateList() };

    private static Command CreateAdd()
    {
        var email = new Argument<string>("email") { Description = "The address that names the account." };
        var name = new Option<string>("--name") { Description = "Display name.", Required = true, HelpName = "NAME" };
        var admin = new Option<bool>("--admin") { Description = "Makes the person an administrator of the installation." };
        return Verb("add", "Add a person and print the link by which they set their password.\n\nExample: plumbline user add ann@example.org --name Ann", [email], [name, admin], async (parsed, database, options) =>
        {
            var (address, display) = (parsed.GetRequiredValue(email).Trim(), parsed.GetRequiredValue(name));
            if (EmailAddress.Fault(address) is { } fault) return Fail($"{address}: {fault}", ExitCode.WrongUsage);
            var link = await database.WriteAsync(async session =>
            {
                if (await UserSql.FindByEmailAsync(session, address) is not null) return null;
                var user = await UserSql.AddAsync(session, options.Clock, address, TextRules.Name(display, "/name"), null, parsed.GetValue(admin));
                await AuditLog.WriteAsync(session, options.Clock, null, null, "user.add", user.Id, new { user.Email });
                return await PasswordResets.IssueAsync(session, options.Clock, user.Id, null);
            });
            return link is null ? Fail($"{address} has an account already. To set a new password: plumbline user reset {address}", ExitCode.NotGood) : Print(link.Value, options);
        });
    }

    private static Command CreateReset()
    {
        var email = new Argument<string>("email") { Description = "Whose password." };
        return Verb("reset", "Print a link by which a person sets a new password.\n\nExample: plumbline user reset annotator@example.org", [email], [], async (parsed, database, options) =>
        {
            var address = parsed.GetRequiredValue(email);
            var link = await database.WriteAsync(async session =>
                await UserSql.FindByEmailAsync(session, address) is { } user ? await PasswordResets.IssueAsync(session, options.Clock, user.Id, null) : null);
            return link is null ? Fail($"There is nobody with the address {address}. List people with: plumbline user list", ExitCode.NotGood) : Print(link.Value, options);
        });
    }

    private static Command CreateList()
    {
        var json = new Option<bool>("--json") { Description = "Print one JSON document." };
        return Verb("list", "List the people of the installation.\n\nExample: plumbline user list", [], [json], async (parsed, database, _) =>
        {
            var users = (await database.ReadAsync(UserSql.ListAsync)).ConvertAll(UsersApi.ToUser);
            if (parsed.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(users, JsonSettings.Options));
            else foreach (var user in users) Console.WriteLine($"{user.Email}\t{user.Name}\t{(user.Disabled ? "closed" : user.Admin ? "administrator" : "member")}");
            return ExitCode.Done;
        });
    }

    private static Command Verb(string name, string description, Argument[] arguments, Option[] options, Func<ParseResult, Database, ServerOptions, Task<int>> action)
    {
        var command = new Command(name, description);
        var data = new DataOptions();
        foreach (var argument in arguments) command.Arguments.Add(argument);
        foreach (var option in options) command.Options.Add(option);
        data.AddTo(command);
        command.SetAction(async parsed =>
        {
            var server = data.Read(parsed);
            if (server.Database is null && !File.Exists(Path.Combine(server.DataDirectory, "plumbline.db"))) return Fail($"There is no installation in {Path.GetFullPath(server.DataDirectory)}. Name its folder with --data.", ExitCode.Unreadable);
            try
            {
                await using var database = await DataFolder.OpenDatabaseAsync(server);
                return await action(parsed, database, server);
            }
            catch (ProblemException refused)
            {
                return Fail(refused.Message, ExitCode.WrongUsage);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or System.Data.Common.DbException)
            {
                return Fail(fault.Message, ExitCode.Unreadable);
            }
        });
        return command;
    }

    private static int Print((LinkRow Link, string Code) issued, ServerOptions options)
    {
        Console.Error.WriteLine($"Until {issued.Link.ExpiresAt.ToTime():yyyy-MM-dd HH:mm} UTC {issued.Link.Email} can set a password here, once:");
        Console.WriteLine($"{options.Url.TrimEnd('/')}/reset/{issued.Code}");
        return ExitCode.Done;
    }

    private static int Fail(string message, int code)
    {
        Console.Error.WriteLine($"plumbline user: {message}");
        return code;
    }
}
