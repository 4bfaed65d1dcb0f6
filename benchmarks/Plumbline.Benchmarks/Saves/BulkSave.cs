using System.Diagnostics;
using Plumbline.Core.Annotations;
using Plumbline.Core.Editing;
using Plumbline.Core.Geometry;
using Plumbline.Server;
using Plumbline.Server.Features.Annotations;
using Plumbline.Server.Features.Events;
using Plumbline.Server.Features.Jobs;
using Plumbline.Server.Storage;
using Plumbline.Testing.Load;

namespace Plumbline.Benchmarks.Saves;

/// <summary>How long the write transaction of the largest change set takes: 1,000 new polygons of 30 vertices. Everybody else who saves on SQLite waits for it.</summary>
internal static class BulkSave
{
    private const int Rounds = 11;

    /// <summary>The median over rounds, after three to warm up. The server must not be running.</summary>
    internal static async Task<TimeSpan> MeasureAsync(ServerOptions options, LabelWorld world)
    {
        await using var database = await DataFolder.OpenDatabaseAsync(options);
        var store = new AnnotationStore(TimeProvider.System, new EventBus());
        var by = new PersonRef(await database.ReadAsync(session => session.ScalarAsync<string>("SELECT MIN(id) FROM users")), "Owner");
        var times = new List<TimeSpan>();
        for (var round = -3; round < Rounds; round++)
        {
            var changes = new ChangeSet(Guid.CreateVersion7(), [.. Enumerable.Range(0, ChangeSetJson.MaximumChanges).Select(i => new Change.Put(Polygon(i)))]);
            var watch = Stopwatch.StartNew();
            await database.WriteAsync(session => store.ApplyAsync(session, world.SetIds[0], changes, by));
            if (round >= 0) times.Add(watch.Elapsed);
        }

        return times.Order().ElementAt(Rounds / 2);
    }

    private static Annotation Polygon(int seed) => new()
    {
        Id = Guid.CreateVersion7(),
        ClassId = LabelWorld.ClassId,
        Shape = new PolygonShape(Core.Geometry.Polygon.FromRing(
            [.. Enumerable.Range(0, 30).Select(i => new Point2(Math.Round(seed + (99.7 * Math.Cos(i * Math.Tau / 30)), 2), Math.Round(seed + (99.7 * Math.Sin(i * Math.Tau / 30)), 2)))])),
    };
}
