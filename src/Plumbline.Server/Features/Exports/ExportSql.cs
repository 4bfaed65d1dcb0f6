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

/// <summary>How many annotations of one kind of shape there are, and what they have.</summary>
public sealed class ExportHolding
{
    public required string Kind { get; init; }
    public long OfImage { get; init; }
    public long Annotations { get; init; }
    public long Ignored { get; init; }
    public long Ordered { get; init; }
    public long WithAttributes { get; init; }
    public long Grouped { get; init; }
    public long Related { get; init; }
    public long Scored { get; init; }
    public long WithHoles { get; init; }
    public long WithParts { get; init; }
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

    /// <summary>What the annotations are, by kind of shape, those of images as a whole apart. Looks into documents by the one form that they have.</summary>
    public static Task<List<ExportHolding>> HoldingsAsync(DbSession session, string projectId, ExportScope scope, CancellationToken cancellation) =>
        session.QueryAsync<ExportHolding>(
            $$"""
            SELECT a.kind AS Kind, CASE WHEN a.class_id = '@image' THEN 1 ELSE 0 END AS OfImage, COUNT(*) AS Annotations,
              SUM(CASE WHEN a.flags <> 0 THEN 1 ELSE 0 END) AS Ignored, SUM(CASE WHEN a.z <> 0 THEN 1 ELSE 0 END) AS Ordered,
              SUM(CASE WHEN a.doc LIKE '%"attributes":{}%' THEN 0 ELSE 1 END) AS WithAttributes, SUM(CASE WHEN a.doc LIKE '%"groupId":null%' THEN 0 ELSE 1 END) AS Grouped,
              SUM(CASE WHEN a.doc LIKE '%"relations":[{"predicate":%' THEN 1 ELSE 0 END) AS Related,
              SUM(CASE WHEN a.doc LIKE '%"score":null%' THEN 0 ELSE 1 END) AS Scored,
              SUM(CASE WHEN a.kind = 'polygon' AND a.doc LIKE '%"holes":[[%' THEN 1 ELSE 0 END) AS WithHoles,
              SUM(CASE WHEN a.kind = 'polygon' AND a.doc LIKE '%},{"outer":%' THEN 1 ELSE 0 END) AS WithParts
            FROM annotations a JOIN annotation_sets s ON s.id = a.set_id AND s.source = 'working' AND s.source_key = '' JOIN images i ON i.id = s.image_id
            WHERE i.project_id = @projectId AND i.removed_at IS NULL AND a.deleted = 0 {{Filter(scope)}} GROUP BY a.kind, CASE WHEN a.class_id = '@image' THEN 1 ELSE 0 END
            """,
            new { projectId }, cancellation);

    /// <summary>How many images have an outcome that says more than what was drawn.</summary>
    public static Task<long> CountOutcomesAsync(DbSession session, string projectId, ExportScope scope) =>
        session.ScalarAsync<long>($"SELECT COUNT(*) {From} AND s.outcome IN ('verifiedEmpty', 'unusable') {Filter(scope)}", new { projectId });

    /// <summary>A project's name.</summary>
    public static Task<string> ProjectNameAsync(DbSession session, string projectId) => session.ScalarAsync<string>("SELECT name FROM projects WHERE id = @projectId", new { projectId });

    private static string Filter(ExportScope scope) => scope == ExportScope.All ? "" : "AND s.outcome <> 'unusable' AND (s.outcome <> 'unlabelled' OR s.annotation_count > 0)";
}
