using Plumbline.Core.Ontologies;
using Plumbline.Formats;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;
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
public sealed record DatasetImportResult(string Format, long Added, long Duplicates, long Refused, long Annotations, long KeptAsEdited, long Issues);

/// <summary>The job that takes a dataset in: its classes by name, its pictures, then its annotations. Started again it goes on where it was; nothing comes in twice.</summary>
public sealed class DatasetImportJob(Database database, ImportFiles files, ImageIngest ingest, AnnotationStore store, ImageChanges changes, EventBus events, TimeProvider clock) : IJobHandler
{
    private const int MostIssues = 10_000;

    /// <inheritdoc />
    public string Kind => ImportQueue.DatasetKind;

    /// <inheritdoc />
    public async Task<object?> RunAsync(JobRun job, CancellationToken cancellation)
    {
        var payload = job.Payload<ImportPayload>();
        using var outer = await files.OpenAsync(payload, cancellation);
        using var archive = OnlyArchive(outer);
        var source = DatasetSource.In(archive ?? outer);
        var format = FormatOf(source.Tree, payload.Format);
        var found = new List<DatasetIssue>();
        var issues = new IssueLog(issue =>
        {
            if (found.Count < MostIssues) found.Add(issue);
        });
        var userId = job.CreatedBy ?? throw new InvalidOperationException($"Nobody asked for job {job.Id}.");
        var scope = new IngestScope(job.Id, job.ProjectId, userId);
        try
        {
            var (classes, pictures) = await SurveyAsync(format, source, job, cancellation);
            var counts = await ingest.RunAsync(scope, pictures, (done, total) => job.ReportAsync(done, total, "images", "Adding pictures"), cancellation);
            var ontology = await ExtendOntologyAsync(scope, classes, cancellation);
            var by = new PersonRef(userId, await database.ReadAsync(session => session.ScalarAsync<string>("SELECT name FROM users WHERE id = @userId", new { userId }), cancellation));
            var annotations = new DatasetAnnotations(database, store, changes, scope, by, classes, ontology, issues);
            await WriteAsync(format, source, issues, pictures, annotations, job, cancellation);
            await database.WriteAsync(session => DatasetSql.ReportAsync(session, job.Id, found), cancellation);
            files.Release(payload);
            return new DatasetImportResult(format.Name, counts.Added, counts.Duplicates, counts.Refused, annotations.Written, annotations.KeptAsEdited, issues.Errors + issues.Warnings);
        }
        catch (DatasetFormatException e)
        {
            throw new JobFailedException($"The dataset cannot be read. {e.Line}", e);
        }
        catch (InvalidDataException e)
        {
            throw new JobFailedException($"The dataset cannot be read. {e.Message}", e);
        }
    }

    // One ZIP alone is the dataset.
    private static ZipTree? OnlyArchive(IFileTree tree)
    {
        if (tree.Files.Count != 1 || TreePath.Extension(tree.Files[0]) != ".zip") return null;
        try
        {
            return new ZipTree(tree.OpenRead(tree.Files[0]), tree.Files[0]);
        }
        catch (InvalidDataException e)
        {
            throw new JobFailedException($"{tree.Files[0]} is not a ZIP that can be read: {e.Message}", e);
        }
    }

    private static DatasetFormat FormatOf(IFileTree tree, string? asked)
    {
        if (asked is not null) return DatasetFormats.Find(asked) ?? throw new JobFailedException($"This version of Plumbline does not read the format '{asked}'.");
        var recognised = DatasetFormats.Recognise(tree);
        return recognised.Length switch
        {
            1 => recognised[0].Format,
            0 => throw new JobFailedException("No dataset format was recognised in these files. Choose the format by hand, or add the pictures alone."),
            _ => throw new JobFailedException($"These files fit several formats: {string.Join(", ", recognised.Select(r => $"{r.Format.Title} ({r.Why})"))}. Choose one by hand."),
        };
    }

    private static Task<DatasetReader> OpenAsync(DatasetFormat format, DatasetSource source, IssueLog issues, CancellationToken cancellation) =>
        format.OpenAsync(source, new ReadRequest(ReadDetail.Shapes, FormatOptions.Defaults, issues), cancellation);

    // A first pass for what the ontology must have and which pictures there are; its issues are the second pass's too.
    private static async Task<(DatasetClasses Classes, DatasetPictures Pictures)> SurveyAsync(DatasetFormat format, DatasetSource source, JobRun job, CancellationToken cancellation)
    {
        await job.ReportAsync(0, null, "images", "Reading the dataset");
        await using var reader = await OpenAsync(format, source, new IssueLog(), cancellation);
        var classes = new DatasetClasses(reader.Header);
        var pictures = new DatasetPictures(bySplit: reader.Header.Splits.Length > 1);
        await foreach (var item in reader.ReadItemsAsync(cancellation))
        {
            pictures.Add(item);
            foreach (var annotation in item.Annotations) classes.See(annotation);
        }

        return (classes, pictures);
    }

    private Task<Ontology> ExtendOntologyAsync(IngestScope scope, DatasetClasses classes, CancellationToken cancellation) =>
        database.WriteAsync(
            async session =>
            {
                await OntologySql.LockAsync(session, scope.ProjectId, clock.Now());
                await AnnotationSql.HoldSavesAsync(session, scope.ProjectId, cancellation);
                var current = await OntologySql.CurrentAsync(session, scope.ProjectId);
                var before = current.ToOntology();
                var after = classes.Extend(before, () => Ids.New(clock));
                if (ReferenceEquals(before, after)) return before;
                var version = current.Version + 1;
                await OntologySql.AddAsync(session, clock, scope.ProjectId, version, after, "Classes of an imported dataset", scope.UserId);
                await AuditLog.WriteAsync(session, clock, scope.UserId, scope.ProjectId, "ontology.update", scope.ProjectId, new { version, import = scope.JobId });
                session.AfterCommit(() => events.Publish("ontology", scope.ProjectId, new { projectId = scope.ProjectId, version }));
                return after;
            },
            cancellation);

    private static async Task WriteAsync(
        DatasetFormat format, DatasetSource source, IssueLog issues, DatasetPictures pictures, DatasetAnnotations annotations, JobRun job, CancellationToken cancellation)
    {
        await using var reader = await OpenAsync(format, source, issues, cancellation);
        var done = 0L;
        await foreach (var item in reader.ReadItemsAsync(cancellation))
        {
            await annotations.AddAsync(item, pictures.PathOf(item), cancellation);
            await job.ReportAsync(++done, reader.ItemCount, "images", "Adding annotations");
        }

        await annotations.FlushAsync(cancellation);
    }
}
