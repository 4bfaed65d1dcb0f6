using System.Collections.Immutable;
using Plumbline.Core.Annotations;
using Plumbline.Core.Ontologies;

namespace Plumbline.Core.Checks;

/// <summary>What a check found in an image that somebody works on.</summary>
/// <param name="Check">The check's id.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="AnnotationId">The annotation concerned; null when it is about the image.</param>
/// <param name="Message">What is wrong, with numbers.</param>
/// <param name="Explanation">Why that matters.</param>
/// <param name="Fix">What would mend it without a person's judgement; null when nothing would.</param>
public sealed record LiveFinding(string Check, CheckSeverity Severity, Guid? AnnotationId, string Message, string Explanation, LiveFix? Fix);

/// <summary>A safe repair of the annotation.</summary>
/// <param name="Shape">Its new shape; null to delete it.</param>
public sealed record LiveFix(Shape? Shape);

/// <summary>The checks of <see cref="CheckSuite"/> on one image of a project: those that need no other image.</summary>
public static class LiveChecks
{
    /// <summary>More findings than this help nobody while they work.</summary>
    public const int Most = 1_000;

    /// <summary>That nothing is drawn yet is no news to who is about to draw.</summary>
    private const string Unlabelled = "unlabelled-image";

    private static readonly ImmutableDictionary<string, string> Explanations = CheckSuite.Catalogue.ToImmutableDictionary(check => check.Id, check => check.Explanation, StringComparer.Ordinal);

    /// <summary>What the checks find, in their order; at most <see cref="Most"/>.</summary>
    /// <param name="ontology">The project's ontology.</param>
    /// <param name="annotations">All annotations of a set.</param>
    /// <param name="width">Columns of the upright image.</param>
    /// <param name="height">Rows of the upright image.</param>
    public static ImmutableArray<LiveFinding> Look(Ontology ontology, IReadOnlyList<Annotation> annotations, int width, int height)
    {
        var places = ontology.Classes.Select((c, i) => (c.Id, i)).ToDictionary(c => c.Id, c => c.i, StringComparer.Ordinal);
        var drawn = annotations.Where(a => a.ClassId != OntologyRules.ImageClassId).OrderBy(a => a.Id).ToList();
        var strangers = drawn.Select(a => a.ClassId).Distinct(StringComparer.Ordinal).Where(id => !places.ContainsKey(id)).ToList();
        foreach (var id in strangers) places[id] = places.Count;
        var context = new CheckContext([.. ontology.Classes.Select(c => c.Name), .. strangers])
        {
            Ontology = ontology,
            OntologyIsComplete = true,
            Defined = [.. ontology.Classes, .. strangers.Select(_ => (LabelClass?)null)],
        };
        var found = ImmutableArray.CreateBuilder<LiveFinding>();
        var suite = new CheckSuite(context, finding =>
        {
            if (found.Count >= Most || finding.Check == Unlabelled) return;
            var fix = finding.Repair is { } repair ? new LiveFix(repair.Shape) : null;
            found.Add(new(finding.Check, finding.Severity, finding.Item is { } item ? Guid.Parse(item.AsSpan(1)) : null, finding.Message, Explanations[finding.Check], fix)); // the path is empty: "#id"
        });
        suite.Look(new CheckedImage("", [.. drawn.Select(a => ToChecked(a, places[a.ClassId]))]) { Width = width, Height = height });
        return found.ToImmutable();
    }

    private static CheckedObject ToChecked(Annotation annotation, int place) =>
        new(place, annotation.Shape) { Id = annotation.Id.ToString(), Ignore = annotation.Ignore, Attributes = annotation.Attributes };
}
