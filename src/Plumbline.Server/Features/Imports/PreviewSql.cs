using System.Text.Json;
using Plumbline.Imaging;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Imports;

/// <summary>Statements on previews and their thumbnails.</summary>
internal static class PreviewSql
{
    /// <summary>Keeps a preview, unless its job was given up meanwhile.</summary>
    public static async Task StoreAsync(DbSession session, TimeProvider clock, ImportPreview preview, IEnumerable<(int Place, Thumbnail Picture)> thumbnails)
    {
        var held = session.Engine == Engine.PostgreSql ? "FOR UPDATE" : ""; // who gives the job up waits for the preview, then removes it
        if (await session.FindAsync<long?>($"SELECT cancel_requested FROM jobs WHERE id = @JobId {held}", new { preview.JobId }) is not 0) return;
        await DeleteAsync(session, preview.JobId);
        await session.ExecuteAsync(
            "INSERT INTO import_previews (job_id, doc, created_at) VALUES (@JobId, @doc, @now)", new { preview.JobId, doc = JsonSerializer.Serialize(preview, JsonSettings.Options), now = clock.Now() });
        foreach (var (place, picture) in thumbnails)
        {
            await session.ExecuteAsync(
                "INSERT INTO import_preview_pictures (job_id, ordinal, type, bytes) VALUES (@JobId, @place, @type, @Bytes)",
                new { preview.JobId, place = (long)place, type = picture.Format.MediaType(), picture.Bytes });
        }
    }

    /// <summary>The preview of a job; null when there is none (any more).</summary>
    public static async Task<ImportPreview?> FindAsync(DbSession session, string jobId) =>
        await session.FindAsync<string>("SELECT doc FROM import_previews WHERE job_id = @jobId", new { jobId }) is { } doc
            ? JsonSerializer.Deserialize<ImportPreview>(doc, JsonSettings.Options)
            : null;

    /// <summary>A thumbnail; null when there is none.</summary>
    public static async Task<(string Type, byte[] Bytes)?> FindPictureAsync(DbSession session, string jobId, long place)
    {
        var rows = await session.QueryAsync<(string, byte[])>("SELECT type, bytes FROM import_preview_pictures WHERE job_id = @jobId AND ordinal = @place", new { jobId, place });
        return rows is [var only] ? only : null;
    }

    /// <summary>Removes a preview. False when there was none.</summary>
    public static async Task<bool> DeleteAsync(DbSession session, string jobId)
    {
        await session.ExecuteAsync("DELETE FROM import_preview_pictures WHERE job_id = @jobId", new { jobId });
        return await session.ExecuteAsync("DELETE FROM import_previews WHERE job_id = @jobId", new { jobId }) == 1;
    }

    /// <summary>Removes previews that nobody has come back to.</summary>
    public static async Task SweepAsync(DbSession session, long before)
    {
        await session.ExecuteAsync("DELETE FROM import_preview_pictures WHERE job_id IN (SELECT job_id FROM import_previews WHERE created_at < @before)", new { before });
        await session.ExecuteAsync("DELETE FROM import_previews WHERE created_at < @before", new { before });
    }
}
