using Microsoft.AspNetCore.Http.HttpResults;
using Plumbline.Core.Ontologies;
using Plumbline.Formats;
using Plumbline.Server.Features.Formats;
using Plumbline.Server.Features.Jobs;
using Plumbline.Server.Features.Ontologies;
using Plumbline.Server.Features.Uploads;
using Plumbline.Server.Security;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Imports;

/// <summary>A dataset between upload and import: look at it, look again in another format, import it with choices, or give it up. Named by the job that looked.</summary>
public static class ImportsApi
{
    /// <summary>How to look at it again: in which format (null to find it out) and with which choices of the format.</summary>
    public sealed record NewLook(string? Format = null, Dictionary<string, string>? Options = null);

    /// <summary>How to import it. Classes that are not named go by name.</summary>
    public sealed record ImportStart(IReadOnlyList<ClassChoice>? Classes = null);

    /// <summary>Maps the routes.</summary>
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/imports/{jobId}", Get).Allow(ProjectRole.Manager).WithName("GetImportPreview");
        api.MapGet("/imports/{jobId}/pictures/{n:long}", GetPicture).Allow(ProjectRole.Manager).WithName("GetImportPreviewPicture").Produces(200, contentType: "image/jpeg");
        api.MapPost("/imports/{jobId}/looks", Look).Allow(ProjectRole.Manager).WithName("LookAtImportAgain");
        api.MapPost("/imports/{jobId}/start", Start).Allow(ProjectRole.Manager).WithName("StartImport");
        api.MapDelete("/imports/{jobId}", Discard).Allow(ProjectRole.Manager).WithName("DiscardImport");
    }

    private static async Task<Results<Ok<ImportPreview>, ProblemHttpResult>> Get(string jobId, Database database, CancellationToken cancellation) =>
        await database.ReadAsync(session => PreviewSql.FindAsync(session, jobId), cancellation) is { } preview ? TypedResults.Ok(preview) : Problems.NotFound("preview");

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> GetPicture(string jobId, long n, HttpContext http, Database database, CancellationToken cancellation)
    {
        if (await database.ReadAsync(session => PreviewSql.FindPictureAsync(session, jobId, n), cancellation) is not { } picture) return Problems.NotFound("picture");
        http.Response.Headers.CacheControl = "private, max-age=3600";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.Bytes(picture.Bytes, picture.Type);
    }

    private static Task<Results<Accepted<Job>, ProblemHttpResult>> Look(
        string jobId, NewLook body, Caller caller, Database database, JobQueue jobs, TimeProvider clock, CancellationToken cancellation) =>
        database.WriteAsync<Results<Accepted<Job>, ProblemHttpResult>>(
            async session =>
            {
                if (await FindAsync(session, jobId) is not { } row) return Problems.NotFound("import");
                if (row.FinishedAt is null) return Problems.Conflict("job-not-ended", "The files are being read. Wait for the end, or give the import up.");
                if (FormatChoice.FaultOf(body.Format, body.Options) is { } fault) return Problems.Invalid("The files cannot be read like this.", fault);
                var payload = row.PayloadAs<ImportPayload>() with { Format = body.Format, Options = body.Options };
                if (await FilesAreGoneAsync(session, payload)) return Gone();
                var job = await ImportQueue.EnqueueAsync(jobs, session, caller.Project, ImportIntent.Preview, payload, caller.UserId);
                await HandOnAsync(session, clock, jobId, payload, job);
                return TypedResults.Accepted($"/api/jobs/{job.Id}", job);
            },
            cancellation);

    private static Task<Results<Accepted<Job>, ProblemHttpResult>> Start(
        string jobId, ImportStart body, Caller caller, Database database, JobQueue jobs, TimeProvider clock, CancellationToken cancellation) =>
        database.WriteAsync<Results<Accepted<Job>, ProblemHttpResult>>(
            async session =>
            {
                if (await FindAsync(session, jobId) is not { } row || await PreviewSql.FindAsync(session, jobId) is not { } preview) return Problems.NotFound("preview");
                if (preview.Format is null) return Problems.Conflict("format-unknown", "The format of these files is not settled. Choose one and look again.");
                var ontology = (await OntologySql.CurrentAsync(session, caller.Project)).ToOntology();
                ProblemError[] faults = [.. ClassChoices.Faults(body.Classes ?? [], preview, ontology).Take(OntologyValidation.MaximumFaults)];
                if (faults.Length > 0) return Problems.Invalid("The classes cannot be mapped like this.", faults);
                var payload = row.PayloadAs<ImportPayload>() with { Format = preview.Format, Options = preview.Options, Classes = body.Classes };
                if (await FilesAreGoneAsync(session, payload)) return Gone();
                var job = await ImportQueue.EnqueueAsync(jobs, session, caller.Project, ImportIntent.Dataset, payload, caller.UserId);
                await HandOnAsync(session, clock, jobId, payload, job);
                return TypedResults.Accepted($"/api/jobs/{job.Id}", job);
            },
            cancellation);

    private static async Task<Results<NoContent, ProblemHttpResult>> Discard(
        string jobId, Caller caller, Database database, UploadStore uploads, JobQueue jobs, CancellationToken cancellation)
    {
        var (found, uploadId) = await database.WriteAsync(
            async session =>
            {
                if (await FindAsync(session, jobId) is not { } row) return (false, null);
                await jobs.CancelAsync(session, jobId, caller.UserId);
                await PreviewSql.DeleteAsync(session, jobId);
                var upload = row.PayloadAs<ImportPayload>().UploadId;
                return (true, upload is not null && await UploadSql.GiveUpAsync(session, upload, jobId) ? upload : null);
            },
            cancellation);
        if (!found) return Problems.NotFound("import");
        if (uploadId is not null) uploads.Delete(uploadId);
        return TypedResults.NoContent();
    }

    private static async Task<JobRow?> FindAsync(DbSession session, string jobId) => await JobSql.FindAsync(session, jobId) is { Kind: ImportQueue.PreviewKind } row ? row : null;

    private static async Task<bool> FilesAreGoneAsync(DbSession session, ImportPayload payload) =>
        payload.UploadId is { } id && await UploadSql.FindAsync(session, id) is not { State: nameof(UploadState.Complete) };

    // The files belong to the newest job; the look before is over.
    private static async Task HandOnAsync(DbSession session, TimeProvider clock, string jobId, ImportPayload payload, Job next)
    {
        await PreviewSql.DeleteAsync(session, jobId);
        if (payload.UploadId is { } upload) await UploadSql.CompleteAsync(session, clock, upload, next.Id);
    }

    private static ProblemHttpResult Gone() => Problems.Conflict("upload-gone", "The uploaded files were given up. Upload them again.");
}
