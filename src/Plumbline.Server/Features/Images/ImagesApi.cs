using Microsoft.AspNetCore.Http.HttpResults;
using Plumbline.Formats.Files;
using Plumbline.Server.Features.Audit;
using Plumbline.Server.Features.Imports;
using Plumbline.Server.Security;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Images;

/// <summary>The images of a project: list, look at one and its neighbours, take out and put back.</summary>
public static class ImagesApi
{
    private const int DefaultLimit = 100;
    private const int MaxLimit = 1_000;
    private const int PreviousShown = 3;
    private const int NextShown = 5;
    private const int MaxBulk = 10_000;
    private const int BulkStep = 500;
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    /// <summary>A page of a list; <c>next</c> is the cursor of the page after it.</summary>
    public sealed record ImagePage(IReadOnlyList<ImageSummary> Items, string? Next, long? Count);

    /// <summary>Where an image stands in a list. <c>index</c> counts from 0 and is null when the filter does not let the image through.</summary>
    public sealed record Neighbours(long? Index, long Count, IReadOnlyList<ImageSummary> Previous, IReadOnlyList<ImageSummary> Next);

    /// <summary>Which images.</summary>
    public sealed record ImageIds(IReadOnlyList<string> Ids);

    /// <summary>What became of one image: <c>removed</c>, <c>restored</c> or <c>notFound</c>; where it went when its path was taken.</summary>
    public sealed record ImageChanged(string Id, string Status, string? Path = null);

    /// <summary>What became of each image, in the order asked.</summary>
    public sealed record ImagesChanged(IReadOnlyList<ImageChanged> Items);

    /// <summary>Maps the routes.</summary>
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/projects/{projectId}/images", List).Allow(ProjectRole.Viewer).WithName("ListImages");
        api.MapGet("/images/{imageId}", Get).Allow(ProjectRole.Viewer).WithName("GetImage");
        api.MapGet("/images/{imageId}/neighbours", GetNeighbours).Allow(ProjectRole.Viewer).WithName("GetImageNeighbours");
        api.MapPost("/projects/{projectId}/images/remove", Remove).Allow(ProjectRole.Manager).WithName("RemoveImages");
        api.MapPost("/projects/{projectId}/images/restore", Restore).Allow(ProjectRole.Manager).WithName("RestoreImages");
    }

    private static Task<Results<Ok<ImagePage>, ProblemHttpResult>> List(
        string projectId, string? filter, string? sort, string? cursor, int? limit, bool? count, Database database, CancellationToken cancellation)
    {
        var (terms, order) = Read(filter, sort);
        (object, string)? after = cursor is null ? null : order.FromCursor(cursor) ?? throw new ProblemException(400, "cursor", "The cursor does not belong to this list. Start again without one.");
        var size = Math.Clamp(limit ?? DefaultLimit, 1, MaxLimit);
        return database.ReadAsync<Results<Ok<ImagePage>, ProblemHttpResult>>(
            async session =>
            {
                var selection = await ImageSelection.FromAsync(session, projectId, terms);
                var rows = await ImageSql.ListAsync(session, selection, order, after, size + 1);
                var next = rows.Count > size ? ImageOrder.ToCursor(rows[size - 1].KeyIn(order), rows[size - 1].Id) : null;
                long? total = count == true ? await ImageSql.CountAsync(session, selection) : null;
                return TypedResults.Ok(new ImagePage([.. rows.Take(size).Select(row => row.ToSummary())], next, total));
            },
            cancellation);
    }

    private static async Task<Results<Ok<ImageDetail>, ProblemHttpResult>> Get(string imageId, Database database, CancellationToken cancellation) =>
        await database.ReadAsync(session => ImageSql.FindAsync(session, imageId), cancellation) is { } row ? TypedResults.Ok(row.ToDetail()) : Problems.NotFound("image");

    private static Task<Results<Ok<Neighbours>, ProblemHttpResult>> GetNeighbours(string imageId, string? filter, string? sort, Database database, CancellationToken cancellation)
    {
        var (terms, order) = Read(filter, sort);
        return database.ReadAsync<Results<Ok<Neighbours>, ProblemHttpResult>>(
            async session =>
            {
                if (await ImageSql.FindAsync(session, imageId) is not { } image) return Problems.NotFound("image");
                var selection = await ImageSelection.FromAsync(session, image.ProjectId, terms);
                var place = (image.KeyIn(order), image.Id);
                var previous = await ImageSql.ListAsync(session, selection, order, place, PreviousShown, backwards: true);
                var next = await ImageSql.ListAsync(session, selection, order, place, NextShown);
                var (all, before) = await ImageSql.CountAsync(session, selection, order, place);
                long? index = await ImageSql.ContainsAsync(session, selection, imageId) ? before : null;
                return TypedResults.Ok(new Neighbours(index, all, [.. previous.Select(row => row.ToSummary()).Reverse()], [.. next.Select(row => row.ToSummary())]));
            },
            cancellation);
    }

    private static Task<Results<Ok<ImagesChanged>, ProblemHttpResult>> Remove(
        ImageIds body, Caller caller, Database database, ImageChanges changes, TimeProvider clock, CancellationToken cancellation) =>
        ChangeAsync(
            body, caller, database, changes,
            async (session, id) =>
            {
                if (!await ImageSql.RemoveAsync(session, clock, caller.Project, id, caller.UserId)) return new ImageChanged(id, "notFound");
                await AuditLog.WriteAsync(session, clock, caller.UserId, caller.Project, "image.remove", id);
                return new ImageChanged(id, "removed");
            },
            cancellation);

    private static Task<Results<Ok<ImagesChanged>, ProblemHttpResult>> Restore(
        ImageIds body, Caller caller, Database database, ImageChanges changes, TimeProvider clock, CancellationToken cancellation) =>
        ChangeAsync(
            body, caller, database, changes,
            async (session, id) =>
            {
                var since = (clock.GetUtcNow() - KeptFor).ToUnixTimeMilliseconds();
                if (await ImageSql.FindRemovedAsync(session, caller.Project, id, since) is not { } path) return new ImageChanged(id, "notFound");
                var free = await IngestSql.FreePathAsync(session, caller.Project, path);
                await ImageSql.RestoreAsync(session, id, free, TreePath.FileName(free));
                await AuditLog.WriteAsync(session, clock, caller.UserId, caller.Project, "image.restore", id);
                return new ImageChanged(id, "restored", free == path ? null : free);
            },
            cancellation);

    /// <summary>Changes images one by one, in transactions short enough that nobody waits for them.</summary>
    private static async Task<Results<Ok<ImagesChanged>, ProblemHttpResult>> ChangeAsync(
        ImageIds body, Caller caller, Database database, ImageChanges changes, Func<DbSession, string, Task<ImageChanged>> change, CancellationToken cancellation)
    {
        if (body.Ids is not { Count: > 0 and <= MaxBulk }) return Problems.Invalid($"Name 1 to {MaxBulk} images.", new ProblemError("How many images?", "/ids"));
        var results = new List<ImageChanged>(body.Ids.Count);
        foreach (var ids in body.Ids.Chunk(BulkStep))
        {
            results.AddRange(await database.WriteAsync(
                async session =>
                {
                    session.AfterCommit(() => changes.Happened(caller.Project));
                    var step = new List<ImageChanged>(ids.Length);
                    foreach (var id in ids) step.Add(await change(session, id));
                    return step;
                },
                cancellation));
        }

        return TypedResults.Ok(new ImagesChanged(results));
    }

    private static (IReadOnlyList<FilterTerm> Filter, ImageOrder Order) Read(string? filter, string? sort)
    {
        try
        {
            return (ImageFilter.Parse(filter), ImageOrder.Parse(sort) ?? throw new ProblemException(400, "sort", "Lists sort by path, added, updated or annotations; a dash in front turns the order round."));
        }
        catch (FilterException e)
        {
            throw new ProblemException(400, "filter", "The filter cannot be read.", new ProblemError(e.Message, e.Offset.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        }
    }
}
