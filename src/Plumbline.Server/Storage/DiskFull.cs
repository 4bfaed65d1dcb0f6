using Microsoft.Data.Sqlite;
using Npgsql;

namespace Plumbline.Server.Storage;

/// <summary>Tells a full disk from other faults, wherever it was met.</summary>
public static class DiskFull
{
    private const int NoSpace = 28; // ENOSPC
    private const int SqliteFull = 13;
    private const int SqliteNoSharedMemory = 4874; // SQLITE_IOERR_SHMSIZE: the index of the journal cannot grow

    /// <summary>Whether the file system or the database says that there is no room left.</summary>
    public static bool Is(Exception fault) => fault
        is IOException { HResult: NoSpace }
        or SqliteException { SqliteErrorCode: SqliteFull } or SqliteException { SqliteExtendedErrorCode: SqliteNoSharedMemory }
        or PostgresException { SqlState: PostgresErrorCodes.DiskFull };
}
