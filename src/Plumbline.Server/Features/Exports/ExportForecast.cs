using Plumbline.Core.Annotations;
using Plumbline.Core.Ontologies;
using Plumbline.Formats;
using Plumbline.Server.Features.Ontologies;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Exports;

/// <summary>Something that a format cannot say of what the project holds.</summary>
/// <param name="Code">What it is: <c>shape</c>, <c>holes</c>, <c>attributes</c> …</param>
/// <param name="Count">In how many annotations, images or classes.</param>
/// <param name="Bookkeeping">Whether no label changes by it.</param>
/// <param name="Shape">With <c>shape</c>: which kind.</param>
/// <param name="StoredAs">With <c>shape</c>: what it becomes; null when it is left out.</param>
public sealed record ForecastLoss(string Code, long Count, bool Bookkeeping, ShapeKind? Shape = null, ShapeKind? StoredAs = null);

/// <summary>What one format would lose.</summary>
public sealed record FormatForecast(string Format, IReadOnlyList<ForecastLoss> Losses);

/// <summary>What an export would lose in each format, from what formats can say and what the project holds. The report of an export lists it item by item.</summary>
/// <param name="Images">Images that would be exported.</param>
/// <param name="Annotations">Their annotations.</param>
/// <param name="Formats">Every format.</param>
public sealed record ExportForecast(long Images, long Annotations, IReadOnlyList<FormatForecast> Formats)
{
    internal static async Task<ExportForecast> ReadAsync(DbSession session, string projectId, ExportScope scope, CancellationToken cancellation)
    {
        var ontology = (await OntologySql.CurrentAsync(session, projectId)).ToOntology();
        var images = await ExportSql.CountImagesAsync(session, projectId, scope);
        var outcomes = await ExportSql.CountOutcomesAsync(session, projectId, scope);
        var all = await ExportSql.HoldingsAsync(session, projectId, scope, cancellation);
        var (ofImages, objects) = (all.Where(h => h.OfImage == 1).Sum(h => h.WithAttributes), all.Where(h => h.OfImage == 0).ToList());
        return new ExportForecast(
            images, objects.Sum(h => h.Annotations), [.. DatasetFormats.All.Select(f => new FormatForecast(f.Name, [.. Losses(f.Abilities, objects, ofImages, outcomes, ontology).Where(l => l.Count > 0)]))]);
    }

    private static IEnumerable<ForecastLoss> Losses(FormatAbilities can, List<ExportHolding> held, long ofImages, long outcomes, Ontology ontology)
    {
        foreach (var holding in held)
        {
            var kind = Enum.Parse<ShapeKind>(holding.Kind, ignoreCase: true);
            if (!can.Shapes.Contains(kind)) yield return new("shape", holding.Annotations, false, kind, can.StoredAs.Of(kind));
            else if (kind == ShapeKind.Polygon && !can.Holes) yield return new("holes", holding.WithHoles, false);
        }

        if (can.Shapes.Contains(ShapeKind.Polygon) && !can.Parts) yield return new("parts", held.Sum(h => h.WithParts), false);
        if (!can.Attributes) yield return new("attributes", held.Sum(h => h.WithAttributes), false);
        if (!can.ImageAttributes) yield return new("image-attributes", ofImages, false);
        if (!can.Ignore) yield return new("ignore", held.Sum(h => h.Ignored), false);
        if (!can.Groups) yield return new("groups", held.Sum(h => h.Grouped), false);
        if (!can.Relations) yield return new("relations", held.Sum(h => h.Related), false);
        if (!can.Scores) yield return new("scores", held.Sum(h => h.Scored), false);
        if (!can.ZOrder) yield return new("z-order", held.Sum(h => h.Ordered), false);
        if (!can.Outcomes) yield return new("outcomes", outcomes, false);
        if (!can.ClassTree) yield return new("class-tree", ontology.Classes.Count(c => c.ParentId is not null), true);
        if (!can.ClassColors) yield return new("class-colors", ontology.Classes.Length, true);
        if (!can.ClassRules) yield return new("class-rules", ontology.Classes.Count(c => c.Shapes.Length > 0 || c.Description.Length > 0), true);
        if (!can.AttributeDefinitions) yield return new("attribute-definitions", ontology.ImageAttributes.Length + ontology.Classes.Sum(c => c.Attributes.Length), true);
        if (!can.Skeletons) yield return new("skeletons", ontology.Classes.Count(c => c.SkeletonId is not null), true);
        yield return new(ExportJob.ClassExamples.Code, ontology.Classes.Sum(c => c.Examples.Length), true);
        if (!can.Provenance) yield return new("provenance", held.Sum(h => h.Annotations), true);
    }
}
