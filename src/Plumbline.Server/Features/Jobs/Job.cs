using System.Text.Json;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Jobs;

/// <summary>Where a job stands.</summary>
public enum JobState
{
    Queued,
    Running,
    Succeeded,
    Failed,
    Cancelled,
}

/// <summary>How far a job is: <c>done</c> of <c>total</c> units; total is null while unknown.</summary>
public sealed record JobProgress(long Done, long? Total, string Unit);

/// <summary>A person, as named in answers.</summary>
public sealed record PersonRef(string Id, string Name);

/// <summary>One piece of background work, as sent.</summary>
public sealed record Job(
    string Id,
    string Kind,
    string? ProjectId,
    string Title,
    JobState State,
    JobProgress Progress,
    string? Message,
    string? Error,
    long Attempt,
    DateTimeOffset CreatedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt,
    PersonRef? CreatedBy,
    JsonElement? Result);

/// <summary>A job's row.</summary>
public sealed class JobRow
{
    public required string Id { get; init; }
    public required string Kind { get; init; }
    public string? ProjectId { get; init; }
    public required string Title { get; init; }
    public required string Payload { get; init; }
    public required string State { get; init; }
    public long Done { get; init; }
    public long? Total { get; init; }
    public required string Unit { get; init; }
    public string? Message { get; init; }
    public string? Error { get; init; }
    public string? Result { get; init; }
    public long Attempt { get; init; }
    public long CreatedAt { get; init; }
    public string? CreatedBy { get; init; }
    public string? CreatedByName { get; init; }
    public long? StartedAt { get; init; }
    public long? FinishedAt { get; init; }

    /// <summary>What was asked for.</summary>
    public T PayloadAs<T>() => JsonSerializer.Deserialize<T>(Payload, JsonSettings.Options) ?? throw new InvalidOperationException($"Job {Id} has no payload.");

    /// <summary>The row as sent.</summary>
    public Job ToJob() =>
        new(
            Id, Kind, ProjectId, Title, Enum.Parse<JobState>(State), new JobProgress(Done, Total, Unit), Message, Error, Attempt,
            CreatedAt.ToTime(), StartedAt.ToTime(), FinishedAt.ToTime(),
            CreatedBy is null ? null : new PersonRef(CreatedBy, CreatedByName ?? ""),
            Result is null ? null : JsonSerializer.Deserialize<JsonElement>(Result));
}
