using Plumbline.Server.Features.Imports;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Uploads;

/// <summary>Gives up on uploads that nobody goes on with and frees the bytes of those that are done.</summary>
public sealed class UploadSweeper(Database database, UploadStore store, TimeProvider clock, ILogger<UploadSweeper> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    private static readonly TimeSpan Patience = TimeSpan.FromDays(2);
    private static readonly TimeSpan RetryFor = TimeSpan.FromDays(7);

    /// <summary>Sweeps once.</summary>
    public async Task SweepAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var present = store.Ids.ToList(); // before the look at the database: an upload opened meanwhile is not among them
        await database.WriteAsync(session => UploadSql.AbandonAsync(session, (now - Patience).ToUnixTimeMilliseconds()), cancellation);
        var needed = await database.ReadAsync(session => UploadSql.NeededAsync(session, (now - RetryFor).ToUnixTimeMilliseconds()), cancellation);
        await database.WriteAsync(session => PreviewSql.SweepAsync(session, (now - RetryFor).ToUnixTimeMilliseconds()), cancellation);
        foreach (var id in present.Where(id => !needed.Contains(id)))
        {
            store.Delete(id);
            log.LogInformation("Freed the bytes of upload {Upload}", id);
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            do
            {
                await SweepAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }
}
