using System.Data.Common;
using System.IO.Compression;
using System.Text.Json;
using Plumbline.Core.Annotations;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Annotations;

/// <summary>Sends a set as it is stored: the documents are copied from the database to the wire, never parsed.</summary>
internal sealed class SetStream(Database database, string setId) : IResult
{
    /// <summary>Sets below this many annotations are not worth compressing.</summary>
    private const int CompressFrom = 100;

    public Task ExecuteAsync(HttpContext context) =>
        database.ReadAsync(
            async session =>
            {
                var cancellation = context.RequestAborted;
                var set = await AnnotationSql.FindSetAsync(session, setId, cancellation) ?? throw AnnotationStore.NoSuchSet();
                await SendAsync(context, session, set, cancellation);
                return true;
            },
            context.RequestAborted);

    private static async Task SendAsync(HttpContext context, DbSession session, SetRow set, CancellationToken cancellation)
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
        await body.WriteAsync(Head(set), cancellation);
        await WriteAnnotationsAsync(session, set, body, cancellation);
        await body.WriteAsync("],\"tiles\":["u8.ToArray(), cancellation);
        await WriteTilesAsync(tiles, body, cancellation);
        await body.WriteAsync("]}"u8.ToArray(), cancellation);
    }

    private static async Task WriteAnnotationsAsync(DbSession session, SetRow set, Stream body, CancellationToken cancellation)
    {
        await using var command = session.Connection.CreateCommand();
        command.Transaction = session.Transaction;
        command.CommandText = "SELECT doc FROM annotations WHERE set_id = @setId AND deleted = 0 ORDER BY id";
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = ("@setId", set.Id);
        command.Parameters.Add(parameter);
        await using var documents = await command.ExecuteReaderAsync(cancellation);
        await CopyAsync(documents, body, cancellation);
    }

    private static async Task WriteTilesAsync(List<TileRow> tiles, Stream body, CancellationToken cancellation)
    {
        var comma = ","u8.ToArray();
        for (var i = 0; i < tiles.Count; i++)
        {
            if (i > 0) await body.WriteAsync(comma, cancellation);
            await body.WriteAsync(LogChain.Unpack(tiles[i].Doc), cancellation);
        }
    }

    private static async Task CopyAsync(DbDataReader documents, Stream body, CancellationToken cancellation)
    {
        var comma = ","u8.ToArray();
        for (var first = true; await documents.ReadAsync(cancellation); first = false)
        {
            if (!first) await body.WriteAsync(comma, cancellation);
            await body.WriteAsync(documents.GetFieldValue<byte[]>(0), cancellation);
        }
    }

    /// <summary>Everything up to the annotations.</summary>
    private static byte[] Head(SetRow set)
    {
        var head = JsonSerializer.SerializeToUtf8Bytes(
            new SetHead(set.Id, set.ImageId, set.ProjectId, set.Source, set.Revision, set.OutcomeValue, set.OutcomeReason, set.OutcomeRevision), JsonSettings.Options);
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
        string Id, string ImageId, string ProjectId, string Source, long Revision, Outcome Outcome, string? OutcomeReason, long OutcomeRevision);
}
