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
}

/// <summary>What an ingest or import job works on: an upload, or a folder under one of the server's roots.</summary>
/// <param name="UploadId">The upload; null for a server folder.</param>
/// <param name="Root">Name of the root; null for an upload.</param>
/// <param name="Folder">The folder in it, <c>/</c>-separated; empty for the root itself.</param>
/// <param name="Format">The dataset's format; null to find it out.</param>
public sealed record ImportPayload(string? UploadId, string? Root, string? Folder, string? Format);

/// <summary>Queues the job that fits an intent.</summary>
public static class ImportQueue
{
    /// <summary>The kind of jobs that take pictures in.</summary>
    public const string IngestKind = "ingest";

    /// <summary>The kind of jobs that take datasets in.</summary>
    public const string DatasetKind = "import";

    /// <summary>Queues in the caller's transaction.</summary>
    /// <param name="files">Number of files, for the title; null when it is not known yet.</param>
    public static Task<Job> EnqueueAsync(JobQueue jobs, DbSession session, string projectId, ImportIntent intent, ImportPayload payload, string userId, int? files)
    {
        var what = payload.UploadId is null ? $"server folder {payload.Root}/{payload.Folder}".TrimEnd('/') : files == 1 ? "1 file" : $"{files} files";
        return intent == ImportIntent.Images
            ? jobs.EnqueueAsync(session, IngestKind, projectId, $"Add images: {what}", payload, userId)
            : jobs.EnqueueAsync(session, DatasetKind, projectId, $"Import dataset: {what}", payload, userId);
    }
}
