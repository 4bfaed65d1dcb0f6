using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Exports;

/// <summary>An image as an export sees it.</summary>
public sealed class ExportImageRow
{
    public required string Id { get; init; }
    public required string Path { get; init; }
    public long Width { get; init; }
    public long Height { get; init; }
    public required string PixelsSha256 { get; init; }
    public required string PixelsType { get; init; }
    public required string SetId { get; init; }
    public required string Outcome { get; init; }
}

/// <summary>Statements of exports. All of one export run in one snapshot.</summary>
public static class ExportSql
{
    private const string From = "FROM images i JOIN annotation_sets s ON s.image_id = i.id AND s.source = 'working' AND s.source_key = '' WHERE i.project_id = @projectId AND i.removed_at IS NULL";

    /// <summary>A page of images in (path, id) order, byte by byte, after the last one of the page before.</summary>
    public static Task<List<ExportImageRow>> ListImagesAsync(DbSession session, string projectId, ExportScope scope, string afterPath, string afterId, int limit)
    {
        var path = session.Engine == Engine.PostgreSql ? "i.path COLLATE \"C\"" : "i.path";
        return session.QueryAsync<ExportImageRow>(
            $"""
            SELECT i.id AS Id, i.path AS Path, i.width AS Width, i.height AS Height, i.pixels_sha256 AS PixelsSha256, i.pixels_type AS PixelsType, s.id AS SetId, s.outcome AS Outcome
            {From} {Filter(scope)} AND ({path} > @afterPath OR (i.path = @afterPath AND i.id > @afterId)) ORDER BY {path}, i.id LIMIT @limit
            """,
            new { projectId, afterPath, afterId, limit });
    }

    /// <summary>How many images there will be.</summary>
    public static Task<long> CountImagesAsync(DbSession session, string projectId, ExportScope scope) =>
        session.ScalarAsync<long>($"SELECT COUNT(*) {From} {Filter(scope)}", new { projectId });

    /// <summary>The living annotations of some sets, by set, lowest first.</summary>
    public static async Task<ILookup<string, string>> ListAnnotationsAsync(DbSession session, IReadOnlyList<string> setIds) =>
        (await session.QueryAsync<(string SetId, string Doc)>(
            $"SELECT set_id, doc FROM annotations WHERE {session.In("set_id", "setIds")} AND deleted = 0 ORDER BY set_id, z, id", new { setIds })).ToLookup(row => row.SetId, row => row.Doc);

    /// <summary>A project's name.</summary>
    public static Task<string> ProjectNameAsync(DbSession session, string projectId) => session.ScalarAsync<string>("SELECT name FROM projects WHERE id = @projectId", new { projectId });

    private static string Filter(ExportScope scope) => scope == ExportScope.All ? "" : "AND s.outcome <> 'unusable' AND (s.outcome <> 'unlabelled' OR s.annotation_count > 0)";
}
