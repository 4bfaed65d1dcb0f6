using System.Globalization;
using Plumbline.Imaging;
using Plumbline.Imaging.Tiles;
using Plumbline.Server.Features.Images;
using Plumbline.Server.Features.Jobs;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Tiles;

/// <summary>What a job has cut.</summary>
public sealed record TilesMade(string ImageId);

/// <summary>The job that cuts a large picture into tiles. Stopped or killed it leaves nothing, and begins anew: a gigapixel takes half a minute.</summary>
public sealed class TilesJob(Database database, BlobStore blobs, ImageChanges changes, TimeProvider clock) : IJobHandler
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(250);

    /// <inheritdoc />
    public string Kind => TilesQueue.Kind;

    /// <inheritdoc />
    public async Task<object?> RunAsync(JobRun job, CancellationToken cancellation)
    {
        var wanted = job.Payload<TilesPayload>();
        if (!await database.ReadAsync(session => TilesSql.ExistsAsync(session, wanted.PixelsSha256), cancellation)) await CutAsync(job, wanted, cancellation);
        changes.Happened(job.ProjectId);
        return new TilesMade(wanted.ImageId);
    }

    private async Task CutAsync(JobRun job, TilesPayload wanted, CancellationToken cancellation)
    {
        using var draft = blobs.CreateDraft();
        var grid = await WriteAsync(job, wanted, draft, cancellation);
        await job.ReportAsync(100, 100, "%", string.Create(CultureInfo.InvariantCulture, $"{grid.Count:N0} tiles"));
        var sha256 = draft.Commit();
        await database.WriteAsync(session => TilesSql.AddAsync(session, clock, wanted.PixelsSha256, sha256, grid.Side, grid.Levels, draft.Length), cancellation);
    }

    private async Task<TileGrid> WriteAsync(JobRun job, TilesPayload wanted, BlobDraft draft, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var percent = 0;
        var source = ImageSource.FromFile(blobs.PathOf(wanted.PixelsSha256));
        var format = wanted.PixelsType == ImageFormat.Png.MediaType() ? ImageFormat.Png : ImageFormat.Jpeg;
        var writing = Task.Run(() => PyramidWriter.Write(source, format, blobs.NewScratchPath(), draft, now => Volatile.Write(ref percent, now), stop.Token), CancellationToken.None);
        try
        {
            while (await Task.WhenAny(writing, Task.Delay(Glance, clock, CancellationToken.None)) != writing) await job.ReportAsync(Volatile.Read(ref percent), 100, "%");
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAny(writing); // it writes to the draft, which is about to go
        }

        try
        {
            return await writing;
        }
        catch (ImageRefusedException e)
        {
            throw new JobFailedException($"The picture could not be cut into tiles. {e.Refusal.Message}", e);
        }
        catch (Exception e) when (DiskFull.Is(e))
        {
            throw new JobFailedException("The server's disk is full. Free some space, then retry.", e);
        }
    }
}
