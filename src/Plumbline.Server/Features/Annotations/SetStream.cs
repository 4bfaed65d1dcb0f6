using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Plumbline.Core.Annotations;
using Plumbline.Core.Editing;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Annotations;

/// <summary>Sends a set as it is stored, or what a view shows of it: the documents are copied from the database to the wire, never parsed.</summary>
internal sealed class SetStream(Database database, string setId, SetView? view) : IResult
{
    /// <summary>Sets below this many annotations are not worth compressing.</summary>
    private const int CompressFrom = 100;

    public Task ExecuteAsync(HttpContext context) =>
        database.ReadAsync(
            async session =>
            {
                var cancellation = context.RequestAborted;
                var set = await AnnotationSql.FindSetAsync(session, setId, cancellation) ?? throw AnnotationStore.NoSuchSet();
                await SendAsync(context, session, set, view, cancellation);
                return true;
            },
            context.RequestAborted);

    private static async Task SendAsync(HttpContext context, DbSession session, SetRow set, SetView? view, CancellationToken cancellation)
    {
        var etag = $"\"{set.Revision}\"";
        context.Response.Headers.ETag = etag;
        context.Response.Headers.CacheControl = "private, no-cache";
        context.Response.Headers.Vary = "Accept-Encoding";
        if (context.Request.Headers.IfNoneMatch == etag)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        context.Response.ContentType = "application/json; charset=utf-8";
        var tiles = await LabelTileSql.ListChangedAsync(session, set.Id, 0, cancellation);
        await using var body = OpenBody(context, set.AnnotationCount >= CompressFrom || tiles.Count > 0);
        if (view is null) await WriteAllAsync(session, set, Head(set), body, cancellation);
        else if (set.AnnotationCount <= view.WholeUpTo) await WriteAllAsync(session, set, Head(set, set.AnnotationCount), body, cancellation);
        else await WriteViewAsync(session, set, view, tiles, body, cancellation);
        await body.WriteAsync("],\"tiles\":["u8.ToArray(), cancellation);
        await WriteTilesAsync(tiles, body, cancellation);
        await body.WriteAsync("]}"u8.ToArray(), cancellation);
    }

    private static async Task WriteAllAsync(DbSession session, SetRow set, byte[] head, Stream body, CancellationToken cancellation)
    {
        await body.WriteAsync(head, cancellation);
        await WriteListAsync(AnnotationSql.StreamLivingAsync(session, set.Id, cancellation), body, cancellation);
    }

    private static async Task WriteViewAsync(DbSession session, SetRow set, SetView view, List<TileRow> tiles, Stream body, CancellationToken cancellation)
    {
        var plan = await ViewSql.PlanAsync(session, set.Id, view, cancellation);
        await body.WriteAsync(Head(set, plan.Matched, [view.Area.X, view.Area.Y, view.Area.Width, view.Area.Height]), cancellation);
        var named = tiles.SelectMany(tile => tile.ToPlaced().Tile.Segments).Distinct().Select(id => id.ToString()).ToList();
        await WriteListAsync(AnnotationsAsync(session, set, view, plan, named, cancellation), body, cancellation);
    }

    private static async IAsyncEnumerable<byte[]> AnnotationsAsync(
        DbSession session, SetRow set, SetView view, ViewPlan plan, List<string> named, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var document in ViewSql.StreamAsync(session, set.Id, view.Area, plan, cancellation)) yield return document;
        foreach (var ids in named.Chunk(ChangeSetJson.MaximumChanges))
        {
            foreach (var document in await ViewSql.ListOtherMasksAsync(session, set.Id, view.Area, plan, ids, cancellation)) yield return document;
        }
    }

    private static async Task WriteTilesAsync(List<TileRow> tiles, Stream body, CancellationToken cancellation) =>
        await WriteListAsync(tiles.Select(tile => LogChain.Unpack(tile.Doc)).ToAsyncEnumerable(), body, cancellation);

    private static async Task WriteListAsync(IAsyncEnumerable<byte[]> documents, Stream body, CancellationToken cancellation)
    {
        var comma = Array.Empty<byte>();
        await foreach (var document in documents.WithCancellation(cancellation))
        {
            await body.WriteAsync(comma, cancellation);
            await body.WriteAsync(document, cancellation);
            comma = [(byte)','];
        }
    }

    /// <summary>Everything up to the annotations.</summary>
    private static byte[] Head(SetRow set, long? matched = null, double[]? view = null)
    {
        var head = JsonSerializer.SerializeToUtf8Bytes(
            new SetHead(
                set.Id, set.ImageId, set.ProjectId, set.Source, set.Revision, set.OutcomeValue, set.OutcomeReason, set.OutcomeRevision,
                matched is null ? null : set.AnnotationCount, matched, view),
            JsonSettings.Options);
        return [.. head.AsSpan(0, head.Length - 1), .. ",\"annotations\":["u8];
    }

    private static BufferedStream OpenBody(HttpContext context, bool isLarge)
    {
        var body = new BufferedStream(context.Response.Body, 64 * 1024);
        var accepted = context.Request.Headers.AcceptEncoding.ToString();
        if (!isLarge || !accepted.Contains("gzip", StringComparison.OrdinalIgnoreCase)) return body;
        context.Response.Headers.ContentEncoding = "gzip";
        return new BufferedStream(new GZipStream(body, CompressionLevel.Fastest), 64 * 1024);
    }

    private sealed record SetHead(
        string Id, string ImageId, string ProjectId, string Source, long Revision, Outcome Outcome, string? OutcomeReason, long OutcomeRevision,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Total,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Matched,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double[]? View);
}
