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

/// <summary>Whether a large picture can be shown in tiles.</summary>
public enum TilesState
{
    Making,
    Ready,
    Failed,
}

/// <summary>The tiles of a large picture: squares of <c>side</c> pixels at its full size and at halves of it, level 0 being the smallest.</summary>
/// <param name="State">Whether they are there.</param>
/// <param name="Url">Where a tile is, with <c>{level}</c>, <c>{column}</c> and <c>{row}</c> to be filled in; null until they are there.</param>
/// <param name="Side">Width and height of a tile; null until they are there.</param>
/// <param name="Levels">How many sizes there are; null until they are there.</param>
/// <param name="JobId">The job that makes them; null when they were made for another image with the same pixels.</param>
public sealed record ImageTiles(TilesState State, string? Url, long? Side, long? Levels, string? JobId);

/// <summary>An image in a list.</summary>
public sealed record ImageSummary(
    string Id, string Path, string Name, long Width, long Height, ImageState State, string Outcome, long AnnotationCount, string SetId, string ThumbnailUrl, string PixelsUrl, ImageTiles? Tiles,
    DateTimeOffset AddedAt, DateTimeOffset UpdatedAt);

/// <summary>All about an image.</summary>
public sealed record ImageDetail(
    string Id, string Path, string Name, long Width, long Height, ImageState State, string Outcome, long AnnotationCount, string SetId, string ThumbnailUrl, string PixelsUrl, ImageTiles? Tiles,
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
    public string? TilesJobId { get; init; }
    public string? TilesJobState { get; init; }
    public string? PyramidSha256 { get; init; }
    public long? TileSide { get; init; }
    public long? TileLevels { get; init; }

    private ImageState State => Outcome != ImageSql.Unlabelled ? ImageState.Done : AnnotationCount > 0 ? ImageState.InProgress : ImageState.New;

    private string ThumbnailUrl => $"/api/images/{Id}/thumbnail?v={ThumbnailSha256[..VersionLength]}";

    private string PixelsUrl => $"/api/images/{Id}/pixels?v={PixelsSha256[..VersionLength]}";

    /// <summary>Null for pictures that are shown as they are.</summary>
    private ImageTiles? Tiles => (PyramidSha256, TilesJobState) switch
    {
        ({ } sha256, _) => new(TilesState.Ready, $"/api/images/{Id}/tiles/{{level}}/{{column}}/{{row}}?v={sha256[..VersionLength]}", TileSide, TileLevels, TilesJobId),
        (_, null) => null,
        (_, nameof(JobState.Failed) or nameof(JobState.Cancelled)) => new(TilesState.Failed, null, null, null, TilesJobId),
        _ => new(TilesState.Making, null, null, null, TilesJobId),
    };

    /// <summary>The row in a list.</summary>
    public ImageSummary ToSummary() =>
        new(Id, Path, Name, Width, Height, State, Outcome, AnnotationCount, SetId, ThumbnailUrl, PixelsUrl, Tiles, AddedAt.ToTime(), UpdatedAt.ToTime());

    /// <summary>The row in full.</summary>
    public ImageDetail ToDetail() =>
        new(
            Id, Path, Name, Width, Height, State, Outcome, AnnotationCount, SetId, ThumbnailUrl, PixelsUrl, Tiles, AddedAt.ToTime(), UpdatedAt.ToTime(), ProjectId,
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
