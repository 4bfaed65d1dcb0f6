using System.Collections.Immutable;
using Plumbline.Formats.Pictures;
using Plumbline.Formats.Reports;
using Plumbline.Imaging;
using Plumbline.Server.Features.Jobs;
using Plumbline.Server.Features.Ontologies;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Imports;

/// <summary>What a look at a dataset found; the job's result. The rest is the preview.</summary>
public sealed record PreviewResult(string? Format, long Images, long Annotations, long Issues);

/// <summary>The job that looks at a dataset and leaves the project as it is.</summary>
public sealed class PreviewJob(Database database, BlobStore blobs, ImportFiles files, ServerOptions options, TimeProvider clock) : IJobHandler
{
    /// <inheritdoc />
    public string Kind => ImportQueue.PreviewKind;

    /// <inheritdoc />
    public async Task<object?> RunAsync(JobRun job, CancellationToken cancellation)
    {
        try
        {
            return await LookAsync(job, cancellation);
        }
        catch (DatasetFormatException e)
        {
            throw new JobFailedException($"The dataset cannot be read. {e.Line}", e);
        }
        catch (Exception e) when (e is FileNotFoundException or EndOfStreamException && cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException("The files were given up while they were read.", e, cancellation);
        }
    }

    private async Task<PreviewResult> LookAsync(JobRun job, CancellationToken cancellation)
    {
        await job.ReportAsync(0, null, "images", "Reading the dataset");
        using var dataset = await OpenDataset.OpenAsync(files, database, blobs, job, cancellation);
        var payload = job.Payload<ImportPayload>();
        var preview = new ImportPreview(
            job.Id, payload.What, null, [.. dataset.Candidates.Select(c => new PreviewFormat(c.Format.Name, c.Format.Title, c.Why))], payload.Options ?? ImmutableDictionary<string, string>.Empty,
            [], [], new PreviewImages(0, 0, 0, 0), 0, [], [], 0, 0, [], []);
        var thumbnails = new List<(int Place, Thumbnail Picture)>();
        if (dataset.Format is { } format)
        {
            var ontology = (await database.ReadAsync(session => OntologySql.CurrentAsync(session, job.ProjectId), cancellation)).ToOntology();
            var survey = new DatasetSurvey();
            preview = await survey.RunAsync(dataset, format, ontology, preview, (done, total) => job.ReportAsync(done, total, "images", "Reading the dataset"), cancellation);
            foreach (var (place, item) in survey.Pictures.Index())
            {
                cancellation.ThrowIfCancellationRequested();
                if (preview.Pictures[place].ImageId is null && item.Picture is { } picture && MakeThumbnail(picture) is { } thumbnail) thumbnails.Add((place, thumbnail));
            }

            var shown = thumbnails.Select(t => t.Place).ToHashSet();
            preview = preview with { Pictures = [.. preview.Pictures.Select((p, i) => p with { HasThumbnail = shown.Contains(i) })] };
        }

        await database.WriteAsync(session => PreviewSql.StoreAsync(session, clock, preview, thumbnails), cancellation);
        return new PreviewResult(preview.Format, preview.Images.Total, preview.Annotations, preview.Errors + preview.Warnings);
    }

    // A picture that cannot be taken in has no thumbnail; the import will say why.
    private Thumbnail? MakeThumbnail(DatasetPicture picture)
    {
        using var draft = blobs.CreateDraft();
        try
        {
            using (var stream = picture.OpenRead()) stream.CopyTo(draft);
            var source = ImageSource.FromFile(draft.FilePath);
            var about = ImageProbe.Probe(source, options.ImageLimits);
            if (about.IsUprightAsStored) return Thumbnail.Make(source, about.Format, about.Width, about.Height);
            using var copy = blobs.CreateDraft();
            Upright.Write(source, about, copy, blobs.NewScratchPath());
            return Thumbnail.Make(ImageSource.FromFile(copy.FilePath), Upright.FormatFor(about), about.Width, about.Height);
        }
        catch (Exception e) when (e is ImageRefusedException or InvalidDataException)
        {
            return null;
        }
    }
}
