using System.Security.Cryptography;
using Plumbline.Core.Annotations;
using Plumbline.Core.Editing;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Reports;
using Plumbline.Server.Features.Annotations;
using Plumbline.Server.Features.Images;
using Plumbline.Server.Features.Jobs;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Imports;

/// <summary>
/// Writes a dataset's annotations to the images of a project, through the same door as people's work. Ids come from image and content: the same dataset
/// imported again adds nothing, and what a person has changed or deleted since stays as that person left it.
/// </summary>
internal sealed class DatasetAnnotations(
    Database database, AnnotationStore store, ImageChanges changed, IngestScope scope, PersonRef by, ClassTargets classes, ProjectImages images, IssueLog issues)
{
    private const int BatchSize = 1_000;
    private const int MostSets = 100;
    private readonly List<(string SetId, string Path, ChangeSet Changes)> batch = [];
    private int pending;

    /// <summary>Annotations that are now in the project as the dataset has them.</summary>
    public long Written { get; private set; }

    /// <summary>Annotations that people changed or deleted since an earlier import.</summary>
    public long KeptAsEdited { get; private set; }

    /// <summary>Adds one image's annotations; written in batches.</summary>
    public async Task AddAsync(DatasetItem item, string path, CancellationToken cancellation)
    {
        if (await TargetAsync(item, path, cancellation) is not { } target || !Fits(item, path, target)) return;
        var made = new AnnotationMaking(classes, target.ImageId, path, issues);
        var annotations = made.Related(item, [.. item.Annotations.Select(made.Make)]);
        var changes = annotations.OrderBy(a => a.Relations.Length).Select(Change (a) => new Change.Put(a)).ToList(); // first what others are related to
        if (await ImageAttributesAsync(item, path, target, made, cancellation) is { } ofImage) changes.Add(new Change.Put(ofImage));
        if (target.Outcome == ImageSql.Unlabelled && OutcomeOf(item, changes.Count > 0) is { } outcome)
            changes.Add(new Change.SetOutcome(outcome, outcome == Outcome.Unusable ? "The imported file says so." : null, target.OutcomeRevision));
        foreach (var chunk in changes.Chunk(BatchSize))
        {
            if (pending + chunk.Length > BatchSize || batch.Count == MostSets) await FlushAsync(cancellation);
            batch.Add((target.SetId, path, new ChangeSet(AnnotationMaking.IdFrom(scope.JobId, $"{scope.JobId} {target.SetId} {chunk[0].AnnotationId}"), [.. chunk])));
            pending += chunk.Length;
        }
    }

    /// <summary>Writes what is still waiting.</summary>
    public async Task FlushAsync(CancellationToken cancellation)
    {
        if (batch.Count == 0) return;
        var answers = await database.WriteAsync(
            async session =>
            {
                session.AfterCommit(() => changed.Happened(scope.ProjectId));
                var all = new List<ChangeSetAnswer>(batch.Count);
                foreach (var (setId, _, changes) in batch) all.Add(await store.ApplyAsync(session, setId, changes, by, announce: false, cancellation: cancellation));
                return all;
            },
            cancellation);
        foreach (var (work, answer) in batch.Zip(answers)) Count(work.Path, answer);
        batch.Clear();
        pending = 0;
    }

    private void Count(string path, ChangeSetAnswer answer)
    {
        foreach (var result in answer.Results)
        {
            switch (result)
            {
                case ChangeAnswer.Applied { Id: not null }: Written++; break;
                case ChangeAnswer.Conflict { Id: not null }: KeptAsEdited++; break;
                case ChangeAnswer.Refused refused: issues.Error(refused.Rule, path, path, null, $"{refused.Message} The annotation is left out."); break;
            }
        }
    }

    private async Task<ImportTarget?> TargetAsync(DatasetItem item, string path, CancellationToken cancellation)
    {
        var image = item.Picture is { } picture ? images.Of(picture) : images.Find(path) ?? images.Find(item.Path);
        string? sha256 = null;
        if (image is null && item.Picture is { } brought)
        {
            await using var stream = brought.OpenRead();
            sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellation));
        }

        var target = await database.ReadAsync(
            session => image is not null ? DatasetSql.FindByIdAsync(session, scope.ProjectId, image.ImageId)
                : sha256 is not null ? DatasetSql.FindByBytesAsync(session, scope.ProjectId, sha256) : Task.FromResult<ImportTarget?>(null),
            cancellation);
        if (target is null && item.Annotations.Count > 0)
        {
            issues.Error("no-image", path, path, null, sha256 is null
                ? "The dataset has no picture for it and the project has no image of this path, or several of this name; its annotations are left out."
                : "Its picture was refused, so its annotations are left out.");
        }

        return target;
    }

    // Labels for a picture of another size or orientation would be wrong without anybody noticing.
    private bool Fits(DatasetItem item, string path, ImportTarget target)
    {
        if (item.Size is not { } size || (size.Width == target.Width && size.Height == target.Height)) return true;
        issues.Error("size-mismatch", path, path, "size", $"The labels are for {size.Width} × {size.Height} pixels, the upright picture has {target.Width} × {target.Height}; they are left out.");
        return false;
    }

    // An image has one annotation for its attributes; what a person has said there stays.
    private async Task<Annotation?> ImageAttributesAsync(DatasetItem item, string path, ImportTarget target, AnnotationMaking made, CancellationToken cancellation)
    {
        if (made.MakeOfImage(item) is not { } wanted) return null;
        var present = await database.ReadAsync(session => DatasetSql.FindImageAttributesAsync(session, target.SetId), cancellation);
        if (present is null || present == wanted.Id.ToString()) return wanted;
        KeptAsEdited++;
        issues.Warning("image-attributes-kept", path, path, "attributes", "The image has attributes already; they stay as they are.");
        return null;
    }

    // Work in a file that does not speak of outcomes counts as done.
    private static Outcome? OutcomeOf(DatasetItem item, bool hasAnnotations) => item.Outcome switch
    {
        null => hasAnnotations ? Outcome.Labelled : null,
        Outcome.Unlabelled => null,
        var said => said,
    };
}
