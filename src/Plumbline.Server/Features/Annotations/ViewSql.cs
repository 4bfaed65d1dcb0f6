using System.Text;
using Plumbline.Core.Geometry;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Annotations;

/// <summary>What a view gets: the ranges of the index that are sent, and how many annotations the view meets.</summary>
/// <param name="Ranges">Ranges of <see cref="PlaceCell"/>, what has no place included.</param>
/// <param name="Matched">How many the view meets, sent or not; not counted further than <see cref="ViewSql.CountsUpTo"/>.</param>
internal sealed record ViewPlan(IReadOnlyList<(long Low, long High)> Ranges, long Matched);

/// <summary>Statements on the annotations that a view meets.</summary>
internal static class ViewSql
{
    /// <summary>Where counting stops: nobody needs to know of more, and it would take longer than the answer.</summary>
    public const long CountsUpTo = 100_000;

    private static readonly (long Low, long High) Placeless = (PlaceCell.Placeless, PlaceCell.Placeless);

    /// <summary>Decides what a view gets: whole levels of <see cref="PlaceCell"/> from the top, as long as no more than the limit are met.</summary>
    public static async Task<ViewPlan> PlanAsync(DbSession session, string setId, SetView view, CancellationToken cancellation)
    {
        var placeless = await CountAsync(session, setId, view.Area, [Placeless], CountsUpTo, cancellation);
        var (ranges, sent) = (new List<(long Low, long High)> { Placeless }, 0L);
        for (var level = PlaceCell.Top; level >= 0; level--)
        {
            var here = PlaceCell.Ranges(level, view.Area).ToList();
            var met = await CountAsync(session, setId, view.Area, here, view.Limit - sent + 1, cancellation);
            if (sent + met > view.Limit)
            {
                var rest = Enumerable.Range(0, level + 1).SelectMany(lower => PlaceCell.Ranges(lower, view.Area)).ToList();
                return new ViewPlan(ranges, placeless + sent + await CountAsync(session, setId, view.Area, rest, Math.Max(0, CountsUpTo - placeless - sent), cancellation));
            }

            ranges.AddRange(here);
            sent += met;
        }

        return new ViewPlan(ranges, placeless + sent);
    }

    /// <summary>The documents that a plan sends, as they come and in no order.</summary>
    public static IAsyncEnumerable<byte[]> StreamAsync(DbSession session, string setId, Box view, ViewPlan plan, CancellationToken cancellation) =>
        session.StreamAsync(
            $"{With(plan.Ranges)} SELECT a.doc FROM {Met(session.Engine)}",
            [("setId", setId), ("left", view.X), ("right", view.Right), ("top", view.Y), ("bottom", view.Bottom)],
            cancellation);

    /// <summary>The documents of masks that the label map names and the plan does not send: their pixels may be in the view though their own are not.</summary>
    public static async Task<IEnumerable<byte[]>> ListOtherMasksAsync(
        DbSession session, string setId, Box view, ViewPlan plan, IReadOnlyList<string> ids, CancellationToken cancellation)
    {
        var rows = await session.QueryAsync<(string Doc, long Cell, double X, double Y, double Width, double Height)>(
            $"SELECT doc, cell, x, y, width, height FROM annotations WHERE set_id = @setId AND deleted = 0 AND {session.In("id", "ids")}", new { setId, ids }, cancellation);
        return rows.Where(row => !IsSent(row.Cell, row.X, row.Y, row.Width, row.Height)).Select(row => Encoding.UTF8.GetBytes(row.Doc));

        bool IsSent(long cell, double x, double y, double width, double height) =>
            plan.Ranges.Any(range => cell >= range.Low && cell <= range.High)
            && (cell == PlaceCell.Placeless || (x <= view.Right && x + width >= view.X && y <= view.Bottom && y + height >= view.Y));
    }

    private static Task<long> CountAsync(DbSession session, string setId, Box view, IReadOnlyList<(long Low, long High)> ranges, long most, CancellationToken cancellation) =>
        session.ScalarAsync<long>(
            $"{With(ranges)} SELECT COUNT(*) FROM (SELECT 1 AS one FROM {Met(session.Engine)} LIMIT @most) AS found",
            new { setId, left = view.X, right = view.Right, top = view.Y, bottom = view.Bottom, most },
            cancellation);

    private const string Meets =
        """
        a.set_id = @setId AND a.deleted = 0 AND a.cell BETWEEN r.low AND r.high
          AND (a.cell = -1 OR (a.x <= @right AND a.x + a.width >= @left AND a.y <= @bottom AND a.y + a.height >= @top))
        """;

    /// <summary>From the ranges to the annotations: SQLite takes a cross join in the order it is written in; PostgreSQL would read the whole table, were the lateral one not fenced.</summary>
    private static string Met(Engine engine) =>
        engine == Engine.PostgreSql ? $"r CROSS JOIN LATERAL (SELECT a.doc FROM annotations a WHERE {Meets} OFFSET 0) a" : $"r CROSS JOIN annotations a WHERE {Meets}";

    private static string With(IReadOnlyList<(long Low, long High)> ranges) =>
        $"WITH r(low, high) AS (VALUES {string.Join(',', ranges.Select(range => FormattableString.Invariant($"({range.Low},{range.High})")))})";
}
