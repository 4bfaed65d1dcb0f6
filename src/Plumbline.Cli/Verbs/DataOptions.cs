using System.CommandLine;
using Plumbline.Server;

namespace Plumbline.Cli.Verbs;

/// <summary>The options that say which installation is meant.</summary>
internal sealed class DataOptions
{
    /// <summary>Environment variable with the connection string, so that its password is in no list of processes.</summary>
    private const string DatabaseVariable = "PLUMBLINE_DATABASE";

    public Option<string> Data { get; } = new("--data")
    {
        Description = "Folder that holds the database and the pictures.",
        DefaultValueFactory = _ => "plumbline-data",
        HelpName = "DIR",
    };

    public Option<string?> Database { get; } = new("--database")
    {
        Description = $"PostgreSQL connection string; without it SQLite in the data folder. Better given as the environment variable {DatabaseVariable}.",
        HelpName = "CONNECTION",
    };

    public Option<string> Url { get; } = new("--url")
    {
        Description = "Address of the server.",
        DefaultValueFactory = _ => "http://localhost:5080",
        HelpName = "URL",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(Data);
        command.Options.Add(Database);
        command.Options.Add(Url);
    }

    public ServerOptions Read(ParseResult parsed) => new()
    {
        DataDirectory = parsed.GetRequiredValue(Data),
        Database = parsed.GetValue(Database) ?? Environment.GetEnvironmentVariable(DatabaseVariable),
        Url = parsed.GetRequiredValue(Url),
    };
}
