using Plumbline.Core.Ontologies;
using Plumbline.Server.Description;
using Plumbline.Server.Features.Annotations;
using Plumbline.Server.Features.Audit;
using Plumbline.Server.Features.Events;
using Plumbline.Server.Features.Jobs;
using Plumbline.Server.Security;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Ontologies;

/// <summary>What may be labelled in a project: read, change, look back.</summary>
public static class OntologyApi
{
    private const int ReasonLength = 2_000;

    /// <summary>One version of the ontology.</summary>
    public sealed record OntologyVersion(long Version, string Etag, Ontology Ontology, string Reason, DateTimeOffset CreatedAt, PersonRef CreatedBy);

    /// <summary>A version without its content.</summary>
    public sealed record OntologyVersionHead(long Version, string Reason, DateTimeOffset CreatedAt, PersonRef CreatedBy);

    /// <summary>All versions, newest first.</summary>
    public sealed record OntologyVersionList(IReadOnlyList<OntologyVersionHead> Items);

    /// <summary>The new ontology, and why it changes.</summary>
    public sealed record OntologyChange(Ontology Ontology, string Reason = "");

    /// <summary>How much is labelled with a class.</summary>
    public sealed record ClassUsage(string ClassId, long Annotations, long Images);

    /// <summary>Classes that are in use.</summary>
    public sealed record OntologyUsage(IReadOnlyList<ClassUsage> Classes);

    /// <summary>Maps the routes.</summary>
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/projects/{projectId}/ontology", Get).Allow(ProjectRole.Viewer).WithName("GetOntology");
        api.MapPut("/projects/{projectId}/ontology", Put).Allow(ProjectRole.Manager).WithMetadata(new NeedsIfMatch()).WithName("UpdateOntology");
        api.MapGet("/projects/{projectId}/ontology/versions", ListVersions).Allow(ProjectRole.Viewer).WithName("ListOntologyVersions");
        api.MapGet("/projects/{projectId}/ontology/versions/{version:long}", GetVersion).Allow(ProjectRole.Viewer).WithName("GetOntologyVersion");
        api.MapGet("/projects/{projectId}/ontology/usage", GetUsage).Allow(ProjectRole.Viewer).WithName("GetOntologyUsage");
    }

    private static async Task<OntologyVersion> Get(string projectId, HttpResponse response, Database database, CancellationToken cancellation)
    {
        var row = await database.ReadAsync(session => OntologySql.CurrentAsync(session, projectId), cancellation);
        ETags.Set(response, row.Version);
        return ToVersion(row);
    }

    private static async Task<OntologyVersion> Put(OntologyChange change, Caller caller, HttpContext context, Database database, EventBus events, TimeProvider clock)
    {
        var seen = ETags.Required(context.Request);
        var reason = TextRules.Prose(change.Reason, ReasonLength, "/reason");
        var faults = OntologyValidation.Check(change.Ontology);
        if (faults.Length > 0) throw new ProblemException(422, "ontology", "The ontology cannot be used like this.", [.. faults.Select(ToError)]);

        var row = await database.WriteAsync(async session =>
        {
            await OntologySql.LockAsync(session, caller.Project, clock.Now());
            await AnnotationSql.HoldSavesAsync(session, caller.Project, context.RequestAborted);
            var current = await OntologySql.CurrentAsync(session, caller.Project);
            if (current.Version != seen) throw new ProblemException(412, "stale", "Somebody else changed the ontology since you opened it. Load it again, then repeat your change.");
            var diff = OntologyDiff.Between(current.ToOntology(), change.Ontology);
            if (diff.IsEmpty) return current;
            await RefuseRemovalOfUsedAsync(session, caller.Project, diff);
            await RefuseRemovalOfUsedAsync(session, caller.Project, current.ToOntology().Predicates.ExceptBy(change.Ontology.Predicates.Select(p => p.Id), p => p.Id));

            var version = current.Version + 1;
            await OntologySql.AddAsync(session, clock, caller.Project, version, change.Ontology, reason, caller.UserId);
            var detail = new { version, reason, added = Names(diff.Added), removed = Names(diff.Removed), changed = Names(diff.Changed.Select(pair => pair.After)) };
            await AuditLog.WriteAsync(session, clock, caller.UserId, caller.Project, "ontology.update", caller.Project, detail);
            session.AfterCommit(() => events.Publish("ontology", caller.Project, new { projectId = caller.Project, version }));
            return await OntologySql.CurrentAsync(session, caller.Project);
        });
        ETags.Set(context.Response, row.Version);
        return ToVersion(row);
    }

    private static async Task<OntologyVersionList> ListVersions(string projectId, Database database, CancellationToken cancellation) =>
        new((await database.ReadAsync(session => OntologySql.ListAsync(session, projectId), cancellation))
            .ConvertAll(row => new OntologyVersionHead(row.Version, row.Reason, row.CreatedAt.ToTime(), Author(row))));

    private static async Task<OntologyVersion> GetVersion(string projectId, long version, Database database, CancellationToken cancellation) =>
        ToVersion(await database.ReadAsync(session => OntologySql.FindAsync(session, projectId, version), cancellation) ?? throw new ProblemException(404, "not-found", "The ontology has no such version."));

    private static async Task<OntologyUsage> GetUsage(string projectId, Database database, CancellationToken cancellation) =>
        new((await database.ReadAsync(session => OntologySql.UsageAsync(session, projectId), cancellation)).ConvertAll(row => new ClassUsage(row.ClassId, row.Annotations, row.Images)));

    private static async Task RefuseRemovalOfUsedAsync(DbSession session, string projectId, OntologyDiff diff)
    {
        if (diff.Removed.IsEmpty) return;
        var usage = (await OntologySql.UsageAsync(session, projectId)).ToDictionary(row => row.ClassId);
        var used = diff.Removed.Where(c => usage.ContainsKey(c.Id)).Select(c => (Class: c, Usage: usage[c.Id])).ToList();
        if (used.Count == 0) return;
        throw new ProblemException(
            409, "class-in-use", "Classes that are in use cannot be removed. Retire them instead, or change their annotations first.",
            [.. used.Select(u => new ProblemError($"“{u.Class.Name}” is used by {u.Usage.Annotations} annotations on {u.Usage.Images} images.", null, u.Class.Id, "class-in-use"))]);
    }

    private static async Task RefuseRemovalOfUsedAsync(DbSession session, string projectId, IEnumerable<PredicateDefinition> removed)
    {
        foreach (var predicate in removed)
        {
            var used = await OntologySql.CountSubjectsAsync(session, projectId, predicate.Id);
            if (used == 0) continue;
            throw new ProblemException(
                409, "predicate-in-use", "Relations that are in use cannot be removed. Delete them from the images first.",
                [new ProblemError($"{used} objects have “{predicate.Name}” to others.", null, predicate.Id, "predicate-in-use")]);
        }
    }

    private static List<string> Names(IEnumerable<LabelClass> classes) => classes.Take(50).Select(c => c.Name).ToList();

    private static ProblemError ToError(OntologyFault fault) => new(fault.Message, "/ontology" + fault.Pointer, fault.Item, fault.Rule);

    private static OntologyVersion ToVersion(OntologyRow row) => new(row.Version, ETags.Of(row.Version), row.ToOntology(), row.Reason, row.CreatedAt.ToTime(), Author(row));

    private static PersonRef Author(OntologyRow row) => new(row.CreatedBy, row.CreatedByName ?? "");
}
