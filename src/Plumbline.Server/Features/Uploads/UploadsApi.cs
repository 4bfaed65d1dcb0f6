using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Plumbline.Formats.Files;
using Plumbline.Server.Features.Imports;
using Plumbline.Server.Features.Jobs;
using Plumbline.Server.Security;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Uploads;

/// <summary>Files from a browser or script, in parts that may come in any order, again, and after a lost connection; complete, they become a job.</summary>
public static class UploadsApi
{
    private const int PartSize = 8 << 20;
    private const int MaxFiles = 500_000;
    private const long SpareBytes = 256L << 20; // the database and its journal must go on

    /// <summary>What is to be sent. The bytes of all files, in this order, are one stream that is cut into parts.</summary>
    public sealed record NewUpload(IReadOnlyList<UploadFile> Files, ImportIntent Intent, string? Format = null);

    /// <summary>An upload. Part n covers the bytes from n × partSize on; only the last one is shorter.</summary>
    public sealed record Upload(string Id, long PartSize, long Parts, long Bytes, IReadOnlyList<long> Received, UploadState State);

    /// <summary>Maps the routes.</summary>
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/projects/{projectId}/uploads", Open).Allow(ProjectRole.Manager).WithName("OpenUpload").WithMetadata(new RequestSizeLimitAttribute(256L << 20));
        api.MapGet("/uploads/{uploadId}", Get).Allow(ProjectRole.Manager).WithName("GetUpload");
        api.MapPut("/uploads/{uploadId}/parts/{n:long}", PutPart).Allow(ProjectRole.Manager).WithName("PutUploadPart").WithMetadata(new RequestSizeLimitAttribute(PartSize + 1));
        api.MapPost("/uploads/{uploadId}/complete", Complete).Allow(ProjectRole.Manager).WithName("CompleteUpload");
    }

    private static async Task<Results<Created<Upload>, ProblemHttpResult>> Open(
        NewUpload body, Caller caller, Database database, UploadStore store, TimeProvider clock, CancellationToken cancellation)
    {
        if (body.Files is not { Count: > 0 and <= MaxFiles }) return Problems.Invalid($"An upload holds 1 to {MaxFiles} files.", new ProblemError("How many files?", "/files"));
        var wrong = body.Files.Index().FirstOrDefault(file => file.Item is null || file.Item.Size < 0 || string.IsNullOrEmpty(file.Item.Path), (Index: -1, Item: null!));
        if (wrong.Index >= 0) return Problems.Invalid("Every file needs a path and a size.", new ProblemError("The path is empty or the size negative.", $"/files/{wrong.Index}"));
        var bytes = body.Files.Aggregate(0L, (sum, file) => sum > long.MaxValue - file.Size ? long.MaxValue : sum + file.Size);
        if (bytes > store.FreeBytes - SpareBytes)
        {
            return Problems.Of(507, "disk-full", $"The upload has {bytes >> 20:N0} MB, and the server's disk only {Math.Max(0, store.FreeBytes - SpareBytes) >> 20:N0} MB free.");
        }

        var row = new UploadRow
        {
            Id = Ids.New(clock),
            ProjectId = caller.Project,
            Intent = body.Intent.ToString(),
            Format = body.Format,
            Files = JsonSerializer.Serialize(body.Files, JsonSettings.Options),
            Bytes = bytes,
            PartSize = PartSize,
            Parts = (bytes + PartSize - 1) / PartSize,
            State = nameof(UploadState.Open),
        };
        await database.WriteAsync(session => UploadSql.InsertAsync(session, clock, row, caller.UserId), cancellation);
        return TypedResults.Created($"/api/uploads/{row.Id}", ToUpload(row, []));
    }

    private static Task<Results<Ok<Upload>, ProblemHttpResult>> Get(string uploadId, Database database, CancellationToken cancellation) =>
        database.ReadAsync<Results<Ok<Upload>, ProblemHttpResult>>(
            async session => await UploadSql.FindAsync(session, uploadId) is { } row
                ? TypedResults.Ok(ToUpload(row, await UploadSql.ReceivedAsync(session, uploadId)))
                : Problems.NotFound("upload"),
            cancellation);

    private static async Task<Results<NoContent, ProblemHttpResult>> PutPart(
        string uploadId, long n, [FromHeader(Name = "X-Content-SHA256")] string? sha256, HttpRequest request, Database database, UploadStore store, TimeProvider clock,
        CancellationToken cancellation)
    {
        if (sha256 is not { Length: 64 } || !sha256.All(char.IsAsciiHexDigit)) return Problems.Invalid("The header X-Content-SHA256 holds the part's SHA-256 as 64 hexadecimal digits.");
        if (await database.ReadAsync(session => UploadSql.FindAsync(session, uploadId), cancellation) is not { } row) return Problems.NotFound("upload");
        if (n < 0 || n >= row.Parts) return Problems.Invalid($"The upload has the parts 0 to {row.Parts - 1}.");
        if (row.State != nameof(UploadState.Open)) return Closed();

        var expected = (int)row.LengthOf(n);
        var buffer = ArrayPool<byte>.Shared.Rent(expected + 1);
        try
        {
            var length = await request.Body.ReadAtLeastAsync(buffer.AsMemory(0, expected + 1), expected + 1, throwOnEndOfStream: false, cancellation);
            if (length != expected) return Problems.Of(422, "checksum", $"Part {n} has {expected} bytes; {(length > expected ? "more" : length.ToString(System.Globalization.CultureInfo.InvariantCulture))} came.");
            var hash = Convert.ToHexStringLower(SHA256.HashData(buffer.AsSpan(0, length)));
            if (!hash.Equals(sha256, StringComparison.OrdinalIgnoreCase)) return Problems.Of(422, "checksum", $"Part {n} did not arrive as it was sent. Send it again.");
            await store.WriteAsync(uploadId, n * row.PartSize, buffer.AsMemory(0, length), cancellation);
            return await database.WriteAsync(session => UploadSql.ReceiveAsync(session, clock, uploadId, n, hash, length), cancellation) ? TypedResults.NoContent() : Closed();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task<Results<Accepted<Job>, ProblemHttpResult>> Complete(
        string uploadId, Caller caller, Database database, JobQueue jobs, TimeProvider clock, CancellationToken cancellation) =>
        await database.WriteAsync<Results<Accepted<Job>, ProblemHttpResult>>(
            async session =>
            {
                if (await UploadSql.FindAsync(session, uploadId) is not { } row) return Problems.NotFound("upload");
                if (row.JobId is not null && await JobSql.FindAsync(session, row.JobId) is { } known) return Accepted(known.ToJob());
                if (row.State != nameof(UploadState.Open)) return Closed();
                var received = await UploadSql.ReceivedAsync(session, uploadId);
                if (received.Count < row.Parts)
                {
                    var missing = Enumerable.Range(0, (int)row.Parts).Select(n => (long)n).Except(received).Take(100);
                    return Problems.Conflict("parts-missing", $"{row.Parts - received.Count} of {row.Parts} parts are missing.",
                        [.. missing.Select(n => new ProblemError($"Part {n} is missing.", Item: $"{n}"))]);
                }

                var files = row.ToFiles();
                var payload = new ImportPayload(uploadId, null, null, row.Format, files is [var only] ? TreePath.FileName(only.Path) : $"{files.Count} files");
                var job = await ImportQueue.EnqueueAsync(jobs, session, row.ProjectId, Enum.Parse<ImportIntent>(row.Intent), payload, caller.UserId);
                await UploadSql.CompleteAsync(session, clock, uploadId, job.Id);
                return Accepted(job);
            },
            cancellation);

    private static Accepted<Job> Accepted(Job job) => TypedResults.Accepted($"/api/jobs/{job.Id}", job);

    private static ProblemHttpResult Closed() => Problems.Conflict("upload-closed", "The upload was completed or given up and takes no more parts.");

    private static Upload ToUpload(UploadRow row, List<long> received) => new(row.Id, row.PartSize, row.Parts, row.Bytes, received, Enum.Parse<UploadState>(row.State));
}
