using Plumbline.Server;
using Plumbline.Server.Storage;
using Plumbline.Testing;
using Plumbline.Testing.Load;

namespace Plumbline.Benchmarks.Saves;

/// <summary>Runs a measurement on SQLite and on a private PostgreSQL that syncs to disk, each with a fresh installation.</summary>
internal static class Engines
{
    internal static async Task EachAsync(int annotators, int sets, Func<string, ServerOptions, LabelWorld, Task> measure)
    {
        await OneAsync("SQLite", null, annotators, sets, measure);
        await using var cluster = await PostgresCluster.StartAsync();
        await OneAsync("PostgreSQL", await cluster.CreateDatabaseAsync(), annotators, sets, measure);
    }

    private static async Task OneAsync(string name, string? connection, int annotators, int sets, Func<string, ServerOptions, LabelWorld, Task> measure)
    {
        var folder = Directory.CreateTempSubdirectory("plumbline-bench-").FullName;
        var options = new ServerOptions { DataDirectory = folder, Database = connection };
        LabelWorld world;
        await using (var database = await DataFolder.OpenDatabaseAsync(options)) world = await LabelWorld.SeedAsync(database, annotators, sets);
        await measure(name, options, world);
        Directory.Delete(folder, recursive: true);
    }
}
