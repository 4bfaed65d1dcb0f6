using Plumbline.Server.Features.Jobs;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Imports;

/// <summary>What the files are to become.</summary>
public enum ImportIntent
{
    /// <summary>Every picture among them becomes an image.</summary>
    Images,

    /// <summary>They are a dataset: pictures with annotations.</summary>
    Dataset,

    /// <summary>They are a dataset to be looked at: the project stays as it is until somebody starts the import.</summary>
    Preview,
}

/// <summary>What an ingest, preview or import job works on: an upload, or a folder under one of the server's roots.</summary>
/// <param name="UploadId">The upload; null for a server folder.</param>
/// <param name="Root">Name of the root; null for an upload.</param>
/// <param name="Folder">The folder in it, <c>/</c>-separated; empty for the root itself.</param>
/// <param name="Format">The dataset's format; null to find it out.</param>
/// <param name="What">What people call the files.</param>
/// <param name="Options">Choices of the format, by name; null for every default.</param>
/// <param name="Classes">What was decided about classes; null for nothing.</param>
public sealed record ImportPayload(
    string? UploadId, string? Root, string? Folder, string? Format, string What = "", IReadOnlyDictionary<string, string>? Options = null, IReadOnlyList<ClassChoice>? Classes = null);

/// <summary>Queues the job that fits an intent.</summary>
public static class ImportQueue
{
    /// <summary>The kind of jobs that take pictures in.</summary>
    public const string IngestKind = "ingest";

    /// <summary>The kind of jobs that take datasets in.</summary>
    public const string DatasetKind = "import";

    /// <summary>The kind of jobs that look at datasets.</summary>
    public const string PreviewKind = "preview";

    /// <summary>Queues in the caller's transaction.</summary>
    public static Task<Job> EnqueueAsync(JobQueue jobs, DbSession session, string projectId, ImportIntent intent, ImportPayload payload, string userId) => intent switch
    {
        ImportIntent.Images => jobs.EnqueueAsync(session, IngestKind, projectId, $"Add images: {payload.What}", payload, userId),
        ImportIntent.Preview => jobs.EnqueueAsync(session, PreviewKind, projectId, $"Look at dataset: {payload.What}", payload, userId),
        _ => jobs.EnqueueAsync(session, DatasetKind, projectId, $"Import dataset: {payload.What}", payload, userId),
    };
}
