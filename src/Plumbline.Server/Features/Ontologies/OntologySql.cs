using System.Text.Json;
using Plumbline.Core.Ontologies;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Ontologies;

/// <summary>One version of a project's ontology.</summary>
public sealed class OntologyRow
{
    public long Version { get; init; }
    public required string Doc { get; init; }
    public required string Reason { get; init; }
    public long CreatedAt { get; init; }
    public required string CreatedBy { get; init; }
    public string? CreatedByName { get; init; }

    /// <summary>The ontology itself.</summary>
    public Ontology ToOntology() => JsonSerializer.Deserialize<Ontology>(Doc, JsonSettings.Options) ?? throw new InvalidOperationException("The stored ontology is empty.");
}

/// <summary>How much is labelled with a class.</summary>
public sealed class ClassUsageRow
{
    public required string ClassId { get; init; }
    public long Annotations { get; init; }
    public long Images { get; init; }
}

/// <summary>Statements on the <c>ontology_versions</c> table.</summary>
public static class OntologySql
{
    private const string From = "FROM ontology_versions o LEFT JOIN users u ON u.id = o.created_by";
    private const string Head = "o.version AS Version, o.reason AS Reason, o.created_at AS CreatedAt, o.created_by AS CreatedBy, u.name AS CreatedByName";

    /// <summary>The newest version; every project has one.</summary>
    public static async Task<OntologyRow> CurrentAsync(DbSession session, string projectId) =>
        await session.FindAsync<OntologyRow>($"SELECT {Head}, o.doc AS Doc {From} WHERE o.project_id = @projectId ORDER BY o.version DESC LIMIT 1", new { projectId })
        ?? throw new InvalidOperationException($"Project {projectId} has no ontology.");

    /// <summary>One version; null when there is none.</summary>
    public static Task<OntologyRow?> FindAsync(DbSession session, string projectId, long version) =>
        session.FindAsync<OntologyRow>($"SELECT {Head}, o.doc AS Doc {From} WHERE o.project_id = @projectId AND o.version = @version", new { projectId, version });

    /// <summary>All versions without their documents, newest first.</summary>
    public static Task<List<OntologyRow>> ListAsync(DbSession session, string projectId) =>
        session.QueryAsync<OntologyRow>($"SELECT {Head}, '' AS Doc {From} WHERE o.project_id = @projectId ORDER BY o.version DESC", new { projectId });

    /// <summary>Stores a version.</summary>
    public static Task AddAsync(DbSession session, TimeProvider clock, string projectId, long version, Ontology ontology, string reason, string userId) =>
        session.ExecuteAsync(
            "INSERT INTO ontology_versions (project_id, version, doc, reason, created_at, created_by) VALUES (@projectId, @version, @doc, @reason, @now, @userId)",
            new { projectId, version, doc = JsonSerializer.Serialize(ontology, JsonSettings.Options), reason, now = clock.Now(), userId });

    /// <summary>Keeps other writers of this project's ontology, and annotators who hold the project's row, out until the transaction ends.</summary>
    public static Task LockAsync(DbSession session, string projectId, long now) => session.ExecuteAsync("UPDATE projects SET updated_at = @now WHERE id = @projectId", new { projectId, now });

    /// <summary>Living annotations by class, images that were removed included when they could come back.</summary>
    public static Task<List<ClassUsageRow>> UsageAsync(DbSession session, string projectId) =>
        session.QueryAsync<ClassUsageRow>(
            """
            SELECT a.class_id AS ClassId, COUNT(*) AS Annotations, COUNT(DISTINCT s.image_id) AS Images
            FROM annotations a JOIN annotation_sets s ON s.id = a.set_id
            WHERE s.project_id = @projectId AND a.deleted = 0
            GROUP BY a.class_id ORDER BY a.class_id
            """,
            new { projectId });

    /// <summary>How many annotations have a relation of this predicate. Looks into documents by the one form that they have.</summary>
    public static Task<long> CountSubjectsAsync(DbSession session, string projectId, string predicateId) =>
        session.ScalarAsync<long>(
            """
            SELECT COUNT(*) FROM annotations a JOIN annotation_sets s ON s.id = a.set_id
            WHERE s.project_id = @projectId AND a.deleted = 0 AND a.doc LIKE '%"relations":[%' AND a.doc LIKE @pattern ESCAPE '!'
            """,
            new { projectId, pattern = $"%\"predicate\":{Escaped(predicateId)},%" });

    private static string Escaped(string id) =>
        JsonSerializer.Serialize(id, JsonSettings.Options).Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal);
}
