using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using SQLitePCL;

namespace Plumbline.Server.Storage;

/// <summary>The database engines that Plumbline runs on.</summary>
public enum Engine
{
    Sqlite,
    PostgreSql,
}

/// <summary>Opens sessions on the one database of the installation.</summary>
/// <remarks>
/// SQLite: WAL, full sync, every write in <c>BEGIN IMMEDIATE</c>; writers of this process queue in order of arrival instead of
/// polling a busy file. A write transaction must stay below 100 ms and never wait for anything but the database.
/// </remarks>
public sealed class Database : IAsyncDisposable
{
    /// <summary>Statements a connection keeps prepared, unless the connection string says otherwise: planning costs more than running them.</summary>
    private const int PreparedStatements = 100;

    private readonly NpgsqlDataSource? _postgres;
    private readonly string? _sqlite;
    private readonly SemaphoreSlim _sqliteWriter = new(1, 1);
    private readonly AsyncLocal<Func<DbSession, Task>?> _beforeCommit = new();

    private Database(NpgsqlDataSource? postgres, string? sqlite) => (_postgres, _sqlite) = (postgres, sqlite);

    /// <summary>The engine behind.</summary>
    public Engine Engine => _postgres is null ? Engine.Sqlite : Engine.PostgreSql;

    /// <summary>SQLite in a file that is created when missing.</summary>
    public static Database OpenSqlite(string file)
    {
        SqliteNative.Bind();
        return new(null, new SqliteConnectionStringBuilder { DataSource = file, Pooling = true, ForeignKeys = true, DefaultTimeout = 30 }.ToString());
    }

    /// <summary>PostgreSQL by its connection string.</summary>
    public static Database OpenPostgres(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        if (!connectionString.Contains("Auto Prepare", StringComparison.OrdinalIgnoreCase)) settings.MaxAutoPrepare = PreparedStatements;
        return new(NpgsqlDataSource.Create(settings), null);
    }

    /// <summary>Reads from one consistent snapshot of the database.</summary>
    public async Task<T> ReadAsync<T>(Func<DbSession, Task<T>> body, CancellationToken cancellation = default)
    {
        await using var connection = await OpenAsync(cancellation);
        await using var snapshot = connection is SqliteConnection sqlite
            ? sqlite.BeginTransaction(deferred: true)
            : await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellation);
        return await body(new DbSession(connection, snapshot, Engine));
    }

    /// <summary>Runs the body in one write transaction: all of it is durable when this returns, or none of it.</summary>
    public async Task<T> WriteAsync<T>(Func<DbSession, Task<T>> body, CancellationToken cancellation = default)
    {
        var complete = _beforeCommit.Value is { } also ? Both(body, also) : body;
        var (result, session) = _postgres is null
            ? await WriteSqliteAsync(complete, cancellation)
            : await WritePostgresAsync(complete, cancellation);
        session.Committed();
        return result;
    }

    /// <summary>Runs the body in one write transaction: all of it is durable when this returns, or none of it.</summary>
    public Task WriteAsync(Func<DbSession, Task> body, CancellationToken cancellation = default) =>
        WriteAsync(
            async session =>
            {
                await body(session);
                return true;
            },
            cancellation);

    /// <summary>Runs something whose every write transaction also holds what <paramref name="beforeCommit"/> writes.</summary>
    public async Task WithEveryWriteAsync(Func<DbSession, Task> beforeCommit, Func<Task> body)
    {
        _beforeCommit.Value = beforeCommit; // seen by what is called from here, not by the caller
        await body();
    }

    /// <summary>A connection outside of any transaction, for notifications. PostgreSQL only.</summary>
    internal ValueTask<NpgsqlConnection> OpenPostgresAsync(CancellationToken cancellation) =>
        (_postgres ?? throw new InvalidOperationException("The database is not PostgreSQL.")).OpenConnectionAsync(cancellation);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_postgres is not null) await _postgres.DisposeAsync();
        if (_sqlite is not null)
        {
            await using var connection = new SqliteConnection(_sqlite);
            SqliteConnection.ClearPool(connection);
        }

        _sqliteWriter.Dispose();
    }

    private static Func<DbSession, Task<T>> Both<T>(Func<DbSession, Task<T>> body, Func<DbSession, Task> also) => async session =>
    {
        var result = await body(session);
        await also(session);
        return result;
    };

    private async Task<(T Result, DbSession Session)> WriteSqliteAsync<T>(Func<DbSession, Task<T>> body, CancellationToken cancellation)
    {
        await _sqliteWriter.WaitAsync(cancellation);
        try
        {
            await using var connection = (SqliteConnection)await OpenAsync(cancellation);
            await ExecuteAsync(connection, "BEGIN IMMEDIATE", cancellation);
            try
            {
                var session = new DbSession(connection, null, Engine);
                var result = await body(session);
                await ExecuteAsync(connection, "COMMIT", CancellationToken.None);
                return (result, session);
            }
            catch
            {
                // On a full disk SQLite has rolled back by itself; to do it again would fail, and hide why.
                if (raw.sqlite3_get_autocommit(connection.Handle) == 0) await ExecuteAsync(connection, "ROLLBACK", CancellationToken.None);
                throw;
            }
        }
        finally
        {
            _sqliteWriter.Release();
        }
    }

    private async Task<(T Result, DbSession Session)> WritePostgresAsync<T>(Func<DbSession, Task<T>> body, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var connection = await OpenAsync(cancellation);
                await using var transaction = await connection.BeginTransactionAsync(cancellation);
                var session = new DbSession(connection, transaction, Engine);
                var result = await body(session);
                await transaction.CommitAsync(CancellationToken.None);
                return (result, session);
            }
            catch (PostgresException deadlock) when (deadlock.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure && attempt < 5)
            {
                await Task.Delay(5 << attempt, cancellation);
            }
        }
    }

    private async Task<DbConnection> OpenAsync(CancellationToken cancellation)
    {
        if (_postgres is not null) return await _postgres.OpenConnectionAsync(cancellation);

        var connection = new SqliteConnection(_sqlite);
        await connection.OpenAsync(cancellation);
        await ExecuteAsync(connection, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=30000;", cancellation);
        return connection;
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
