using System.Reflection;
using System.Text.RegularExpressions;

namespace Plumbline.Server.Storage;

/// <summary>Brings the schema up to date: numbered scripts, each run once and in its own transaction.</summary>
/// <remarks>
/// Scripts are the embedded <c>Storage/Schema/NNN_name.sql</c>, or <c>NNN_name.pg.sql</c> / <c>NNN_name.sqlite.sql</c> where the
/// engines must differ. A released script is never edited.
/// </remarks>
public static partial class Migrator
{
    /// <summary>Runs what has not been run yet.</summary>
    /// <exception cref="InvalidOperationException">The database was written by a newer version of Plumbline.</exception>
    public static async Task MigrateAsync(Database database, TimeProvider clock, CancellationToken cancellation = default)
    {
        await database.WriteAsync(
            session => session.ExecuteAsync(
                "CREATE TABLE IF NOT EXISTS schema_versions (number BIGINT PRIMARY KEY, name TEXT NOT NULL, at BIGINT NOT NULL)", null, cancellation),
            cancellation);
        var scripts = Scripts(database.Engine);
        var done = await database.ReadAsync(session => session.QueryAsync<long>("SELECT number FROM schema_versions", null, cancellation), cancellation);
        if (done.Count > 0 && done.Max() > scripts[^1].Number)
        {
            throw new InvalidOperationException(
                $"The database is at schema {done.Max()}, this program knows up to {scripts[^1].Number}. Start the newer version of Plumbline, or restore a backup made with this one.");
        }

        foreach (var script in scripts.Where(script => !done.Contains(script.Number)))
        {
            await database.WriteAsync(
                async session =>
                {
                    await session.ExecuteAsync(script.Sql, null, cancellation);
                    await session.ExecuteAsync(
                        "INSERT INTO schema_versions (number, name, at) VALUES (@Number, @Name, @At)",
                        new { script.Number, script.Name, At = clock.GetUtcNow().ToUnixTimeMilliseconds() },
                        cancellation);
                },
                cancellation);
        }
    }

    private static List<Script> Scripts(Engine engine)
    {
        var assembly = typeof(Migrator).Assembly;
        var suffix = engine == Engine.PostgreSql ? ".pg" : ".sqlite";
        return assembly.GetManifestResourceNames()
            .Select(name => (Name: name, Match: ScriptName().Match(name)))
            .Where(found => found.Match.Success && (found.Match.Groups["engine"].Value is var only && (only.Length == 0 || only == suffix)))
            .Select(found => new Script(long.Parse(found.Match.Groups["number"].ValueSpan, null), found.Match.Groups["name"].Value, Read(assembly, found.Name)))
            .OrderBy(script => script.Number)
            .ToList();
    }

    private static string Read(Assembly assembly, string resource)
    {
        using var stream = assembly.GetManifestResourceStream(resource)!; // listed by the assembly itself
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"\.(?<number>\d{3})_(?<name>\w+?)(?<engine>\.pg|\.sqlite)?\.sql$")]
    private static partial Regex ScriptName();

    private sealed record Script(long Number, string Name, string Sql);
}
