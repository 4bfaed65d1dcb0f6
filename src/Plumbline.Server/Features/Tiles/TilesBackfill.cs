using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Tiles;

/// <summary>When the server starts, queues the large pictures that came in before there were tiles, or while more pixels counted as large.</summary>
public sealed class TilesBackfill(Database database, TilesQueue tiles, ServerOptions options) : BackgroundService
{
    private const int Step = 100;

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Role == ServerRole.Api) return;
        while (await QueueSomeAsync(stoppingToken) == Step)
        {
            // There may be more.
        }
    }

    private Task<int> QueueSomeAsync(CancellationToken cancellation) => database.WriteAsync(
        async session =>
        {
            // On PostgreSQL two workers that start together would queue everything twice. SQLite has one writer anyway.
            if (session.Engine == Engine.PostgreSql) await session.ExecuteAsync("LOCK TABLE pyramids IN EXCLUSIVE MODE", null, cancellation);
            var pictures = await TilesSql.UncutAsync(session, options.TilesAbovePixels, Step);
            foreach (var picture in pictures) await tiles.EnqueueAsync(session, picture);
            return pictures.Count;
        },
        cancellation);
}
