using System.Text.Json;
using Plumbline.Server.Features.Jobs;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Images;

/// <summary>How far the work on an image is; computed from its working annotation set.</summary>
public enum ImageState
{
    New,
    InProgress,
    Done,
}

/// <summary>An image in a list.</summary>
public sealed record ImageSummary(
    string Id, string Path, string Name, long Width, long Height, ImageState State, string Outcome, long AnnotationCount, string SetId, string ThumbnailUrl, string PixelsUrl,
    DateTimeOffset AddedAt, DateTimeOffset UpdatedAt);

/// <summary>All about an image.</summary>
public sealed record ImageDetail(
    string Id, string Path, string Name, long Width, long Height, ImageState State, string Outcome, long AnnotationCount, string SetId, string ThumbnailUrl, string PixelsUrl,
    DateTimeOffset AddedAt, DateTimeOffset UpdatedAt, string ProjectId, string Format, long Bytes, string Sha256, long Orientation, string? ColorProfile, long BitDepth,
    IReadOnlyDictionary<string, string> Metadata, PersonRef? AddedBy);

/// <summary>An image's row with its working annotation set.</summary>
public sealed class ImageRow
{
    private const int VersionLength = 16;

    public required string Id { get; init; }
    public required string ProjectId { get; init; }
    public required string Path { get; init; }
    public required string Name { get; init; }
    public required string Sha256 { get; init; }
    public long Bytes { get; init; }
    public required string Format { get; init; }
    public long Width { get; init; }
    public long Height { get; init; }
    public long Orientation { get; init; }
    public long BitDepth { get; init; }
    public string? ColorProfile { get; init; }
    public required string Metadata { get; init; }
    public required string PixelsSha256 { get; init; }
    public required string PixelsType { get; init; }
    public required string ThumbnailSha256 { get; init; }
    public required string ThumbnailType { get; init; }
    public long AddedAt { get; init; }
    public required string AddedBy { get; init; }
    public string? AddedByName { get; init; }
    public required string SetId { get; init; }
    public required string Outcome { get; init; }
    public long AnnotationCount { get; init; }
    public long UpdatedAt { get; init; }

    private ImageState State => Outcome != ImageSql.Unlabelled ? ImageState.Done : AnnotationCount > 0 ? ImageState.InProgress : ImageState.New;

    private string ThumbnailUrl => $"/api/images/{Id}/thumbnail?v={ThumbnailSha256[..VersionLength]}";

    private string PixelsUrl => $"/api/images/{Id}/pixels?v={PixelsSha256[..VersionLength]}";

    /// <summary>The row in a list.</summary>
    public ImageSummary ToSummary() =>
        new(Id, Path, Name, Width, Height, State, Outcome, AnnotationCount, SetId, ThumbnailUrl, PixelsUrl, AddedAt.ToTime(), UpdatedAt.ToTime());

    /// <summary>The row in full.</summary>
    public ImageDetail ToDetail() =>
        new(
            Id, Path, Name, Width, Height, State, Outcome, AnnotationCount, SetId, ThumbnailUrl, PixelsUrl, AddedAt.ToTime(), UpdatedAt.ToTime(), ProjectId,
            Format, Bytes, Sha256, Orientation, ColorProfile, BitDepth,
            JsonSerializer.Deserialize<Dictionary<string, string>>(Metadata, JsonSettings.Options) ?? [], AddedByName is null ? null : new PersonRef(AddedBy, AddedByName));

    /// <summary>The row's place in an order.</summary>
    public object KeyIn(ImageOrder order) => order.Column switch
    {
        "i.path" => Path,
        "i.added_at" => AddedAt,
        "s.updated_at" => UpdatedAt,
        "s.annotation_count" => AnnotationCount,
        _ => throw new InvalidOperationException($"There is no order by {order.Column}."),
    };
}
