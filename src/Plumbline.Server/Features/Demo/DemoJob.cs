using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Plumbline.Core.Annotations;
using Plumbline.Core.Editing;
using Plumbline.Core.Synthetic;
using Plumbline.Server.Features.Annotations;
using Plumbline.Server.Features.Imports;
using Plumbline.Server.Features.Jobs;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Demo;

/// <summary>What to paint, and who is said to have labelled it.</summary>
/// <param name="Kind">The kind of scene.</param>
/// <param name="Images">How many.</param>
/// <param name="Annotators">The authors of the labels, in turn.</param>
public sealed record DemoPayload(SceneKind Kind, int Images, IReadOnlyList<PersonRef> Annotators);

/// <summary>Paints the pictures of a demo project, keeps their truth as gold, and labels a part of them: some done, some begun, the rest new.</summary>
public sealed class DemoJob(Database database, ImageIngest ingest, AnnotationStore annotations, TimeProvider clock) : IJobHandler
{
    internal const string KindName = "demo";

    /// <inheritdoc />
    public string Kind => KindName;

    /// <inheritdoc />
    public async Task<object?> RunAsync(JobRun job, CancellationToken cancellation)
    {
        var payload = job.Payload<DemoPayload>();
        using var scenes = new SceneTree(payload.Kind, payload.Images);
        var scope = new IngestScope(job.Id, job.ProjectId, job.CreatedBy ?? throw new InvalidOperationException($"Nobody asked for job {job.Id}."));
        var counts = await ingest.RunAsync(scope, scenes, (done, _) => job.ReportAsync(done / 2, payload.Images, "pictures"), cancellation);
        for (var index = 0; index < payload.Images; index++)
        {
            await LabelAsync(job, payload, index, cancellation);
            await job.ReportAsync((payload.Images + index + 1) / 2, payload.Images, "pictures");
        }

        return counts;
    }

    private async Task LabelAsync(JobRun job, DemoPayload payload, int index, CancellationToken cancellation)
    {
        var truth = SceneTree.Scene(payload.Kind, index).Annotations(payload.Kind == SceneKind.Shelf ? TruthShape.Box : TruthShape.Polygon);
        await database.WriteAsync(
            async session =>
            {
                var image = await session.FindAsync<string>(
                    "SELECT id FROM images WHERE project_id = @project AND path = @path AND removed_at IS NULL",
                    new { project = job.ProjectId, path = SceneTree.PathOf(payload.Kind, index) },
                    cancellation);
                if (image is null) return; // somebody removed it meanwhile
                var author = payload.Annotators[index % payload.Annotators.Count];
                await PutAsync(session, await GoldSetAsync(session, image, job.ProjectId), truth, Outcome.Labelled, author, cancellation);
                var working = await session.ScalarAsync<string>("SELECT id FROM annotation_sets WHERE image_id = @image AND source = 'working'", new { image }, cancellation);
                switch (index % 3)
                {
                    case 0:
                        await PutAsync(session, working, truth, Outcome.Labelled, author, cancellation);
                        break;
                    case 1:
                        await PutAsync(session, working, truth[..(truth.Length / 2)], Outcome.Unlabelled, author, cancellation);
                        break;
                }
            },
            cancellation);
    }

    private async Task PutAsync(DbSession session, string setId, ImmutableArray<Annotation> truth, Outcome outcome, PersonRef author, CancellationToken cancellation)
    {
        var changes = truth.Select(Change (annotation) => new Change.Put(annotation));
        if (outcome != Outcome.Unlabelled) changes = changes.Append(new Change.SetOutcome(outcome, null, 0));
        await annotations.ApplyAsync(session, setId, new ChangeSet(Once(setId), [.. changes]), author, announce: false, cancellation: cancellation);
    }

    private async Task<string> GoldSetAsync(DbSession session, string imageId, string projectId)
    {
        await session.ExecuteAsync(
            """
            INSERT INTO annotation_sets (id, image_id, project_id, source, source_key, revision, outcome, outcome_revision, annotation_count, updated_at)
            VALUES (@id, @imageId, @projectId, 'gold', '', 0, 'Unlabelled', 0, 0, @now) ON CONFLICT DO NOTHING
            """,
            new { id = Ids.New(clock), imageId, projectId, now = clock.Now() });
        return await session.ScalarAsync<string>("SELECT id FROM annotation_sets WHERE image_id = @imageId AND source = 'gold'", new { imageId });
    }

    /// <summary>The one change set id of a set in this job, so that a job which is started again labels nothing twice.</summary>
    private static Guid Once(string setId) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"demo {setId}")).AsSpan(0, 16));
}
