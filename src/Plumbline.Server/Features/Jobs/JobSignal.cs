using System.Collections.Concurrent;

namespace Plumbline.Server.Features.Jobs;

/// <summary>Carries news of jobs inside this process: one was queued, one is to stop. Other processes find out by looking: once a second, and at a running job's next heartbeat.</summary>
public sealed class JobSignal(TimeProvider clock) : IDisposable
{
    private readonly SemaphoreSlim _queued = new(0);
    private readonly ConcurrentDictionary<string, CancellationTokenSource> _running = new();

    /// <summary>Call it after the commit that queued a job.</summary>
    public void Queued() => _queued.Release();

    /// <summary>Call it after the commit that asked a job to stop.</summary>
    public void Cancelled(string jobId)
    {
        if (!_running.TryGetValue(jobId, out var stop)) return;
        try
        {
            stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The job ended by itself just now.
        }
    }

    /// <summary>Stops the source when the job is cancelled in this process; dispose the result when the job has ended.</summary>
    internal IDisposable StopWhenCancelled(string jobId, CancellationTokenSource stop)
    {
        _running[jobId] = stop;
        return new Registration(this, jobId);
    }

    /// <summary>Returns when a job was queued here, or after a second.</summary>
    public async Task WaitAsync(CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(1), clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        try
        {
            await _queued.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // Time to look again.
        }
    }

    /// <inheritdoc />
    public void Dispose() => _queued.Dispose();

    private sealed class Registration(JobSignal signal, string jobId) : IDisposable
    {
        public void Dispose() => signal._running.TryRemove(jobId, out _);
    }
}
