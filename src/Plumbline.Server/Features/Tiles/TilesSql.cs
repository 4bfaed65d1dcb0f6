using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Tiles;

/// <summary>A picture that is to be cut into tiles.</summary>
public sealed class UncutPicture
{
    public required string ImageId { get; init; }
    public required string ProjectId { get; init; }
    public required string Path { get; init; }
    public required string PixelsSha256 { get; init; }
    public required string PixelsType { get; init; }
    public required string AddedBy { get; init; }
}

/// <summary>Statements on pyramids of tiles.</summary>
public static class TilesSql
{
    /// <summary>The pictures of more than so many pixels that have no tiles and for which no job was ever queued.</summary>
    public static Task<List<UncutPicture>> UncutAsync(DbSession session, long pixels, int limit) =>
        session.QueryAsync<UncutPicture>(
            """
            SELECT i.id AS ImageId, i.project_id AS ProjectId, i.path AS Path, i.pixels_sha256 AS PixelsSha256, i.pixels_type AS PixelsType, i.added_by AS AddedBy
            FROM images i LEFT JOIN pyramids p ON p.pixels_sha256 = i.pixels_sha256
            WHERE i.width * i.height > @pixels AND i.removed_at IS NULL AND i.tiles_job_id IS NULL AND p.sha256 IS NULL
            ORDER BY i.id LIMIT @limit
            """,
            new { pixels, limit });

    /// <summary>Whether the upright picture was cut already.</summary>
    public static async Task<bool> ExistsAsync(DbSession session, string pixelsSha256) =>
        await session.ScalarAsync<long>("SELECT COUNT(*) FROM pyramids WHERE pixels_sha256 = @pixelsSha256", new { pixelsSha256 }) > 0;

    /// <summary>Keeps a pyramid; one that is there already stays.</summary>
    public static Task AddAsync(DbSession session, TimeProvider clock, string pixelsSha256, string sha256, long side, long levels, long bytes) =>
        session.ExecuteAsync(
            """
            INSERT INTO pyramids (pixels_sha256, sha256, side, levels, bytes, made_at) VALUES (@pixelsSha256, @sha256, @side, @levels, @bytes, @now)
            ON CONFLICT (pixels_sha256) DO NOTHING
            """,
            new { pixelsSha256, sha256, side, levels, bytes, now = clock.Now() });

    /// <summary>Notes the job that cuts an image's picture. False when another one is noted.</summary>
    public static async Task<bool> NoteJobAsync(DbSession session, string imageId, string jobId) =>
        await session.ExecuteAsync("UPDATE images SET tiles_job_id = @jobId WHERE id = @imageId AND tiles_job_id IS NULL", new { imageId, jobId }) == 1;
}
