using System.Data.Common;
using System.Runtime.CompilerServices;
using Dapper;

namespace Plumbline.Server.Storage;

/// <summary>One open connection, inside a transaction when writing. Statements use the common subset of SQLite and PostgreSQL and <c>@name</c> parameters.</summary>
public sealed class DbSession(DbConnection connection, DbTransaction? transaction, Engine engine)
{
    private readonly List<Action> _afterCommit = [];

    /// <summary>The engine behind, for the few statements that must differ.</summary>
    public Engine Engine => engine;

    /// <summary>The connection, for readers that stream and for bulk writes.</summary>
    public DbConnection Connection => connection;

    /// <summary>The transaction; null where the connection itself is in one.</summary>
    public DbTransaction? Transaction => transaction;

    /// <summary>The condition that a column is one of the values of a list parameter.</summary>
    public string In(string column, string parameter) => engine == Engine.PostgreSql ? $"{column} = ANY(@{parameter})" : $"{column} IN @{parameter}";

    /// <summary>All rows of a query.</summary>
    public async Task<List<T>> QueryAsync<T>(string sql, object? parameters = null, CancellationToken cancellation = default) =>
        (await connection.QueryAsync<T>(Command(sql, parameters, cancellation))).AsList();

    /// <summary>The one row of a query; null (or default) when there is none.</summary>
    public Task<T?> FindAsync<T>(string sql, object? parameters = null, CancellationToken cancellation = default) =>
        connection.QuerySingleOrDefaultAsync<T>(Command(sql, parameters, cancellation));

    /// <summary>The single value of a query that always has one row.</summary>
    public async Task<T> ScalarAsync<T>(string sql, object? parameters = null, CancellationToken cancellation = default) =>
        await connection.QuerySingleAsync<T>(Command(sql, parameters, cancellation));

    /// <summary>The one column of a query, row by row as it comes from the database.</summary>
    public async IAsyncEnumerable<byte[]> StreamAsync(string sql, IEnumerable<(string Name, object Value)> parameters, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await using var command = connection.CreateCommand();
        (command.Transaction, command.CommandText) = (transaction, sql);
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ("@" + name, value);
            command.Parameters.Add(parameter);
        }

        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation)) yield return rows.GetFieldValue<byte[]>(0);
    }

    /// <summary>Runs a statement (once per element when <paramref name="parameters"/> is a sequence) and returns the number of rows it touched.</summary>
    public Task<int> ExecuteAsync(string sql, object? parameters = null, CancellationToken cancellation = default) =>
        connection.ExecuteAsync(Command(sql, parameters, cancellation));

    /// <summary>Runs an action once the transaction is durable; never when it is rolled back.</summary>
    public void AfterCommit(Action action) => _afterCommit.Add(action);

    internal void Committed()
    {
        foreach (var action in _afterCommit) action();
    }

    private CommandDefinition Command(string sql, object? parameters, CancellationToken cancellation) =>
        new(sql, parameters, transaction, cancellationToken: cancellation);
}
