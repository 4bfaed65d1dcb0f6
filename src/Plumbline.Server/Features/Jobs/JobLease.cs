using System.Data.Common;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Jobs;

/// <summary>Keeps one running job's lease alive, stores its progress and hears of its cancellation.</summary>
internal sealed class JobLease(Database database, TimeProvider clock, JobRow row, string worker, CancellationTokenSource stop, Action<JobRow> publish, TimeSpan reportEvery)
    : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private JobProgress _progress = new(row.Done, row.Total, row.Unit);
    private string? _message = row.Message;
    private long _lastBeat;
    private long _lastKept = clock.GetTimestamp();

    /// <summary>Whether the database could not be reached for so long that another worker may have the job.</summary>
    internal bool IsLost { get; private set; }

    /// <summary>Takes the newest progress; written at most once in the interval.</summary>
    internal async Task ReportAsync(JobProgress progress, string? message)
    {
        (_progress, _message) = (progress, message ?? _message);
        if (clock.GetElapsedTime(_lastBeat) >= reportEvery) await BeatAsync();
    }

    /// <summary>Writes the progress now. Stops the job when it was cancelled or another worker has it.</summary>
    internal async Task BeatAsync()
    {
        await _one.WaitAsync();
        try
        {
            _lastBeat = clock.GetTimestamp();
            var (cancel, now) = await database.WriteAsync(
                async session => (await JobSql.HeartbeatAsync(session, clock, row.Id, worker, _progress, _message), await JobSql.FindAsync(session, row.Id)));
            _lastKept = clock.GetTimestamp();
            if (now is not null) publish(now);
            if (cancel is null or true) await stop.CancelAsync();
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Beats until told to end.</summary>
    internal async Task BeatEveryAsync(TimeSpan interval, CancellationToken end)
    {
        using var timer = new PeriodicTimer(interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(end)) await TryBeatAsync();
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The job has ended.
        }
    }

    /// <summary>A database that is away for a moment does not end the job; one that is away for the length of the lease does.</summary>
    private async Task TryBeatAsync()
    {
        try
        {
            await BeatAsync();
        }
        catch (DbException) when (clock.GetElapsedTime(_lastKept) < JobSql.Lease)
        {
            // The next beat may reach it.
        }
        catch (DbException)
        {
            IsLost = true;
            await stop.CancelAsync();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _one.Dispose();
}
