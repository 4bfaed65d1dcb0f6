using Plumbline.Server.Features.Jobs;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Tiles;

/// <summary>What a job cuts.</summary>
/// <param name="ImageId">The image that it is for.</param>
/// <param name="PixelsSha256">The upright picture.</param>
/// <param name="PixelsType">Its media type.</param>
public sealed record TilesPayload(string ImageId, string PixelsSha256, string PixelsType);

/// <summary>Queues the cutting of large pictures.</summary>
public sealed class TilesQueue(JobQueue jobs, ServerOptions options)
{
    /// <summary>The kind of these jobs.</summary>
    public const string Kind = "tiles";

    /// <summary>Whether a picture is so large that it is shown in tiles.</summary>
    public bool IsLarge(long width, long height) => width * height > options.TilesAbovePixels;

    /// <summary>Queues the job in the caller's transaction, unless the same picture was cut before.</summary>
    public async Task EnqueueAsync(DbSession session, UncutPicture picture)
    {
        if (await TilesSql.ExistsAsync(session, picture.PixelsSha256)) return;
        var payload = new TilesPayload(picture.ImageId, picture.PixelsSha256, picture.PixelsType);
        var job = await jobs.EnqueueAsync(session, Kind, picture.ProjectId, $"Cut into tiles: {picture.Path}", payload, picture.AddedBy);
        if (!await TilesSql.NoteJobAsync(session, picture.ImageId, job.Id)) throw new InvalidOperationException($"Image {picture.ImageId} is being cut already.");
    }
}
