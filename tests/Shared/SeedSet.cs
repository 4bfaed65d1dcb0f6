using System.Text.Json;
using Plumbline.Core.Ontologies;
using Plumbline.Server;
using Plumbline.Server.Storage;

namespace Plumbline.Testing;

/// <summary>Puts an ontology, images and their working sets straight into the database, for tests that need no pixels.</summary>
public static class SeedSet
{
    /// <summary>Gives the project an ontology as its next version.</summary>
    public static Task OntologyAsync(Database database, string projectId, Ontology ontology) =>
        database.WriteAsync(session => session.ExecuteAsync(
            """
            INSERT INTO ontology_versions (project_id, version, doc, reason, created_at, created_by)
            SELECT @projectId, COALESCE(MAX(version), 0) + 1, @doc, 'seed', 0, MAX(projects.created_by) FROM projects LEFT JOIN ontology_versions ON project_id = projects.id
            WHERE projects.id = @projectId GROUP BY projects.id
            """,
            new { projectId, doc = JsonSerializer.Serialize(ontology, JsonSettings.Options) }));

    /// <summary>Adds an image without pixels and its working set; returns their ids.</summary>
    public static async Task<(string ImageId, string SetId)> ImageAsync(Database database, string projectId)
    {
        var (imageId, setId) = (Guid.CreateVersion7().ToString(), Guid.CreateVersion7().ToString());
        await database.WriteAsync(async session =>
        {
            await session.ExecuteAsync(
                """
                INSERT INTO images (id, project_id, path, name, sha256, bytes, format, width, height, orientation, bit_depth, metadata,
                  pixels_sha256, pixels_type, thumbnail_sha256, thumbnail_type, added_at, added_by)
                SELECT @imageId, id, @imageId, @imageId, '00', 0, 'png', 4000, 3000, 1, 8, '{}', '00', 'image/png', '00', 'image/png', 0, created_by FROM projects WHERE id = @projectId
                """,
                new { imageId, projectId });
            await session.ExecuteAsync(
                """
                INSERT INTO annotation_sets (id, image_id, project_id, source, source_key, revision, outcome, outcome_revision, annotation_count, updated_at)
                VALUES (@setId, @imageId, @projectId, 'working', '', 0, 'unlabelled', 0, 0, 0)
                """,
                new { setId, imageId, projectId });
        });
        return (imageId, setId);
    }
}
