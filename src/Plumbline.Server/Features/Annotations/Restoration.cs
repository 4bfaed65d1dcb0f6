using System.Collections.Immutable;
using System.Text.Json;
using Plumbline.Core.Annotations;
using Plumbline.Core.Editing;
using Plumbline.Core.Masks;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Annotations;

/// <summary>Works out the changes that bring a set back to an earlier state.</summary>
internal static class Restoration
{
    /// <summary>Changes of the set, or of one annotation or tile only, against the newest revisions, so that all of them apply (unless the ontology has moved on).</summary>
    internal static async Task<ImmutableArray<Change>> PlanAsync(DbSession session, SetRow set, long revision, Guid? only, CancellationToken cancellation)
    {
        if (revision < 0 || revision > set.Revision)
        {
            throw new ProblemException(400, "invalid", "The revision is not in the set's history.", new ProblemError($"The set is at revision {set.Revision}.", "/revision"));
        }

        if (only is { } id && TilePlace.IsTile(id)) return [.. await LabelTileSql.RestoreAsync(session, set.Id, id, revision, cancellation)];
        var annotationId = only?.ToString();
        var now = annotationId is null
            ? await AnnotationSql.ListChangedAsync(session, set.Id, revision, cancellation)
            : await AnnotationSql.ListAnnotationsAsync(session, set.Id, [annotationId], cancellation);
        if (annotationId is not null && now.Count == 0) throw new ProblemException(404, "not-found", "The set never had such an annotation.");

        var then = (await AnnotationSql.ListStateAtAsync(session, set.Id, annotationId, revision, cancellation)).ToDictionary(entry => entry.AnnotationId!); // of annotations only
        var changes = now.Where(row => row.Revision > revision).Select(row => Restore(row, then.GetValueOrDefault(row.Id))).ToImmutableArray();
        if (annotationId is not null) return changes;
        changes = changes.AddRange(await LabelTileSql.RestoreAsync(session, set.Id, null, revision, cancellation));
        return set.OutcomeRevision > revision ? changes.Add(await RestoreOutcomeAsync(session, set, revision, cancellation)) : changes;
    }

    /// <summary>What differs from an earlier state. Of one mask, besides, the tiles that gave it pixels then or do now, so that all of its pixels are known.</summary>
    internal static async Task<ImmutableArray<Change>> LookBackAsync(DbSession session, SetRow set, long revision, Guid? only, CancellationToken cancellation)
    {
        var changes = await PlanAsync(session, set, revision, only, cancellation);
        if (only is not { } id || TilePlace.IsTile(id)) return changes;
        var now = (await LabelTileSql.ListChangedAsync(session, set.Id, revision, cancellation)).Select(row => row.ToPlaced()).Where(placed => placed.Tile.Segments.Contains(id)).Select(placed => placed.Place.Id).ToHashSet();
        var then = await LabelTileSql.RestoreAsync(session, set.Id, null, revision, cancellation);
        return changes.AddRange(then.Where(change => change is Change.Paint { Placed: var placed } && (now.Contains(placed.Place.Id) || placed.Tile.Segments.Contains(id))));
    }

    private static Change Restore(AnnotationRow now, LogRow? then)
    {
        if (then is null || then.Op == "delete") return new Change.Delete(Guid.Parse(now.Id), now.Revision);
        var document = then.Doc ?? throw new ProblemException(410, "pruned", "This state is no longer kept: the project's history was pruned.");
        return new Change.Put(AnnotationJson.Parse(LogChain.Unpack(document)) with { Revision = now.Revision });
    }

    private static async Task<Change> RestoreOutcomeAsync(DbSession session, SetRow set, long revision, CancellationToken cancellation)
    {
        var then = await AnnotationSql.FindOutcomeAtAsync(session, set.Id, revision, cancellation);
        var outcome = then?.Doc is null
            ? new LoggedOutcome(Outcome.Unlabelled, null)
            : JsonSerializer.Deserialize<LoggedOutcome>(LogChain.Unpack(then.Doc), JsonSettings.Options)!; // never logged as null
        return new Change.SetOutcome(outcome.Outcome, outcome.Reason, set.OutcomeRevision);
    }
}
