using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Plumbline.Core.Annotations;
using Plumbline.Core.Editing;
using Plumbline.Core.Ontologies;
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
internal sealed class DatasetAnnotations(Database database, AnnotationStore store, ImageChanges changed, IngestScope scope, PersonRef by, DatasetClasses classes, Ontology ontology, IssueLog issues)
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
        var seen = new Dictionary<Guid, int>();
        var changes = item.Annotations.Select(a => (Change)new Change.Put(ToAnnotation(a, target.ImageId, seen))).ToList();
        if (changes.Count > 0 && target.Outcome == ImageSql.Unlabelled) changes.Add(new Change.SetOutcome(Outcome.Labelled, null, target.OutcomeRevision));
        foreach (var chunk in changes.Chunk(BatchSize))
        {
            if (pending + chunk.Length > BatchSize || batch.Count == MostSets) await FlushAsync(cancellation);
            batch.Add((target.SetId, path, new ChangeSet(IdFrom(scope.JobId, $"{scope.JobId} {target.SetId} {chunk[0].AnnotationId}"), [.. chunk])));
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
        string? sha256 = null;
        if (item.Picture is { } picture)
        {
            await using var stream = picture.OpenRead();
            sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellation));
        }

        var target = await database.ReadAsync(
            session => sha256 is null ? DatasetSql.FindByPathAsync(session, scope.ProjectId, path) : DatasetSql.FindByBytesAsync(session, scope.ProjectId, sha256), cancellation);
        if (target is null && item.Annotations.Count > 0)
        {
            issues.Error("no-image", path, path, null, sha256 is null
                ? "The dataset has no picture for it and the project has no image of this path; its annotations are left out."
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

    private Annotation ToAnnotation(DatasetAnnotation annotation, string imageId, Dictionary<Guid, int> seen)
    {
        var known = classes.ClassOf(ontology, annotation);
        var made = new Annotation
        {
            Id = Guid.Empty,
            ClassId = known.Id,
            Shape = annotation.Shape,
            Attributes = DatasetClasses.AttributesOf(known, annotation),
            Z = annotation.Z,
            GroupId = annotation.GroupId,
            Ignore = annotation.Ignore,
            Score = annotation.Score,
            Provenance = new Provenance(Origin.Imported),
        };
        var content = Encoding.UTF8.GetString(AnnotationJson.ToUtf8(made));
        var id = IdFrom(imageId, $"{imageId} {content}");
        var nth = seen[id] = seen.GetValueOrDefault(id) + 1;
        return made with { Id = nth == 1 ? id : IdFrom(imageId, $"{imageId} {nth} {content}") };
    }

    // A UUIDv7 whose time is that of another one and whose rest is a hash.
    private static Guid IdFrom(string timed, string content)
    {
        var bytes = Guid.Parse(timed).ToByteArray(bigEndian: true);
        SHA256.HashData(Encoding.UTF8.GetBytes(content)).AsSpan(0, 10).CopyTo(bytes.AsSpan(6));
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x70);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
