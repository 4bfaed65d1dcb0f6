using Plumbline.Core.Ontologies;
using Plumbline.Testing;
using Xunit;
using LabelBench = Plumbline.Server.Tests.Annotations.LabelBench;

namespace Plumbline.Server.Tests.Ontologies;

public sealed class ClassRemovalTests
{
    private const int Rounds = 12;

    /// <summary>Either the class stays because it is used, or it goes and nobody uses it: whoever comes second is told.</summary>
    [Fact]
    public async Task A_class_removed_while_people_save_with_it_leaves_nothing_without_a_class()
    {
        await using var bench = await LabelBench.StartAsync();
        var start = LabelBench.Ontology;
        var sets = new List<string> { bench.SetId };
        for (var i = 0; i < 7; i++) sets.Add((await SeedSet.ImageAsync(bench.Database, bench.ProjectId)).SetId);
        foreach (var person in new[] { bench.Ann, bench.Ben }) await bench.SaveAsync(person, LabelBench.Put(LabelBench.Box(Guid.CreateVersion7()))); // each has an anti-forgery token from here on
        var path = $"/api/projects/{bench.ProjectId}/ontology";
        var (removed, kept) = (0, 0);
        for (var round = 0; round < Rounds; round++)
        {
            var classId = $"class-{round}";
            var with = start with { Classes = [.. start.Classes, new LabelClass { Id = classId, Name = classId, Color = "#123456" }] };
            var version = await ChangeAsync(bench.Owner, path, with);
            var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var saves = sets.Select((set, index) => Task.Run(async () =>
            {
                await gate.Task;
                await Task.Delay((4 * round) + index);
                return await (index % 2 == 0 ? bench.Ann : bench.Ben).PostAsync($"/api/annotation-sets/{set}/changes", LabelBench.ChangeSet(LabelBench.Put(LabelBench.Box(Guid.CreateVersion7(), classId: classId))));
            })).ToList();
            if (round < Rounds - 1) gate.SetResult();
            if (round == 0) await saves[0]; // in the first round a save surely comes first, in the last one the removal, in between whoever is faster
            using var removal = await bench.Owner.SendAsync(HttpMethod.Put, path, new { ontology = start, reason = "" }, ("If-Match", $"\"{version}\""));
            gate.TrySetResult();
            var applied = (await Task.WhenAll(saves)).Count(answer => answer.GetProperty("results")[0].GetProperty("status").GetString() == "applied");
            var living = await bench.Database.ReadAsync(session => session.ScalarAsync<long>("SELECT COUNT(*) FROM annotations WHERE class_id = @classId AND deleted = 0", new { classId }));

            Assert.Equal(applied, living);
            Assert.True(removal.IsSuccessStatusCode ? living == 0 : living > 0, $"round {round}: the removal answered {(int)removal.StatusCode} and {living} annotations have the class");
            if (removal.IsSuccessStatusCode) removed++;
            else (start, kept) = (with, kept + 1);
        }

        Assert.True(removed > 0 && kept > 0, $"{removed} removals came first and {kept} second: the race was not tried.");
    }

    private static async Task<long> ChangeAsync(ApiClient owner, string path, Ontology ontology)
    {
        var current = await owner.GetAsync(path);
        var changed = await owner.PutAsync(path, new { ontology, reason = "" }, current.GetProperty("etag").GetString());
        return changed.GetProperty("version").GetInt64();
    }
}
