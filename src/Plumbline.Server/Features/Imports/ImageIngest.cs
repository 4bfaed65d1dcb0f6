using System.Collections.Concurrent;
using System.Threading.Channels;
using Plumbline.Formats.Files;
using Plumbline.Imaging;
using Plumbline.Server.Features.Images;
using Plumbline.Server.Features.Jobs;
using Plumbline.Server.Features.Tiles;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Imports;

/// <summary>
/// Takes all pictures of a file tree into a project: one task copies and hashes, two for each processor decode and sync, one writes rows in short transactions.
/// Started again after a crash it goes on where the rows end; a file that is no good is reported and the rest goes in.
/// </summary>
public sealed class ImageIngest(Database database, BlobStore blobs, ImageChanges changes, TilesQueue tiles, ServerOptions options, TimeProvider clock)
{
    private const int BatchSize = 50;
    private const long MaxFileBytes = 4L << 30;

    /// <summary>Runs to the end.</summary>
    /// <param name="scope">Which job, project and person.</param>
    /// <param name="files">The files; only pictures and ZIPs of pictures make sense.</param>
    /// <param name="report">Told after each batch how many of how many files are dealt with.</param>
    /// <param name="cancellation">Stops between files; what was written stays.</param>
    /// <exception cref="JobFailedException">The disk is full.</exception>
    public async Task<IngestCounts> RunAsync(IngestScope scope, IFileTree files, Func<long, long, Task> report, CancellationToken cancellation)
    {
        using var items = new IngestItems(files);
        var done = await database.ReadAsync(session => IngestSql.DoneAsync(session, scope.JobId), cancellation);
        var workers = 2 * Environment.ProcessorCount; // while one waits for the disk to sync, another decodes
        var drafts = Channel.CreateBounded<(IngestItem Item, BlobDraft Draft)>(workers);
        var results = Channel.CreateBounded<IngestResult>(BatchSize);
        var seen = new ConcurrentDictionary<string, Task<ItemRefusal?>>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);

        var copying = Task.Run(() => CopyAllAsync(items.All.Where(item => !done.Contains(item.Key)), drafts.Writer, results.Writer, stop.Token), CancellationToken.None);
        var decoding = Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(() => PrepareAllAsync(scope, drafts.Reader, results.Writer, seen, stop.Token), CancellationToken.None)));
        var writing = WriteAllAsync(scope, results.Reader, done.Count, items.All.Count, report, stop.Token);
        try
        {
            await EndTogetherAsync(stop, [Then(copying, () => drafts.Writer.TryComplete()), Then(decoding, () => results.Writer.TryComplete()), writing]);
        }
        finally
        {
            while (drafts.Reader.TryRead(out var left)) await left.Draft.DisposeAsync();
        }

        return await database.ReadAsync(session => IngestSql.CountAsync(session, scope.JobId), cancellation);
    }

    private async Task CopyAllAsync(IEnumerable<IngestItem> items, ChannelWriter<(IngestItem, BlobDraft)> drafts, ChannelWriter<IngestResult> results, CancellationToken cancellation)
    {
        foreach (var item in items)
        {
            cancellation.ThrowIfCancellationRequested();
            if (await CopyAsync(item, drafts, cancellation) is { } refusal) await results.WriteAsync(new IngestResult(item, null, refusal), cancellation);
        }
    }

    private async Task<ItemRefusal?> CopyAsync(IngestItem item, ChannelWriter<(IngestItem, BlobDraft)> drafts, CancellationToken cancellation)
    {
        if (item.Refusal is not null) return item.Refusal;
        var draft = blobs.CreateDraft();
        var passedOn = false;
        try
        {
            if (Copy(item, draft) is { } refusal) return refusal;
            await drafts.WriteAsync((item, draft), cancellation);
            passedOn = true;
            return null;
        }
        finally
        {
            if (!passedOn) await draft.DisposeAsync();
        }
    }

    private static ItemRefusal? Copy(IngestItem item, BlobDraft draft)
    {
        try
        {
            using var source = item.Open!(); // an item without a refusal can be opened
            var buffer = new byte[1 << 17];
            for (int read; (read = source.Read(buffer)) > 0;)
            {
                if (draft.Length + read > MaxFileBytes) return new ItemRefusal("too-large", $"The file is larger than {MaxFileBytes >> 30} GB.");
                draft.Write(buffer.AsSpan(0, read));
            }

            return null;
        }
        catch (InvalidDataException e)
        {
            return new ItemRefusal("bad-archive", e.Message);
        }
        catch (Exception e) when (e is FileNotFoundException or UnauthorizedAccessException)
        {
            return new ItemRefusal("unreadable", "The file cannot be read on the server.");
        }
    }

    private async Task PrepareAllAsync(
        IngestScope scope, ChannelReader<(IngestItem Item, BlobDraft Draft)> drafts, ChannelWriter<IngestResult> results, ConcurrentDictionary<string, Task<ItemRefusal?>> seen,
        CancellationToken cancellation)
    {
        await foreach (var (item, draft) in drafts.ReadAllAsync(cancellation))
        {
            await using (draft)
            {
                await results.WriteAsync(await PrepareAsync(scope, item, draft, seen, cancellation), cancellation);
            }
        }
    }

    /// <summary>The same bytes are decoded once, in this job and in the project: a second file with them only shares the first one's fate.</summary>
    private async Task<IngestResult> PrepareAsync(
        IngestScope scope, IngestItem item, BlobDraft draft, ConcurrentDictionary<string, Task<ItemRefusal?>> seen, CancellationToken cancellation)
    {
        var fate = new TaskCompletionSource<ItemRefusal?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = seen.GetOrAdd(draft.Sha256, fate.Task);
        if (first != fate.Task)
        {
            return await first.WaitAsync(cancellation) is { } same ? new IngestResult(item, null, same) : IngestResult.Duplicate(item, draft.Sha256);
        }

        try
        {
            if (await database.ReadAsync(session => IngestSql.FindPathAsync(session, scope.ProjectId, draft.Sha256), cancellation) is not null)
            {
                fate.SetResult(null);
                return IngestResult.Duplicate(item, draft.Sha256);
            }

            var picture = PreparedPicture.Make(blobs, draft, options.ImageLimits);
            fate.SetResult(null);
            return new IngestResult(item, picture, null);
        }
        catch (ImageRefusedException e)
        {
            var refusal = new ItemRefusal(e.Refusal.Code, e.Refusal.Message);
            fate.SetResult(refusal);
            return new IngestResult(item, null, refusal);
        }
        catch (Exception e)
        {
            fate.TrySetException(e);
            throw;
        }
    }

    private async Task WriteAllAsync(IngestScope scope, ChannelReader<IngestResult> results, long done, long total, Func<long, long, Task> report, CancellationToken cancellation)
    {
        await report(done, total);
        var batch = new List<IngestResult>(BatchSize);
        while (await results.WaitToReadAsync(cancellation))
        {
            while (batch.Count < BatchSize && results.TryRead(out var result)) batch.Add(result);
            await database.WriteAsync(
                async session =>
                {
                    session.AfterCommit(() => changes.Happened(scope.ProjectId));
                    foreach (var added in await IngestSql.WriteAsync(session, clock, scope, batch))
                    {
                        if (tiles.IsLarge(added.Picture.Description.Width, added.Picture.Description.Height)) await tiles.EnqueueAsync(session, added.ToUncut(scope));
                    }
                },
                cancellation);
            done += batch.Count;
            batch.Clear();
            await report(done, total);
        }
    }

    /// <summary>When one part fails the others cannot end by themselves: stop them, then tell of the first failure.</summary>
    private static async Task EndTogetherAsync(CancellationTokenSource stop, Task[] parts)
    {
        Exception? fault = null;
        await foreach (var part in Task.WhenEach(parts))
        {
            if (part.IsCompletedSuccessfully) continue;
            fault ??= part.Exception?.InnerException;
            await stop.CancelAsync();
        }

        if (fault is not null && DiskFull.Is(fault)) throw new JobFailedException("The server's disk is full. Free some space, then retry: what was added stays, the rest follows.", fault);
        if (fault is not null) throw fault;
        stop.Token.ThrowIfCancellationRequested();
    }

    private static async Task Then(Task part, Action end)
    {
        await part;
        end();
    }
}
