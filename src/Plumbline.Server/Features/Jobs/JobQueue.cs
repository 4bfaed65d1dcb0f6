using Plumbline.Server.Features.Audit;
using Plumbline.Server.Features.Events;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Jobs;

/// <summary>Puts jobs into the queue, takes them out of it, puts them back. Every change is noted in the audit log and told once it is committed.</summary>
public sealed class JobQueue(TimeProvider clock, JobSignal signal, EventBus events)
{
    /// <summary>Queues a job in the transaction of what asks for it; workers wake when it commits.</summary>
    public async Task<Job> EnqueueAsync(DbSession session, string kind, string? projectId, string title, object payload, string? userId)
    {
        var job = await JobSql.EnqueueAsync(session, clock, kind, projectId, title, payload, userId);
        await AuditLog.WriteAsync(session, clock, userId, projectId, $"{kind}.begin", job.Id, new { title });
        session.AfterCommit(signal.Queued);
        return Tell(session, job);
    }

    /// <summary>Stops a job: at once when it waits or runs in this process, at its next heartbeat elsewhere. Null when it has ended already.</summary>
    public async Task<Job?> CancelAsync(DbSession session, string jobId, string userId)
    {
        if (!await JobSql.CancelAsync(session, clock, jobId)) return null;
        session.AfterCommit(() => signal.Cancelled(jobId));
        return await ToldAsync(session, jobId, userId, "job.cancel");
    }

    /// <summary>Queues a job again that failed or was cancelled. Null when it is in another state.</summary>
    public async Task<Job?> RetryAsync(DbSession session, string jobId, string userId)
    {
        if (!await JobSql.RetryAsync(session, jobId)) return null;
        session.AfterCommit(signal.Queued);
        return await ToldAsync(session, jobId, userId, "job.retry");
    }

    private async Task<Job?> ToldAsync(DbSession session, string jobId, string userId, string action)
    {
        if (await JobSql.FindAsync(session, jobId) is not { } row) return null;
        await AuditLog.WriteAsync(session, clock, userId, row.ProjectId, action, jobId, new { row.Title });
        return Tell(session, row.ToJob());
    }

    private Job Tell(DbSession session, Job job)
    {
        session.AfterCommit(() => events.Publish("job", job.ProjectId, job));
        return job;
    }
}
