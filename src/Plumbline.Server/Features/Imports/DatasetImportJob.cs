using System.Collections.Immutable;
using Plumbline.Core.Ontologies;
using Plumbline.Formats;
using Plumbline.Formats.Reports;
using Plumbline.Server.Features.Annotations;
using Plumbline.Server.Features.Audit;
using Plumbline.Server.Features.Events;
using Plumbline.Server.Features.Images;
using Plumbline.Server.Features.Jobs;
using Plumbline.Server.Features.Ontologies;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Imports;

/// <summary>What a dataset import brought; the job's result.</summary>
public sealed record DatasetImportResult(string Format, long Added, long Duplicates, long Refused, long Annotations, long KeptAsEdited, long Issues, long Losses);

/// <summary>The job that takes a dataset in: its classes as decided, otherwise by name; its pictures; then its annotations. Started again it goes on where it was; nothing comes in twice.</summary>
public sealed class DatasetImportJob(
    Database database, BlobStore blobs, ImportFiles files, ImageIngest ingest, AnnotationStore store, ImageChanges changes, EventBus events, TimeProvider clock) : IJobHandler
{
    private const int MostEntries = 10_000;

    /// <inheritdoc />
    public string Kind => ImportQueue.DatasetKind;

    /// <inheritdoc />
    public async Task<object?> RunAsync(JobRun job, CancellationToken cancellation)
    {
        using var dataset = await OpenDataset.OpenAsync(files, database, blobs, job, cancellation);
        var format = dataset.Format ?? throw new JobFailedException(WhyUnknown(dataset));
        var foundIssues = new List<DatasetIssue>();
        var foundLosses = new List<LossEntry>();
        var issues = new IssueLog(issue => AddFirst(foundIssues, issue));
        var losses = new LossReport(loss => AddFirst(foundLosses, loss));
        var userId = job.CreatedBy ?? throw new InvalidOperationException($"Nobody asked for job {job.Id}.");
        var scope = new IngestScope(job.Id, job.ProjectId, userId);
        try
        {
            var (use, pictures, growth) = await SurveyAsync(dataset, format, job, issues, cancellation);
            var counts = await ingest.RunAsync(scope, pictures, (done, total) => job.ReportAsync(done, total, "images", "Adding pictures"), cancellation);
            var (ontology, targets) = await GrowOntologyAsync(scope, growth, cancellation);
            var by = new PersonRef(userId, await database.ReadAsync(session => session.ScalarAsync<string>("SELECT name FROM users WHERE id = @userId", new { userId }), cancellation));
            var classes = new ClassTargets(ontology, targets);
            var annotations = new DatasetAnnotations(database, store, changes, scope, by, classes, dataset.Images, issues);
            await WriteAsync(dataset, format, issues, losses, classes, pictures, annotations, (done, total) => job.ReportAsync(done, total ?? use.Images, "images", "Adding annotations"), cancellation);
            await database.WriteAsync(session => DatasetSql.ReportAsync(session, job.Id, foundIssues, foundLosses), cancellation);
            files.Release(job.Payload<ImportPayload>());
            return new DatasetImportResult(format.Name, counts.Added, counts.Duplicates, counts.Refused, annotations.Written, annotations.KeptAsEdited, issues.Errors + issues.Warnings, losses.OfLabels);
        }
        catch (DatasetFormatException e)
        {
            throw new JobFailedException($"The dataset cannot be read. {e.Line}", e);
        }
    }

    private static void AddFirst<T>(List<T> found, T entry)
    {
        if (found.Count < MostEntries) found.Add(entry);
    }

    private static string WhyUnknown(OpenDataset dataset) => dataset.Candidates.Count == 0
        ? "No dataset format was recognised in these files. Choose the format by hand, or add the pictures alone."
        : $"These files fit several formats: {string.Join(", ", dataset.Candidates.Select(r => $"{r.Format.Title} ({r.Why})"))}. Choose one by hand.";

    // A first pass for what the ontology must have and which pictures there are; its issues are the second pass's too.
    private async Task<(DatasetUse Use, DatasetPictures Pictures, Func<Ontology, OntologyGrowth> Growth)> SurveyAsync(
        OpenDataset dataset, DatasetFormat format, JobRun job, IssueLog issues, CancellationToken cancellation)
    {
        await job.ReportAsync(0, null, "images", "Reading the dataset");
        await using var reader = await dataset.ReadAsync(format, new IssueLog(), cancellation);
        var header = reader.Header;
        var use = new DatasetUse(header, issues);
        var pictures = new DatasetPictures(bySplit: header.Splits.Length > 1);
        await foreach (var item in reader.ReadItemsAsync(cancellation))
        {
            use.See(item);
            if (item.Picture is { } picture && dataset.Images.Of(picture) is null) pictures.Add(item);
            await job.ReportAsync(use.Images, reader.ItemCount, "images", "Reading the dataset");
        }

        return (use, pictures, before => new OntologyGrowth(header, use, before, job.Payload<ImportPayload>().Classes ?? [], () => Ids.New(clock), issues));
    }

    private Task<(Ontology Ontology, ImmutableArray<string?> Targets)> GrowOntologyAsync(IngestScope scope, Func<Ontology, OntologyGrowth> growth, CancellationToken cancellation) =>
        database.WriteAsync(
            async session =>
            {
                await OntologySql.LockAsync(session, scope.ProjectId, clock.Now());
                await AnnotationSql.HoldSavesAsync(session, scope.ProjectId, cancellation);
                var current = await OntologySql.CurrentAsync(session, scope.ProjectId);
                var before = current.ToOntology();
                var (after, targets) = growth(before).Grow();
                if (ReferenceEquals(before, after)) return (before, targets);
                var version = current.Version + 1;
                await OntologySql.AddAsync(session, clock, scope.ProjectId, version, after, "Classes of an imported dataset", scope.UserId);
                await AuditLog.WriteAsync(session, clock, scope.UserId, scope.ProjectId, "ontology.update", scope.ProjectId, new { version, import = scope.JobId });
                session.AfterCommit(() => events.Publish("ontology", scope.ProjectId, new { projectId = scope.ProjectId, version }));
                return (after, targets);
            },
            cancellation);

    private static async Task WriteAsync(
        OpenDataset dataset, DatasetFormat format, IssueLog issues, LossReport losses, ClassTargets classes, DatasetPictures pictures, DatasetAnnotations annotations,
        Func<long, long?, Task> report, CancellationToken cancellation)
    {
        await using var reader = await dataset.ReadAsync(format, issues, cancellation);
        var common = new CommonLosses(new LossTarget("A project", "", ProjectModel.Abilities), reader.Header, losses);
        var done = 0L;
        await foreach (var item in reader.ReadItemsAsync(cancellation))
        {
            common.Count(item);
            foreach (var annotation in item.Annotations.Where(a => classes.Keeps(a.ClassIndex))) common.Count(item, annotation);
            await annotations.AddAsync(item, pictures.PathOf(item), cancellation);
            await report(++done, reader.ItemCount);
        }

        await annotations.FlushAsync(cancellation);
        common.Finish();
    }
}
