using Plumbline.Server;
using Plumbline.Server.Storage;

namespace Plumbline.Testing.Load;

/// <summary>Kills the server again and again while annotators save, then looks at what is left.</summary>
public static class Soak
{
    /// <summary>Runs it on a seeded, stopped installation.</summary>
    /// <param name="options">The installation.</param>
    /// <param name="world">Who saves what.</param>
    /// <param name="kills">How often to kill.</param>
    /// <param name="random">When to kill.</param>
    /// <param name="progress">Told after each kill.</param>
    public static async Task<(SaveAudit Audit, int Resent)> RunAsync(ServerOptions options, LabelWorld world, int kills, Random random, Action<int>? progress = null)
    {
        using var server = new ServerProcess(options.DataDirectory, options.Database);
        await server.StartAsync();
        var annotators = world.Tokens.Select((token, i) => new Annotator(() => server.Url, token, world.SetIds[i % world.SetIds.Count], seed: i)).ToList();
        using var stop = new CancellationTokenSource();
        var work = Task.WhenAll(annotators.Select(annotator => Task.Run(() => annotator.WorkAsync(stop.Token))));
        for (var kill = 1; kill <= kills; kill++)
        {
            await WaitForSavesAsync(annotators, work, 20 + random.Next(60));
            await Task.Delay(random.Next(20));
            await server.KillAsync();
            await server.StartAsync();
            progress?.Invoke(kill);
        }

        await stop.CancelAsync();
        await work;
        await server.KillAsync();
        await using var database = await DataFolder.OpenDatabaseAsync(options);
        var audit = await SaveAudit.RunAsync(database, world, annotators);
        foreach (var annotator in annotators) annotator.Dispose();
        return (audit, annotators.Sum(annotator => annotator.Resent));
    }

    private static async Task WaitForSavesAsync(List<Annotator> annotators, Task work, int more)
    {
        var enough = annotators.Sum(annotator => annotator.Saved) + more;
        while (annotators.Sum(annotator => annotator.Saved) < enough && !work.IsFaulted) await Task.Delay(2);
        if (work.IsFaulted) await work;
    }
}
