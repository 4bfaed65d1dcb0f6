using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Plumbline.Core.Annotations;
using Plumbline.Formats;
using Plumbline.Server.Features.Formats;
using Plumbline.Server.Features.Jobs;
using Plumbline.Server.Security;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Exports;

/// <summary>Datasets out of a project: ask for one, fetch it, see what the format could not say.</summary>
public static class ExportsApi
{
    private const int DefaultLimit = 100;
    private const int MaxLimit = 1_000;

    /// <summary>What to export.</summary>
    public sealed record NewExport(string Format, ExportImages Images = ExportImages.Upright, ExportScope Scope = ExportScope.Labelled, Dictionary<string, string>? Options = null);

    /// <summary>Something that the format could not say.</summary>
    public sealed record Loss(string Item, string Field, string Why);

    /// <summary>A page of losses.</summary>
    public sealed record LossPage(IReadOnlyList<Loss> Items, string? Next, long Count);

    /// <summary>Maps the routes.</summary>
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/projects/{projectId}/exports", Start).Allow(ProjectRole.Manager).WithName("StartExport");
        api.MapGet("/projects/{projectId}/exports", List).Allow(ProjectRole.Manager).WithName("ListExports");
        api.MapGet("/projects/{projectId}/exports/forecast", Forecast).Allow(ProjectRole.Manager).WithName("ForecastExport");
        api.MapGet("/exports/{jobId}/file", GetFile).Allow(ProjectRole.Manager).WithName("GetExportFile").Produces(200, contentType: "application/zip");
        api.MapGet("/exports/{jobId}/losses", ListLosses).Allow(ProjectRole.Manager).WithName("ListExportLosses");
    }

    private static async Task<Results<Accepted<Job>, ProblemHttpResult>> Start(NewExport body, Caller caller, Database database, JobQueue jobs, CancellationToken cancellation)
    {
        if (FormatChoice.FaultOf(body.Format, body.Options) is { } fault) return Problems.Invalid("The export cannot be made like this.", fault);
        var format = DatasetFormats.Find(body.Format)!; // checked
        var plan = new ExportPlan(format.Name, body.Images, body.Scope, body.Options ?? []);
        var job = await database.WriteAsync(session => jobs.EnqueueAsync(session, ExportJob.ExportKind, caller.Project, $"Export as {format.Title}", plan, caller.UserId), cancellation);
        return TypedResults.Accepted($"/api/jobs/{job.Id}", job);
    }

    private static Task<JobPage> List(string projectId, string? cursor, int? limit, Database database, CancellationToken cancellation) =>
        database.ReadAsync(session => JobPage.ReadAsync(session, projectId, ExportJob.ExportKind, cursor, limit), cancellation);

    private static async Task<Results<Ok<ExportForecast>, ProblemHttpResult>> Forecast(string projectId, string? scope, Database database, CancellationToken cancellation)
    {
        var wanted = Enum.GetValues<ExportScope>().Where(s => CamelCase.Of(s) == (scope ?? CamelCase.Of(ExportScope.Labelled))).ToList();
        return wanted is [var only]
            ? TypedResults.Ok(await database.ReadAsync(session => ExportForecast.ReadAsync(session, projectId, only, cancellation), cancellation))
            : Problems.Invalid("There is no such scope.", new ProblemError("'scope' is labelled or all.", "/scope"));
    }

    private static async Task<Results<PhysicalFileHttpResult, ProblemHttpResult>> GetFile(string jobId, HttpContext http, Database database, BlobStore blobs, CancellationToken cancellation)
    {
        if (await ResultAsync(database, jobId, cancellation) is not { } result) return Problems.NotFound("finished export");
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.PhysicalFile(blobs.PathOf(result.Sha256), "application/zip", result.FileName, enableRangeProcessing: true);
    }

    // The cursor is the place in the list where the next page starts.
    private static async Task<Results<Ok<LossPage>, ProblemHttpResult>> ListLosses(string jobId, long? cursor, int? limit, Database database, BlobStore blobs, CancellationToken cancellation)
    {
        if (await ResultAsync(database, jobId, cancellation) is not { } result) return Problems.NotFound("finished export");
        var size = Math.Clamp(limit ?? DefaultLimit, 1, MaxLimit);
        await using var file = blobs.OpenRead(result.LossesSha256);
        if (cursor is < 0 || cursor > file.Length) return Problems.Invalid("There is no such page.", new ProblemError("This cursor was not given out.", "/cursor"));
        file.Position = cursor ?? 0;
        await using var lines = new BufferedStream(file, 1 << 16);
        var items = new List<Loss>(size);
        while (items.Count < size && ReadLine(lines) is { } line)
        {
            try
            {
                items.Add(JsonSerializer.Deserialize<Loss>(line, JsonSettings.Options)!); // written by the export, never null
            }
            catch (JsonException)
            {
                return Problems.Invalid("There is no such page.", new ProblemError("This cursor was not given out.", "/cursor"));
            }
        }

        var next = lines.Position < file.Length ? lines.Position.ToString(CultureInfo.InvariantCulture) : null;
        return TypedResults.Ok(new LossPage(items, next, result.Losses));
    }

    private static byte[]? ReadLine(Stream lines)
    {
        using var line = new MemoryStream();
        for (int next; (next = lines.ReadByte()) >= 0 && next != '\n';) line.WriteByte((byte)next);
        return line.Length == 0 ? null : line.ToArray();
    }

    private static async Task<ExportResult?> ResultAsync(Database database, string jobId, CancellationToken cancellation) =>
        await database.ReadAsync(session => JobSql.FindAsync(session, jobId), cancellation) is { Kind: ExportJob.ExportKind, Result: { } json } ? JsonSerializer.Deserialize<ExportResult>(json, JsonSettings.Options) : null;
}
