using System.Text.Json;
using System.Text.Json.Serialization;
using Plumbline.Core.Annotations;
using Plumbline.Core.Checks;
using Plumbline.Core.Masks;
using Plumbline.Server.Features.Ontologies;
using Plumbline.Server.Security;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Annotations;

/// <summary>What the automated checks find in a set as it is.</summary>
public static class FindingsApi
{
    /// <summary>Larger sets are checked by <c>plumbline validate</c>, not while somebody works.</summary>
    public const int MostAnnotations = 5_000;

    /// <summary>What a check found.</summary>
    /// <param name="Check">The check's id.</param>
    /// <param name="Severity">How bad it is.</param>
    /// <param name="AnnotationId">The annotation; null when it is about the image.</param>
    /// <param name="Message">What is wrong, with numbers.</param>
    /// <param name="Explanation">Why that matters.</param>
    /// <param name="Fix">A repair that needs no judgement; absent when there is none.</param>
    public sealed record Finding(
        string Check, CheckSeverity Severity, Guid? AnnotationId, string Message, string Explanation, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Fix? Fix);

    /// <summary>A repair: another shape, in the form of the annotation's; null deletes the annotation.</summary>
    public sealed record Fix(JsonElement? Shape);

    /// <summary>The findings of a revision. Not checked: the set is too large.</summary>
    public sealed record SetFindings(long Revision, bool Checked, IReadOnlyList<Finding> Findings);

    /// <summary>Maps the routes.</summary>
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/annotation-sets/{setId}/findings", Get).Allow(ProjectRole.Viewer).WithName("GetFindings");

    private static async Task<SetFindings> Get(string setId, Database database, CancellationToken cancellation)
    {
        var (set, ontology, rows, tiles, size) = await database.ReadAsync(
            async session =>
            {
                var set = await AnnotationSql.FindSetAsync(session, setId, cancellation) ?? throw AnnotationStore.NoSuchSet();
                var ontology = await OntologySql.CurrentAsync(session, set.ProjectId);
                var rows = set.AnnotationCount > MostAnnotations ? [] : await AnnotationSql.ListLivingAsync(session, setId, cancellation);
                var tiles = await LabelTileSql.ListAsync(session, [setId], cancellation);
                return (set, ontology, rows, tiles[setId], await AnnotationSql.FindSizeAsync(session, set.ImageId, cancellation));
            },
            cancellation);
        if (set.AnnotationCount > MostAnnotations) return new(set.Revision, false, []);
        var segments = LabelMap.MasksOf(tiles);
        var found = LiveChecks.Look(ontology.ToOntology(), [.. rows.Select(row => LabelTileSql.WithSegment(row.ToStored().Annotation, segments))], (int)size.Width, (int)size.Height);
        return new(set.Revision, true, [.. found.Select(f => new Finding(f.Check, f.Severity, f.AnnotationId, f.Message, f.Explanation, f.Fix is { } fix ? new Fix(ToJson(fix.Shape)) : null))]);
    }

    private static JsonElement? ToJson(Shape? shape)
    {
        if (shape is null) return null;
        var document = AnnotationJson.ToUtf8(new Annotation { Id = Guid.Empty, ClassId = "", Shape = shape });
        return JsonSerializer.Deserialize<JsonElement>(document).GetProperty("shape");
    }
}
