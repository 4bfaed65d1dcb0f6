using Plumbline.Server.Features.Events;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Jobs;

/// <summary>Claims jobs and runs them in a fixed number of slots. The database is the queue: a job survives the death of its worker and is taken over when its lease ends.</summary>
public sealed class JobRunner(Database database, TimeProvider clock, EventBus events, IEnumerable<IJobHandler> handlers, JobSignal signal, ServerOptions options, ILogger<JobRunner> log)
    : BackgroundService
{
    private const int MaximumAttempts = 3;
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan ReportEvery = TimeSpan.FromMilliseconds(250);
    private readonly Dictionary<string, IJobHandler> _handlers = handlers.ToDictionary(handler => handler.Kind);
    private readonly string _worker = Ids.New(clock);

    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        options.Role == ServerRole.Api ? Task.CompletedTask : Task.WhenAll(Enumerable.Range(0, options.JobSlots).Select(_ => WorkAsync(stoppingToken)));

    private async Task WorkAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var row = await database.WriteAsync(session => JobSql.ClaimAsync(session, clock, _worker), stopping);
                if (row is null) await signal.WaitAsync(stopping);
                else await RunAsync(row, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault) when (fault is not OutOfMemoryException)
            {
                log.LogError(fault, "The job queue could not be read; trying again in a second");
                await Task.Delay(TimeSpan.FromSeconds(1), clock, stopping);
            }
        }
    }

    private async Task RunAsync(JobRow row, CancellationToken stopping)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var cancelling = signal.StopWhenCancelled(row.Id, stop);
        using var lease = new JobLease(database, clock, row, _worker, stop, Publish, ReportEvery);
        await lease.BeatAsync();
        using var beating = new CancellationTokenSource();
        var heart = lease.BeatEveryAsync(Heartbeat, beating.Token);
        var end = await TryAsync(row, lease, stop.Token, stopping);
        await beating.CancelAsync();
        await heart;
        await database.WriteAsync(session => end(session), CancellationToken.None);
        if (await database.ReadAsync(session => JobSql.FindAsync(session, row.Id), CancellationToken.None) is { } ended) Publish(ended);
    }

    /// <summary>Runs the handler and says how the job is to end.</summary>
    private async Task<Func<DbSession, Task>> TryAsync(JobRow row, JobLease lease, CancellationToken cancellation, CancellationToken stopping)
    {
        try
        {
            if (!_handlers.TryGetValue(row.Kind, out var handler)) throw new JobFailedException($"This version of Plumbline does not know jobs of the kind '{row.Kind}'.");
            var result = await handler.RunAsync(new JobRun(row, lease.ReportAsync), cancellation);
            await lease.BeatAsync();
            return session => JobSql.FinishAsync(session, clock, row.Id, _worker, JobState.Succeeded, result, null);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return session => JobSql.ReleaseAsync(session, row.Id, _worker, null);
        }
        catch (OperationCanceledException) when (lease.IsLost)
        {
            return session => JobSql.ReleaseAsync(session, row.Id, _worker, null);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return session => JobSql.FinishAsync(session, clock, row.Id, _worker, JobState.Cancelled, null, null);
        }
        catch (JobFailedException refused)
        {
            return session => JobSql.FinishAsync(session, clock, row.Id, _worker, JobState.Failed, null, refused.Message);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            log.LogError(fault, "Job {Job} of kind {Kind} failed on try {Attempt}", row.Id, row.Kind, row.Attempt);
            return row.Attempt < MaximumAttempts
                ? session => JobSql.ReleaseAsync(session, row.Id, _worker, fault.Message)
                : session => JobSql.FinishAsync(session, clock, row.Id, _worker, JobState.Failed, null, fault.Message);
        }
    }

    private void Publish(JobRow row) => events.Publish("job", row.ProjectId, row.ToJob());
}
