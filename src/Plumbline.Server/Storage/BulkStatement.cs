using System.Data.Common;

namespace Plumbline.Server.Storage;

/// <summary>Runs one statement for many rows: prepared once on SQLite, in one round trip on PostgreSQL.</summary>
public static class BulkStatement
{
    /// <summary>Runs the statement once a row.</summary>
    /// <param name="session">A write transaction.</param>
    /// <param name="sql">The statement, with parameters <c>@name</c>.</param>
    /// <param name="names">The parameters' names without the at sign.</param>
    /// <param name="rows">The parameters' values, in the order of the names.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task ExecuteManyAsync(
        this DbSession session, string sql, IReadOnlyList<string> names, IReadOnlyCollection<object?[]> rows, CancellationToken cancellation = default)
    {
        if (rows.Count == 0) return;
        if (session.Engine == Engine.PostgreSql) await ExecuteBatchAsync(session, sql, names, rows, cancellation);
        else await ExecutePreparedAsync(session, sql, names, rows, cancellation);
    }

    private static async Task ExecuteBatchAsync(DbSession session, string sql, IReadOnlyList<string> names, IEnumerable<object?[]> rows, CancellationToken cancellation)
    {
        await using var batch = session.Connection.CreateBatch();
        batch.Transaction = session.Transaction;
        foreach (var row in rows)
        {
            var command = batch.CreateBatchCommand();
            command.CommandText = sql;
            for (var i = 0; i < names.Count; i++)
            {
                var parameter = command.CreateParameter();
                (parameter.ParameterName, parameter.Value) = (names[i], row[i] ?? DBNull.Value);
                command.Parameters.Add(parameter);
            }

            batch.BatchCommands.Add(command);
        }

        await batch.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task ExecutePreparedAsync(DbSession session, string sql, IReadOnlyList<string> names, IEnumerable<object?[]> rows, CancellationToken cancellation)
    {
        await using var command = session.Connection.CreateCommand();
        command.Transaction = session.Transaction;
        command.CommandText = sql;
        var parameters = names.Select(name => Add(command, name)).ToArray();
        foreach (var row in rows)
        {
            for (var i = 0; i < parameters.Length; i++) parameters[i].Value = row[i] ?? DBNull.Value;
            await command.ExecuteNonQueryAsync(cancellation);
        }
    }

    private static DbParameter Add(DbCommand command, string name)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = "@" + name;
        command.Parameters.Add(parameter);
        return parameter;
    }
}
