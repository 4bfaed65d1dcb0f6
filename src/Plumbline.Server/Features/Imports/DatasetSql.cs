using Plumbline.Core.Ontologies;
using Plumbline.Formats.Reports;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Imports;

/// <summary>An image that annotations are to go to.</summary>
public sealed class ImportTarget
{
    public required string ImageId { get; init; }
    public required string SetId { get; init; }
    public long Width { get; init; }
    public long Height { get; init; }
    public required string Outcome { get; init; }
    public long OutcomeRevision { get; init; }
}

/// <summary>Statements of dataset imports.</summary>
public static class DatasetSql
{
    private const string Select =
        """
        SELECT i.id AS ImageId, s.id AS SetId, i.width AS Width, i.height AS Height, s.outcome AS Outcome, s.outcome_revision AS OutcomeRevision
        FROM images i JOIN annotation_sets s ON s.image_id = i.id AND s.source = 'working' AND s.source_key = ''
        WHERE i.project_id = @projectId AND i.removed_at IS NULL
        """;

    /// <summary>The image with these bytes; null when there is none.</summary>
    public static Task<ImportTarget?> FindByBytesAsync(DbSession session, string projectId, string sha256) =>
        session.FindAsync<ImportTarget>($"{Select} AND i.sha256 = @sha256 ORDER BY i.id LIMIT 1", new { projectId, sha256 });

    /// <summary>The image of this id; null when it was removed meanwhile.</summary>
    public static Task<ImportTarget?> FindByIdAsync(DbSession session, string projectId, string imageId) =>
        session.FindAsync<ImportTarget>($"{Select} AND i.id = @imageId", new { projectId, imageId });

    /// <summary>The images of a project.</summary>
    public static Task<List<ProjectImage>> ListImagesAsync(DbSession session, string projectId) =>
        session.QueryAsync<ProjectImage>(
            "SELECT id AS ImageId, path AS Path, pixels_sha256 AS PixelsSha256, width AS Width, height AS Height FROM images WHERE project_id = @projectId AND removed_at IS NULL",
            new { projectId });

    /// <summary>The id of the annotation that holds the attributes of an image as a whole; null when it has none.</summary>
    public static Task<string?> FindImageAttributesAsync(DbSession session, string setId) =>
        session.FindAsync<string>("SELECT MIN(id) FROM annotations WHERE set_id = @setId AND class_id = @ImageClassId AND deleted = 0", new { setId, OntologyRules.ImageClassId });

    /// <summary>Adds to a job's report.</summary>
    public static async Task ReportAsync(DbSession session, string jobId, IReadOnlyCollection<DatasetIssue> issues, IReadOnlyCollection<LossEntry> losses)
    {
        var ordinal = await session.ScalarAsync<long>("SELECT COALESCE(MAX(ordinal), -1) + 1 FROM job_issues WHERE job_id = @jobId", new { jobId });
        await session.ExecuteManyAsync(
            "INSERT INTO job_issues (job_id, ordinal, item, severity, code, field, message) VALUES (@job_id, @ordinal, @item, @severity, @code, @field, @message)",
            ["job_id", "ordinal", "item", "severity", "code", "field", "message"],
            [
                .. issues.Select(i => new object?[] { jobId, ordinal++, i.Item ?? i.File, i.Severity == IssueSeverity.Error ? "error" : "warning", i.Code, i.Field ?? "", Text(i) }),
                .. losses.Select(l => new object?[] { jobId, ordinal++, l.Item, "info", l.Code, l.Field, l.Why }),
            ]);
    }

    /// <summary>An issue in one line, with its place in the file.</summary>
    public static string Text(DatasetIssue issue) => issue.Position.ToString() is { Length: > 0 } place ? $"{issue.File} ({place}): {issue.Message}" : $"{issue.File}: {issue.Message}";
}
