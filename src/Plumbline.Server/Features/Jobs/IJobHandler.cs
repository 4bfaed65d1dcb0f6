namespace Plumbline.Server.Features.Jobs;

/// <summary>Does one kind of background work. Registered as a singleton; found by its kind.</summary>
/// <remarks>A job may be started again after a crash: whatever it did before must not be done twice. It saves its progress where its results are.</remarks>
public interface IJobHandler
{
    /// <summary>Stable name of the kind.</summary>
    string Kind { get; }

    /// <summary>Does the work and returns its result (serialised as the job's <c>result</c>), or null.</summary>
    /// <param name="job">The job at hand.</param>
    /// <param name="cancellation">Set when the job is cancelled, its lease was lost or the server stops.</param>
    /// <exception cref="JobFailedException">The work cannot be done, for a reason that a person can act on; it is not tried again.</exception>
    Task<object?> RunAsync(JobRun job, CancellationToken cancellation);
}

/// <summary>The work cannot be done; the message says why and what to do.</summary>
public sealed class JobFailedException(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>A job in the hands of its handler.</summary>
public sealed class JobRun(JobRow row, Func<JobProgress, string?, Task> report)
{
    /// <summary>The job's id.</summary>
    public string Id => row.Id;

    /// <summary>The project it works in.</summary>
    public string ProjectId => row.ProjectId ?? throw new InvalidOperationException($"Job {row.Id} belongs to no project.");

    /// <summary>Who asked for it.</summary>
    public string? CreatedBy => row.CreatedBy;

    /// <summary>1 on the first try.</summary>
    public long Attempt => row.Attempt;

    /// <summary>What was asked for.</summary>
    public T Payload<T>() => row.PayloadAs<T>();

    /// <summary>Tells how far it is; cheap to call often (written at most four times a second).</summary>
    public Task ReportAsync(long done, long? total, string unit, string? message = null) => report(new JobProgress(done, total, unit), message);
}
