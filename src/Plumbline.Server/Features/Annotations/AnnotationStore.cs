using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using Plumbline.Core.Annotations;
using Plumbline.Core.Editing;
using Plumbline.Core.Masks;
using Plumbline.Core.Ontologies;
using Plumbline.Server.Features.Events;
using Plumbline.Server.Features.Jobs;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Annotations;

/// <summary>The one way in which annotations are written: rows, log, answer and revision together, in the caller's transaction.</summary>
public sealed class AnnotationStore(TimeProvider clock, EventBus events)
{
    private readonly ConcurrentDictionary<(string ProjectId, long Version), OntologyRules> _rules = new();

    /// <summary>Applies a change set; the same one again is answered as the first time.</summary>
    /// <param name="session">A write transaction. Keep it below 100 ms: at most 1,000 changes.</param>
    /// <param name="setId">The set.</param>
    /// <param name="changes">What to change.</param>
    /// <param name="by">Who changes it.</param>
    /// <param name="clientId">Which of the author's windows it comes from, for the event; null when none.</param>
    /// <param name="announce">Whether to send the <c>set</c> event; bulk imports announce the project's images instead.</param>
    /// <param name="cancellation">Stops it; nothing is written then.</param>
    /// <exception cref="ProblemException">404 when there is no such set; 409 when the id was used for something else.</exception>
    public Task<ChangeSetAnswer> ApplyAsync(
        DbSession session, string setId, ChangeSet changes, PersonRef by, string? clientId = null, bool announce = true, CancellationToken cancellation = default) =>
        OnceAsync(session, setId, changes.Id, Fingerprint(setId, by.Id, changes.Changes), set => Task.FromResult(changes.Changes), by, clientId, announce, cancellation);

    /// <summary>Brings a set, or one annotation of it, back to its state at a revision, as a change set of its own.</summary>
    /// <exception cref="ProblemException">404 when there is no such set or annotation; 400 when the revision is still to come; 409 when the id was used for something else.</exception>
    public Task<ChangeSetAnswer> RestoreAsync(DbSession session, string setId, RestoreRequest request, PersonRef by, CancellationToken cancellation = default) =>
        OnceAsync(
            session, setId, request.ChangeSetId, Fingerprint(setId, by.Id, request), set => Restoration.PlanAsync(session, set, request.Revision, request.AnnotationId, cancellation), by, null, true, cancellation);

    /// <summary>Checks that a set's log is unbroken and that the set is what its log says. Null when so; otherwise what is wrong.</summary>
    public static async Task<string?> FindFaultAsync(DbSession session, string setId, CancellationToken cancellation = default)
    {
        var set = await AnnotationSql.FindSetAsync(session, setId, cancellation) ?? throw NoSuchSet();
        var log = await AnnotationSql.GetLogAsync(session, setId, cancellation);
        if (LogChain.FindFault(log) is { } fault) return fault;
        if ((log.LastOrDefault()?.Revision ?? 0) != set.Revision) return $"The set is at revision {set.Revision}, its log ends at {log.LastOrDefault()?.Revision ?? 0}.";
        var newest = log.Where(entry => entry.AnnotationId is not null && entry.Op != "paint").GroupBy(entry => entry.AnnotationId!).ToDictionary(entries => entries.Key, entries => entries.Last());
        var painted = log.Where(entry => entry.Op == "paint").GroupBy(entry => entry.AnnotationId!).ToDictionary(entries => entries.Key, entries => (entries.Last().Revision, entries.Last().DocHash));
        var tiles = await LabelTileSql.ListChangedAsync(session, setId, 0, cancellation);
        if (tiles.Count != painted.Count || tiles.Any(tile => painted.GetValueOrDefault(tile.ToPlaced().Place.Id.ToString()) != (tile.Revision, LogChain.HashDocument(LogChain.Unpack(tile.Doc))))) return "The label map differs from the log.";
        var rows = await AnnotationSql.ListChangedAsync(session, setId, 0, cancellation);
        if (rows.Count != newest.Count || rows.Count(row => row.Deleted == 0) != set.AnnotationCount) return "The number of annotations differs from the log.";
        return rows
            .Where(row => !newest.TryGetValue(row.Id, out var entry) || entry.Revision != row.Revision || (entry.Op == "delete") != (row.Deleted == 1)
                || (row.Deleted == 0 && LogChain.HashDocument(System.Text.Encoding.UTF8.GetBytes(row.Doc)) != entry.DocHash))
            .Select(row => $"Annotation {row.Id} differs from the log.")
            .FirstOrDefault();
    }

    internal static ProblemException NoSuchSet() => new(404, "not-found", "There is no such annotation set, or it was not shared with you.");

    private async Task<ChangeSetAnswer> OnceAsync(
        DbSession session,
        string setId,
        Guid changeSetId,
        string fingerprint,
        Func<SetRow, Task<ImmutableArray<Change>>> plan,
        PersonRef by,
        string? clientId,
        bool announce,
        CancellationToken cancellation)
    {
        var set = await AnnotationSql.LockSetAsync(session, setId, cancellation) ?? throw NoSuchSet();
        if (await AnnotationSql.FindAnswerAsync(session, changeSetId, cancellation) is { } earlier)
        {
            return earlier.RequestHash == fingerprint ? earlier.Answer : throw Reused();
        }

        var changes = new ChangeSet(changeSetId, await plan(set));
        var application = await DecideAsync(session, set, changes, by, cancellation);
        var now = clock.Now();
        if (!application.Effects.IsEmpty)
        {
            await new SetWriter(session, set, changeSetId, by.Id, now).WriteAsync(application, cancellation);
            if (announce) session.AfterCommit(() => events.Publish("set", set.ProjectId, new { setId, set.ImageId, set.ProjectId, application.Revision, by, clientId }));
        }

        var answer = new ChangeSetAnswer(application.Revision, await AnswerAsync(session, setId, application.Results, cancellation));
        return await AnnotationSql.InsertAnswerAsync(session, changeSetId, setId, by.Id, now, fingerprint, answer, cancellation) ? answer : throw Reused();
    }

    private async Task<Application> DecideAsync(DbSession session, SetRow set, ChangeSet changes, PersonRef by, CancellationToken cancellation)
    {
        if (set.ImageRemovedAt is not null)
        {
            var refusal = new Refusal(RefusalRule.ImageRemoved, "The image was removed from the project. Put it back to go on labelling it.");
            return new Application(set.Revision, [.. changes.Changes.Select(change => new ChangeResult.Refused(change.AnnotationId, refusal))], []);
        }

        var painted = changes.Changes.OfType<Change.Paint>().Select(change => change.Placed).ToList();
        var segments = painted.SelectMany(placed => placed.Tile.Segments).Select(id => id.ToString());
        var named = changes.Changes.Where(change => change is Change.Put or Change.Delete).Select(change => change.AnnotationId.ToString()!);
        var related = changes.Changes.OfType<Change.Put>().SelectMany(put => put.Annotation.Relations).Select(relation => relation.Object.ToString());
        var rows = new List<AnnotationRow>();
        foreach (var ids in named.Concat(segments).Concat(related).Distinct().Chunk(ChangeSetJson.MaximumChanges)) rows.AddRange(await AnnotationSql.ListAnnotationsAsync(session, set.Id, ids, cancellation));
        var state = new SetState(set.Revision, set.OutcomeValue, set.OutcomeReason, set.OutcomeRevision, rows.Select(row => row.ToStored()).ToDictionary(stored => stored.Annotation.Id))
        {
            Tiles = painted.Count == 0 ? FrozenDictionary<Guid, PlacedTile>.Empty : await LabelTileSql.FindAsync(session, set.Id, painted.ConvertAll(tile => tile.Place.Id), cancellation),
            Width = (int)set.ImageWidth,
            Height = (int)set.ImageHeight,
        };
        return changes.Apply(state, await FindRulesAsync(session, set.ProjectId, cancellation), new Author(by.Id, clock.GetUtcNow()));
    }

    private async Task<OntologyRules> FindRulesAsync(DbSession session, string projectId, CancellationToken cancellation)
    {
        var version = await AnnotationSql.FindOntologyVersionAsync(session, projectId, cancellation);
        if (_rules.TryGetValue((projectId, version), out var known)) return known;
        var ontology = version == 0
            ? Ontology.Empty
            : JsonSerializer.Deserialize<Ontology>(await AnnotationSql.GetOntologyAsync(session, projectId, version, cancellation), JsonSettings.Options)!; // never stored as null
        _rules.TryRemove((projectId, version - 1), out _);
        return _rules[(projectId, version)] = new OntologyRules(ontology);
    }

    private static async Task<List<ChangeAnswer>> AnswerAsync(DbSession session, string setId, ImmutableArray<ChangeResult> results, CancellationToken cancellation)
    {
        var answers = new List<ChangeAnswer>(results.Length);
        foreach (var result in results)
        {
            answers.Add(result switch
            {
                ChangeResult.Applied applied => new ChangeAnswer.Applied(applied.Id, applied.Revision),
                ChangeResult.Refused refused => new ChangeAnswer.Refused(refused.Id, refused.Refusal.Rule, refused.Refusal.Message),
                ChangeResult.TileConflict conflict => new ChangeAnswer.Conflict(
                    conflict.Id, null, conflict.Current.Revision, await AnnotationSql.FindChangerAsync(session, setId, conflict.Id, conflict.Current.Revision, cancellation), conflict.Current),
                ChangeResult.Conflict conflict => new ChangeAnswer.Conflict(
                    conflict.Id, conflict.Current, conflict.Revision, await AnnotationSql.FindChangerAsync(session, setId, conflict.Id, conflict.Revision, cancellation)),
                _ => throw new InvalidOperationException($"No answer to {result}."),
            });
        }

        return answers;
    }

    /// <summary>The same for the same wish, whatever the order of members or the window it comes from.</summary>
    private static string Fingerprint(string setId, string userId, ImmutableArray<Change> changes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(new { setId, userId }));
        foreach (var change in changes)
        {
            hash.AppendData(change switch
            {
                Change.Put put => AnnotationJson.ToUtf8(put.Annotation),
                Change.Paint paint => LabelTileJson.ToUtf8(paint.Placed),
                _ => System.Text.Encoding.UTF8.GetBytes(change.ToString()),
            });
            hash.AppendData("\n"u8);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string Fingerprint(string setId, string userId, RestoreRequest request) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { setId, userId, request.Revision, request.AnnotationId })));

    private static ProblemException Reused() =>
        new(409, "change-set-reused", "This change set id was used for other changes. Give every change set an id of its own.");
}
