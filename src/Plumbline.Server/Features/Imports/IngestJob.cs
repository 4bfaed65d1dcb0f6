using Plumbline.Server.Features.Jobs;

namespace Plumbline.Server.Features.Imports;

/// <summary>The job that takes uploaded or server-side pictures into a project.</summary>
public sealed class IngestJob(ImportFiles files, ImageIngest ingest) : IJobHandler
{
    /// <inheritdoc />
    public string Kind => ImportQueue.IngestKind;

    /// <inheritdoc />
    public async Task<object?> RunAsync(JobRun job, CancellationToken cancellation)
    {
        var payload = job.Payload<ImportPayload>();
        using var tree = await files.OpenAsync(payload, cancellation);
        var scope = new IngestScope(job.Id, job.ProjectId, job.CreatedBy ?? throw new InvalidOperationException($"Nobody asked for job {job.Id}."));
        var counts = await ingest.RunAsync(scope, tree, (done, total) => job.ReportAsync(done, total, "images"), cancellation);
        files.Release(payload);
        return counts;
    }
}
