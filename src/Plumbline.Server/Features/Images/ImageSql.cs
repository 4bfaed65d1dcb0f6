using Dapper;
using Plumbline.Server.Features.Ontologies;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Images;

/// <summary>Statements on images. An image that was removed is seen by none of them but the last two.</summary>
public static class ImageSql
{
    /// <summary>The outcome of an image that nobody has called finished.</summary>
    public const string Unlabelled = "unlabelled";

    private const string Columns =
        """
        i.id AS Id, i.project_id AS ProjectId, i.path AS Path, i.name AS Name, i.sha256 AS Sha256, i.bytes AS Bytes, i.format AS Format, i.width AS Width, i.height AS Height,
        i.orientation AS Orientation, i.bit_depth AS BitDepth, i.color_profile AS ColorProfile, i.metadata AS Metadata, i.pixels_sha256 AS PixelsSha256, i.pixels_type AS PixelsType,
        i.thumbnail_sha256 AS ThumbnailSha256, i.thumbnail_type AS ThumbnailType, i.added_at AS AddedAt, i.added_by AS AddedBy, s.id AS SetId, s.outcome AS Outcome,
        s.annotation_count AS AnnotationCount, s.updated_at AS UpdatedAt, i.tiles_job_id AS TilesJobId, j.state AS TilesJobState, p.sha256 AS PyramidSha256, p.side AS TileSide,
        p.levels AS TileLevels
        """;

    private const string Images = "FROM images i";
    private const string Sets = "JOIN annotation_sets s ON s.image_id = i.id AND s.source = 'working' AND s.source_key = ''";
    private const string Tiles = "LEFT JOIN pyramids p ON p.pixels_sha256 = i.pixels_sha256 LEFT JOIN jobs j ON j.id = i.tiles_job_id";
    private const string OfProject = "AND s.project_id = @projectId"; // says nothing new, but leads the planner to the indexes of the sets
    private const string Here = "WHERE i.project_id = @projectId AND i.removed_at IS NULL";

    /// <summary>One image; null when there is none.</summary>
    public static Task<ImageRow?> FindAsync(DbSession session, string id) =>
        session.FindAsync<ImageRow>($"SELECT {Columns}, u.name AS AddedByName {Images} {Sets} {Tiles} LEFT JOIN users u ON u.id = i.added_by WHERE i.id = @id AND i.removed_at IS NULL", new { id });

    /// <summary>Images in order, from a place on (from the start without one).</summary>
    public static Task<List<ImageRow>> ListAsync(DbSession session, ImageSelection selection, ImageOrder order, (object Key, string Id)? after, int limit, bool backwards = false)
    {
        var parameters = selection.Parameters(after);
        parameters.Add("limit", limit);
        var beyond = after is null ? "" : $"AND {order.Beyond(backwards)}";
        var ofProject = order.NeedsSet ? OfProject : "";
        return session.QueryAsync<ImageRow>($"SELECT {Columns} {Images} {Sets} {ofProject} {Tiles} {Here} {selection.Where} {beyond} {order.OrderBy(backwards)} LIMIT @limit", parameters);
    }

    /// <summary>How many images there are.</summary>
    public static Task<long> CountAsync(DbSession session, ImageSelection selection) =>
        session.ScalarAsync<long>($"SELECT COUNT(*) {Images} {(selection.NeedsSet ? $"{Sets} {OfProject}" : "")} {Here} {selection.Where}", selection.Parameters(null));

    /// <summary>How many images there are, and how many of them before a place; in one pass.</summary>
    public static Task<(long All, long Before)> CountAsync(DbSession session, ImageSelection selection, ImageOrder order, (object Key, string Id) place) =>
        session.ScalarAsync<(long, long)>(
            $"SELECT COUNT(*), COUNT(CASE WHEN {order.Beyond(backwards: true)} THEN 1 END) {Images} {(selection.NeedsSet || order.NeedsSet ? $"{Sets} {OfProject}" : "")} {Here} {selection.Where}",
            selection.Parameters(place));

    /// <summary>Whether the filter lets an image through.</summary>
    public static async Task<bool> ContainsAsync(DbSession session, ImageSelection selection, string imageId)
    {
        var parameters = selection.Parameters(null);
        parameters.Add("imageId", imageId);
        return await session.ScalarAsync<long>($"SELECT COUNT(*) {Images} {Sets} {Here} {selection.Where} AND i.id = @imageId", parameters) > 0;
    }

    /// <summary>Takes an image out of the project. False when it is not in it.</summary>
    public static async Task<bool> RemoveAsync(DbSession session, TimeProvider clock, string projectId, string id, string userId) =>
        await session.ExecuteAsync(
            "UPDATE images SET removed_at = @now, removed_by = @userId WHERE id = @id AND project_id = @projectId AND removed_at IS NULL", new { id, projectId, userId, now = clock.Now() }) == 1;

    /// <summary>The path of an image that was removed after <paramref name="since"/>; null when there is none.</summary>
    public static Task<string?> FindRemovedAsync(DbSession session, string projectId, string id, long since) =>
        session.FindAsync<string>("SELECT path FROM images WHERE id = @id AND project_id = @projectId AND removed_at >= @since", new { id, projectId, since });

    /// <summary>Puts a removed image back, under a path that must be free.</summary>
    public static Task RestoreAsync(DbSession session, string id, string path, string name) =>
        session.ExecuteAsync("UPDATE images SET removed_at = NULL, removed_by = NULL, path = @path, name = @name WHERE id = @id", new { id, path, name });
}

/// <summary>The images of a project that a filter lets through, as a condition in SQL.</summary>
public sealed class ImageSelection
{
    private readonly Dictionary<string, object> _values = [];

    private ImageSelection(string projectId) => _values["projectId"] = projectId;

    /// <summary>More conditions, each with AND in front.</summary>
    public string Where { get; private set; } = "";

    /// <summary>Whether the conditions look at the working annotation set.</summary>
    public bool NeedsSet { get; private set; }

    /// <summary>Translates a filter; class names are those of the project's ontology now.</summary>
    public static async Task<ImageSelection> FromAsync(DbSession session, string projectId, IReadOnlyList<FilterTerm> filter)
    {
        var selection = new ImageSelection(projectId);
        var classes = filter.Any(term => term.Key == FilterKey.Class) ? (await OntologySql.CurrentAsync(session, projectId)).ToOntology().Classes : [];
        foreach (var term in filter)
        {
            var condition = term.Key switch
            {
                FilterKey.Name => $"LOWER(i.path) LIKE {selection.Value($"%{Escape(term.Value.ToLowerInvariant())}%")} ESCAPE '!'",
                FilterKey.State => selection.StateIs(term.Value),
                FilterKey.Outcome => selection.OnSet($"s.outcome = {selection.Value(term.Value)}"),
                FilterKey.Class => selection.HasClass(
                    [term.Value, .. classes.Where(known => known.Name.Equals(term.Value, StringComparison.OrdinalIgnoreCase)).Select(known => known.Id)]),
                FilterKey.Verdict => selection.HasAnnotation($"a.doc LIKE {selection.Value($"%\"verdict\":\"{term.Value}\"%")}"), // documents have one form, and text in them no bare quotation mark
                _ => throw new InvalidOperationException($"Unknown filter key {term.Key}."),
            };
            selection.Where += $" AND {(term.Negated ? "NOT " : "")}({condition})";
        }

        return selection;
    }

    /// <summary>The values of the condition, and of a place in an order.</summary>
    public DynamicParameters Parameters((object Key, string Id)? place)
    {
        var parameters = new DynamicParameters(_values);
        if (place is var (key, id))
        {
            parameters.Add("key", key);
            parameters.Add("id", id);
        }

        return parameters;
    }

    private string StateIs(string state) => OnSet(state switch
    {
        "new" => $"s.outcome = '{ImageSql.Unlabelled}' AND s.annotation_count = 0",
        "inProgress" => $"s.outcome = '{ImageSql.Unlabelled}' AND s.annotation_count > 0",
        _ => $"s.outcome <> '{ImageSql.Unlabelled}'",
    });

    private string HasClass(IEnumerable<string> ids) => HasAnnotation($"a.class_id IN ({string.Join(", ", ids.Distinct().Select(Value))})");

    private string HasAnnotation(string condition) => OnSet($"EXISTS (SELECT 1 FROM annotations a WHERE a.set_id = s.id AND a.deleted = 0 AND {condition})");

    private string OnSet(string condition)
    {
        NeedsSet = true;
        return condition;
    }

    private string Value(string value)
    {
        var name = $"f{_values.Count}";
        _values[name] = value;
        return "@" + name;
    }

    private static string Escape(string text) => text.Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal);
}
