using System.Text;
using Plumbline.Core.Annotations;
using Plumbline.Server.Features.Annotations;
using Plumbline.Server.Storage;

namespace Plumbline.Testing.Load;

/// <summary>What a database holds of the edits that its server had acknowledged.</summary>
/// <param name="Acknowledged">Edits that annotators were told are stored.</param>
/// <param name="Lost">Those that are not in the log, or whose newest state is not in the set.</param>
/// <param name="Doubled">Those that are in the log more than once.</param>
/// <param name="Faults">Sets whose log is broken, or that are not what their log says.</param>
public sealed record SaveAudit(int Acknowledged, int Lost, int Doubled, IReadOnlyList<string> Faults)
{
    /// <summary>Compares; the annotators have stopped.</summary>
    public static async Task<SaveAudit> RunAsync(Database database, LabelWorld world, IEnumerable<Annotator> annotators)
    {
        var acknowledged = annotators.SelectMany(annotator => annotator.Acknowledged).ToList();
        var logged = new Dictionary<string, int>();
        var stored = new Dictionary<string, string>();
        var faults = new List<string>();
        foreach (var setId in world.SetIds)
        {
            await database.ReadAsync(async session =>
            {
                foreach (var entry in await AnnotationSql.GetLogAsync(session, setId, default)) logged[entry.ChangeSetId] = logged.GetValueOrDefault(entry.ChangeSetId) + 1;
                foreach (var row in await AnnotationSql.ListChangedAsync(session, setId, 0, default)) stored[row.Id] = row.Doc;
                if (await AnnotationStore.FindFaultAsync(session, setId) is { } fault) faults.Add($"{setId}: {fault}");
                return true;
            });
        }

        var missing = acknowledged.Count(pair => !logged.ContainsKey(pair.Key.ToString()));
        var newest = acknowledged.Select(pair => pair.Value.Put).GroupBy(put => put.Id).Select(puts => puts.MaxBy(put => put.Revision)!); // a group has a member
        var stale = newest.Count(put => !stored.TryGetValue(put.Id.ToString(), out var doc) || !IsSame(put, doc));
        return new SaveAudit(acknowledged.Count, missing + stale, logged.Values.Count(times => times > 1), faults);
    }

    private static bool IsSame(Annotation put, string doc) =>
        AnnotationJson.Parse(Encoding.UTF8.GetBytes(doc)) is var stored && stored.Revision == put.Revision && stored.Shape.Equals(put.Shape);
}
