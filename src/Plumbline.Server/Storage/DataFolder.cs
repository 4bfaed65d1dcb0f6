namespace Plumbline.Server.Storage;

/// <summary>The folder that holds everything of an installation that is not in PostgreSQL. With the embedded database only one server may have it open.</summary>
public sealed class DataFolder : IDisposable
{
    private readonly FileStream? _lock;

    private DataFolder(FileStream? held) => _lock = held;

    /// <summary>Makes the folder when needed and, with the embedded database, takes it for this process.</summary>
    /// <exception cref="DataFolderInUseException">Another server has it.</exception>
    public static DataFolder Open(ServerOptions options)
    {
        Create(options.DataDirectory);
        if (options.Database is not null) return new DataFolder(null);
        var file = Path.Combine(options.DataDirectory, "server.lock");
        try
        {
            return new DataFolder(new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException taken) when (File.Exists(file))
        {
            throw new DataFolderInUseException(options.DataDirectory, taken);
        }
    }

    /// <summary>The database that the options name, brought up to date.</summary>
    public static async Task<Database> OpenDatabaseAsync(ServerOptions options, CancellationToken cancellation = default)
    {
        Create(options.DataDirectory);
        var database = options.Database is null ? Database.OpenSqlite(Path.Combine(options.DataDirectory, "plumbline.db")) : Database.OpenPostgres(options.Database);
        await Migrator.MigrateAsync(database, options.Clock, cancellation);
        return database;
    }

    /// <inheritdoc />
    public void Dispose() => _lock?.Dispose();

    /// <summary>Only the server's own user may look inside: the folder holds the keys that sign sessions.</summary>
    private static void Create(string folder)
    {
        if (Directory.Exists(folder)) return;
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}

/// <summary>Another server works on the data folder.</summary>
public sealed class DataFolderInUseException(string folder, Exception inner)
    : IOException($"Another Plumbline server works on {Path.GetFullPath(folder)}. Stop it first, or give this one another folder with --data.", inner);
