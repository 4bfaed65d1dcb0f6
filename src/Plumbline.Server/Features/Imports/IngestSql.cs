using System.Text.Json;
using Plumbline.Formats.Files;
using Plumbline.Imaging;
using Plumbline.Server.Features.Tiles;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Imports;

/// <summary>What became of one file.</summary>
/// <param name="Item">The file.</param>
/// <param name="Picture">The picture; null when it was refused or is known already.</param>
/// <param name="Refusal">Why it was refused.</param>
/// <param name="KnownSha256">The bytes that the project, or another file of the job, has already.</param>
public sealed record IngestResult(IngestItem Item, PreparedPicture? Picture, ItemRefusal? Refusal, string? KnownSha256 = null)
{
    /// <summary>A file with bytes that are known already.</summary>
    public static IngestResult Duplicate(IngestItem item, string sha256) => new(item, null, null, sha256);
}

/// <summary>An image that is new in the project.</summary>
public sealed record AddedImage(string Id, string Path, PreparedPicture Picture)
{
    /// <summary>The same, to be cut into tiles.</summary>
    public UncutPicture ToUncut(IngestScope scope) => new()
    {
        ImageId = Id,
        ProjectId = scope.ProjectId,
        Path = Path,
        PixelsSha256 = Picture.PixelsSha256,
        PixelsType = Picture.PixelsFormat.MediaType(),
        AddedBy = scope.UserId,
    };
}

/// <summary>Who takes in what, where.</summary>
public sealed record IngestScope(string JobId, string ProjectId, string UserId);

/// <summary>How many files went which way.</summary>
public sealed record IngestCounts(long Added, long Duplicates, long Refused);

/// <summary>Writes what an ingest brought: images, their working annotation sets, and the report.</summary>
public static class IngestSql
{
    private const string AddedOutcome = "added";
    private const string DuplicateOutcome = "duplicate";
    private const string RefusedOutcome = "refused";

    /// <summary>The keys of the items that an earlier try has dealt with.</summary>
    public static async Task<HashSet<string>> DoneAsync(DbSession session, string jobId) =>
        [.. await session.QueryAsync<string>("SELECT item FROM ingest_items WHERE job_id = @jobId", new { jobId })];

    /// <summary>The image in the project with these bytes: its path, or null.</summary>
    public static Task<string?> FindPathAsync(DbSession session, string projectId, string sha256) =>
        session.FindAsync<string>("SELECT MIN(path) FROM images WHERE project_id = @projectId AND sha256 = @sha256 AND removed_at IS NULL", new { projectId, sha256 });

    /// <summary>How many files went which way so far.</summary>
    public static async Task<IngestCounts> CountAsync(DbSession session, string jobId)
    {
        var counts = (await session.QueryAsync<(string Outcome, long Count)>(
            "SELECT outcome, COUNT(*) FROM ingest_items WHERE job_id = @jobId GROUP BY outcome", new { jobId })).ToDictionary(row => row.Outcome, row => row.Count);
        return new IngestCounts(counts.GetValueOrDefault(AddedOutcome), counts.GetValueOrDefault(DuplicateOutcome), counts.GetValueOrDefault(RefusedOutcome));
    }

    /// <summary>Writes results in one transaction. A file with the same bytes as an image of the project is a duplicate; one whose path is taken gets a free one.</summary>
    /// <returns>The images that are new.</returns>
    public static async Task<IReadOnlyList<AddedImage>> WriteAsync(DbSession session, TimeProvider clock, IngestScope scope, IReadOnlyList<IngestResult> results)
    {
        // On PostgreSQL two jobs of one project could otherwise both find a path free. SQLite has one writer anyway.
        if (session.Engine == Engine.PostgreSql) await session.ExecuteAsync("SELECT id FROM projects WHERE id = @ProjectId FOR UPDATE", scope);
        var report = new Report(session, scope.JobId, await session.ScalarAsync<long>("SELECT COALESCE(MAX(ordinal), -1) + 1 FROM job_issues WHERE job_id = @JobId", scope));
        var added = new List<AddedImage>();
        foreach (var result in results)
        {
            if (result.Refusal is { } refusal)
            {
                await report.ItemAsync(result.Item, RefusedOutcome, "error", refusal.Code, refusal.Message);
                continue;
            }

            var sha256 = result.KnownSha256 ?? result.Picture?.Sha256 ?? throw new InvalidOperationException("A file is a picture, known or refused.");
            var existing = await FindPathAsync(session, scope.ProjectId, sha256);
            if (existing is not null || result.Picture is not { } picture)
            {
                var message = existing is null ? "The same picture is among these files." : existing == result.Item.Path ? "This picture is already in the project." : $"The same picture is already in the project as {existing}.";
                await report.ItemAsync(result.Item, DuplicateOutcome, "info", "duplicate", message);
            }
            else
            {
                var path = await FreePathAsync(session, scope.ProjectId, result.Item.Path);
                added.Add(new AddedImage(await InsertAsync(session, clock, scope, picture, path), path, picture));
                await report.ItemAsync(result.Item, AddedOutcome, "warning", path == result.Item.Path ? null : "path-taken", $"Another picture has this path; this one was added as {path}.");
            }
        }

        return added;
    }

    /// <summary>The path itself, or with the lowest free number before its extension.</summary>
    public static async Task<string> FreePathAsync(DbSession session, string projectId, string path)
    {
        var candidate = path;
        for (var n = 2; await IsTakenAsync(session, projectId, candidate); n++) candidate = $"{TreePath.Stem(path)} ({n}){path[TreePath.Stem(path).Length..]}";
        return candidate;
    }

    private static async Task<bool> IsTakenAsync(DbSession session, string projectId, string path) =>
        await session.ScalarAsync<long>("SELECT COUNT(*) FROM images WHERE project_id = @projectId AND path = @path AND removed_at IS NULL", new { projectId, path }) > 0;

    private static async Task<string> InsertAsync(DbSession session, TimeProvider clock, IngestScope scope, PreparedPicture picture, string path)
    {
        var imageId = Ids.New(clock);
        var now = clock.Now();
        var about = picture.Description;
        await session.ExecuteAsync(
            """
            INSERT INTO images (id, project_id, path, name, sha256, bytes, format, width, height, orientation, bit_depth, color_profile, metadata,
              pixels_sha256, pixels_type, thumbnail_sha256, thumbnail_type, dhash, added_at, added_by)
            VALUES (@imageId, @ProjectId, @path, @name, @Sha256, @Bytes, @format, @Width, @Height, @Orientation, @BitDepth, @ColorProfile, @metadata,
              @PixelsSha256, @pixelsType, @ThumbnailSha256, @thumbnailType, @DifferenceHash, @now, @UserId)
            """,
            new
            {
                imageId,
                scope.ProjectId,
                path,
                name = TreePath.FileName(path),
                picture.Sha256,
                picture.Bytes,
                format = about.Format.ToString().ToLowerInvariant(),
                about.Width,
                about.Height,
                about.Orientation,
                about.BitDepth,
                about.ColorProfile,
                metadata = JsonSerializer.Serialize(picture.Metadata(), JsonSettings.Options),
                picture.PixelsSha256,
                pixelsType = picture.PixelsFormat.MediaType(),
                picture.ThumbnailSha256,
                thumbnailType = picture.ThumbnailFormat.MediaType(),
                picture.Fingerprint.DifferenceHash,
                now,
                scope.UserId,
            });
        await session.ExecuteAsync(
            """
            INSERT INTO annotation_sets (id, image_id, project_id, source, source_key, revision, outcome, outcome_revision, annotation_count, updated_at)
            VALUES (@setId, @imageId, @ProjectId, 'working', '', 0, 'unlabelled', 0, 0, @now)
            """,
            new { setId = Ids.New(clock), imageId, scope.ProjectId, now });
        return imageId;
    }

    private sealed class Report(DbSession session, string jobId, long nextOrdinal)
    {
        internal async Task ItemAsync(IngestItem item, string outcome, string severity, string? code, string message)
        {
            await session.ExecuteAsync("INSERT INTO ingest_items (job_id, item, outcome) VALUES (@jobId, @Key, @outcome)", new { jobId, item.Key, outcome });
            if (code is null) return;
            await session.ExecuteAsync(
                "INSERT INTO job_issues (job_id, ordinal, item, severity, code, message) VALUES (@jobId, @ordinal, @Key, @severity, @code, @message)",
                new { jobId, ordinal = nextOrdinal++, item.Key, severity, code, message });
        }
    }
}
