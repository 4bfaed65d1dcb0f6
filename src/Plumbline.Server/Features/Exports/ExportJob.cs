using System.Globalization;
using System.Text.Json;
using Plumbline.Formats;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;
using Plumbline.Formats.Pictures;
using Plumbline.Formats.Reports;
using Plumbline.Server.Features.Jobs;
using Plumbline.Server.Features.Ontologies;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Exports;

/// <summary>The job that writes a project into a ZIP. Same data, same bytes; started again it begins anew, and leaves nothing behind when it does not end.</summary>
public sealed class ExportJob(Database database, BlobStore blobs, TimeProvider clock) : IJobHandler
{
    /// <summary>The kind of these jobs.</summary>
    public const string ExportKind = "export";

    /// <summary>Pictures of the project that show what a class means: whatever the format, they are not exported.</summary>
    internal static readonly LossKind ClassExamples = new("class-examples", "examples", "Examples of classes stay in the project.", Bookkeeping: true);

    /// <inheritdoc />
    public string Kind => ExportKind;

    /// <inheritdoc />
    public async Task<object?> RunAsync(JobRun job, CancellationToken cancellation)
    {
        var plan = job.Payload<ExportPlan>();
        var format = DatasetFormats.Find(plan.Format) ?? throw new JobFailedException($"This version of Plumbline does not write the format '{plan.Format}'.");
        try
        {
            return await database.ReadAsync(session => WriteAsync(session, job, plan, format, cancellation), cancellation);
        }
        catch (Exception e) when (DiskFull.Is(e))
        {
            throw new JobFailedException("The server's disk is full. Free some space, then try again.", e);
        }
    }

    private async Task<ExportResult> WriteAsync(DbSession session, JobRun job, ExportPlan plan, DatasetFormat format, CancellationToken cancellation)
    {
        var ontology = (await OntologySql.CurrentAsync(session, job.ProjectId)).ToOntology();
        var total = await ExportSql.CountImagesAsync(session, job.ProjectId, plan.Scope);
        await using var lossDraft = blobs.CreateDraft();
        await using var lossLines = new BufferedStream(lossDraft, 1 << 16);
        var losses = new LossReport(entry => WriteLine(lossLines, entry));
        losses.AddForAll(ClassExamples, ontology.Classes.Sum(c => c.Examples.Length));
        var issues = new IssueLog(issue => WriteLine(lossLines, new LossEntry(issue.Item ?? issue.File, issue.Code, issue.Field ?? "image", issue.Message)));
        await using var draft = blobs.CreateDraft();
        WriteSummary written;
        using (var archive = new ZipTarget(draft))
        {
            await using var dataset = new Reporting(new ExportReader(session, blobs, job.ProjectId, plan, ontology, losses), done => job.ReportAsync(done, total, "images"));
            var pictures = plan.Images == ExportImages.None ? PictureMode.None : PictureMode.Copy;
            written = await format.WriteAsync(dataset, new WriteRequest(archive, new FormatOptions(plan.Options), pictures, losses, issues), cancellation);
            archive.Commit();
        }

        await lossLines.FlushAsync(cancellation);
        var name = FileName(await ExportSql.ProjectNameAsync(session, job.ProjectId), plan.Format);
        var bytes = draft.Length;
        return new ExportResult(name, bytes, written.Images, written.Annotations, losses.Total + issues.Errors, losses.OfLabels + issues.Errors, draft.Commit(), lossDraft.Commit());
    }

    private static void WriteLine(Stream lines, LossEntry entry)
    {
        lines.Write(JsonSerializer.SerializeToUtf8Bytes(entry, JsonSettings.Options));
        lines.WriteByte((byte)'\n');
    }

    private string FileName(string project, string format)
    {
        var plain = string.Concat(project.Select(c => char.IsLetterOrDigit(c) ? c : '-')).Trim('-');
        return string.Create(CultureInfo.InvariantCulture, $"{(plain.Length == 0 ? "project" : plain)}-{format}-{clock.GetUtcNow():yyyyMMdd-HHmmss}.zip");
    }

    /// <summary>Tells the job how far it is as items go by.</summary>
    private sealed class Reporting(DatasetReader inner, Func<long, Task> report) : DatasetReader
    {
        public override DatasetHeader Header => inner.Header;

        public override async IAsyncEnumerable<DatasetItem> ReadItemsAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            var done = 0L;
            await foreach (var item in inner.ReadItemsAsync(cancellationToken))
            {
                yield return item;
                await report(++done);
            }
        }
    }
}
