using Plumbline.Core.Annotations;
using Plumbline.Core.Editing;
using Plumbline.Core.Masks;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Annotations;

/// <summary>Statements on the tiles of label maps.</summary>
public static class LabelTileSql
{
    private const string Columns = "set_id AS SetId, revision AS Revision, doc AS Doc";

    /// <summary>The tiles of these ids that were ever painted, by id.</summary>
    public static async Task<Dictionary<Guid, PlacedTile>> FindAsync(DbSession session, string setId, IReadOnlyList<Guid> ids, CancellationToken cancellation)
    {
        var names = ids.Select(id => id.ToString()).ToList();
        var rows = await session.QueryAsync<TileRow>($"SELECT {Columns} FROM label_tiles WHERE set_id = @setId AND {session.In("id", "names")}", new { setId, names }, cancellation);
        return rows.Select(row => row.ToPlaced()).ToDictionary(placed => placed.Place.Id);
    }

    /// <summary>What was painted after a revision, by id.</summary>
    public static Task<List<TileRow>> ListChangedAsync(DbSession session, string setId, long since, CancellationToken cancellation) =>
        session.QueryAsync<TileRow>($"SELECT {Columns} FROM label_tiles WHERE set_id = @setId AND revision > @since ORDER BY id", new { setId, since }, cancellation);

    /// <summary>All tiles of some sets, by set.</summary>
    public static async Task<ILookup<string, PlacedTile>> ListAsync(DbSession session, IReadOnlyList<string> setIds, CancellationToken cancellation) =>
        (await session.QueryAsync<TileRow>($"SELECT {Columns} FROM label_tiles WHERE {session.In("set_id", "setIds")} ORDER BY set_id, id", new { setIds }, cancellation)).ToLookup(row => row.SetId, row => row.ToPlaced());

    /// <summary>A mask's pixels are its own and those that the label map gives it.</summary>
    public static Annotation WithSegment(Annotation annotation, Dictionary<Guid, Mask> segments) =>
        annotation.Shape is MaskShape mask && segments.TryGetValue(annotation.Id, out var segment) ? annotation with { Shape = new MaskShape(mask.Mask.Union(segment)) } : annotation;

    /// <summary>Adds or replaces tiles.</summary>
    public static Task StoreAsync(DbSession session, IReadOnlyCollection<object?[]> rows, CancellationToken cancellation) =>
        session.ExecuteManyAsync(
            "INSERT INTO label_tiles (set_id, id, revision, doc) VALUES (@set_id, @id, @revision, @doc) ON CONFLICT (set_id, id) DO UPDATE SET revision = excluded.revision, doc = excluded.doc",
            ["set_id", "id", "revision", "doc"],
            rows,
            cancellation);

    /// <summary>The changes that bring all tiles, or one, back to what they were at a revision.</summary>
    internal static async Task<List<Change>> RestoreAsync(DbSession session, string setId, Guid? tileId, long revision, CancellationToken cancellation)
    {
        var now = (await ListChangedAsync(session, setId, revision, cancellation)).Select(row => row.ToPlaced()).Where(placed => tileId is null || placed.Place.Id == tileId).ToList();
        if (now.Count == 0) return [];
        var log = await session.QueryAsync<(string Id, byte[]? Doc)>(
            """
            SELECT l.annotation_id, l.doc FROM annotation_log l
            WHERE l.set_id = @setId AND l.op = 'paint'
              AND l.revision = (SELECT MAX(m.revision) FROM annotation_log m WHERE m.set_id = @setId AND m.revision <= @revision AND m.op = 'paint' AND m.annotation_id = l.annotation_id)
              AND EXISTS (SELECT 1 FROM label_tiles t WHERE t.set_id = @setId AND t.id = l.annotation_id AND t.revision > @revision)
            """,
            new { setId, revision },
            cancellation);
        var then = log.ToDictionary(entry => Guid.Parse(entry.Id), entry => entry.Doc);
        return now.ConvertAll<Change>(placed => new Change.Paint(placed with { Tile = TileThen(then, placed.Place.Id) }));
    }

    private static LabelTile TileThen(Dictionary<Guid, byte[]?> then, Guid id)
    {
        if (!then.TryGetValue(id, out var document)) return LabelTile.Empty;
        return document is null ? throw new ProblemException(410, "pruned", "This state is no longer kept: the project's history was pruned.") : LabelTileJson.Parse(LogChain.Unpack(document)).Tile;
    }
}
