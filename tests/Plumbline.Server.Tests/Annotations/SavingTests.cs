using System.Net;
using System.Text.Json;
using Plumbline.Testing;
using Xunit;
using static Plumbline.Server.Tests.Annotations.LabelBench;

namespace Plumbline.Server.Tests.Annotations;

public sealed class SavingTests
{
    [Fact]
    public async Task What_is_saved_is_read_back_as_sent_with_its_revision_and_signature()
    {
        await using var bench = await StartAsync();
        var (first, second) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var polygon = Shape(second, 0, "sign", new { kind = "polygon", parts = new[] { new { outer = new[] { 0.1, 0, 9.7, 0, 9, 9 }, holes = Array.Empty<double[]>() } } });

        var answer = await bench.SaveAsync(bench.Ann, Put(Box(first)), Put(polygon), Outcome("labelled", null, 0));

        Assert.Equal($$"""{"revision":1,"results":[{"status":"applied","id":"{{first}}","revision":1},{"status":"applied","id":"{{second}}","revision":1},{"status":"applied","id":null,"revision":1}]}""", answer.GetRawText());
        var set = await bench.Ann.GetAsync(bench.Set);
        Assert.Equal((1, "labelled", 1), (set.GetProperty("revision").GetInt64(), set.GetProperty("outcome").GetString(), set.GetProperty("outcomeRevision").GetInt64()));
        Assert.Equal((bench.SetId, bench.ImageId, bench.ProjectId, "working"), (Text(set, "id"), Text(set, "imageId"), Text(set, "projectId"), Text(set, "source")));
        var read = set.GetProperty("annotations").EnumerateArray().Single(annotation => Text(annotation, "id") == second.ToString());
        Assert.Equal("""{"kind":"polygon","parts":[{"outer":[0.1,0,9.7,0,9,9],"holes":[]}]}""", read.GetProperty("shape").GetRawText());
        Assert.Equal((1, bench.Ann.UserId), (read.GetProperty("revision").GetInt64(), Text(read.GetProperty("provenance"), "by")));
        await bench.AssertSoundAsync();
    }

    [Fact]
    public async Task The_same_change_set_again_is_answered_as_the_first_time_and_written_once()
    {
        await using var bench = await StartAsync();
        var changes = ChangeSet(Put(Box(Guid.CreateVersion7())));

        var first = await bench.Ann.PostAsync($"{bench.Set}/changes", changes);
        await bench.SaveAsync(bench.Ben, Put(Box(Guid.CreateVersion7())));
        var again = await bench.Ann.PostAsync($"{bench.Set}/changes", changes);

        Assert.Equal(first.GetRawText(), again.GetRawText());
        Assert.Equal(2, (await bench.BoxesAsync()).Count);
        await bench.AssertSoundAsync();
    }

    [Fact]
    public async Task Somebody_elses_edit_is_never_overwritten_and_the_conflict_names_them()
    {
        await using var bench = await StartAsync();
        var (shared, own) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await bench.SaveAsync(bench.Ann, Put(Box(shared, 10)));
        await bench.SaveAsync(bench.Ben, Put(Box(shared, 99, revision: 1)));

        var answer = await bench.SaveAsync(bench.Ann, Put(Box(shared, 11, revision: 1)), Put(Box(own)));

        var conflict = answer.GetProperty("results")[0];
        Assert.Equal(("conflict", 2), (Text(conflict, "status"), conflict.GetProperty("revision").GetInt64()));
        Assert.Equal(99, conflict.GetProperty("current").GetProperty("shape").GetProperty("x").GetDouble());
        Assert.Equal(bench.Ben.UserId, Text(conflict.GetProperty("by"), "id"));
        Assert.Equal([(own.ToString(), 10, 3), (shared.ToString(), 99, 2)], await bench.BoxesAsync());
        await bench.AssertSoundAsync();
    }

    [Fact]
    public async Task A_conflict_with_a_deletion_says_so_and_naming_the_tombstone_brings_the_object_back()
    {
        await using var bench = await StartAsync();
        var id = Guid.CreateVersion7();
        await bench.SaveAsync(bench.Ann, Put(Box(id)));
        await bench.SaveAsync(bench.Ben, Delete(id, 1));

        var conflict = (await bench.SaveAsync(bench.Ann, Put(Box(id, 11, revision: 1)))).GetProperty("results")[0];
        Assert.Equal(("conflict", JsonValueKind.Null, 2), (Text(conflict, "status"), conflict.GetProperty("current").ValueKind, conflict.GetProperty("revision").GetInt64()));
        await bench.SaveAsync(bench.Ann, Put(Box(id, 11, revision: 2)));

        Assert.Equal([(id.ToString(), 11, 3)], await bench.BoxesAsync());
        await bench.AssertSoundAsync();
    }

    [Fact]
    public async Task A_client_catches_up_by_asking_for_what_changed_since()
    {
        await using var bench = await StartAsync();
        var (kept, gone, later) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await bench.SaveAsync(bench.Ann, Put(Box(kept)), Put(Box(gone)));
        await bench.SaveAsync(bench.Ann, Delete(gone, 1), Put(Box(later)), Outcome("unusable", "too dark", 0));

        var since = await bench.Ben.GetAsync($"{bench.Set}/changes?since=1");

        Assert.Equal(later.ToString(), Text(Assert.Single(since.GetProperty("changed").EnumerateArray()), "id"));
        Assert.Equal($$"""[{"id":"{{gone}}","revision":2}]""", since.GetProperty("deleted").GetRawText());
        Assert.Equal((2, "unusable", "too dark", 2), (since.GetProperty("revision").GetInt64(), Text(since, "outcome"), Text(since, "outcomeReason"), since.GetProperty("outcomeRevision").GetInt64()));
    }

    [Fact]
    public async Task History_tells_who_did_what_newest_first_in_pages()
    {
        await using var bench = await StartAsync();
        var (one, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await bench.SaveAsync(bench.Ann, Put(Box(one, 1)), Put(Box(other, 5)));
        await bench.SaveAsync(bench.Ben, Put(Box(one, 2, revision: 1)), Outcome("labelled", null, 0));
        await bench.SaveAsync(bench.Ann, Delete(one, 2));

        var pages = new List<JsonElement>();
        string? cursor = null;
        do
        {
            var page = await bench.Ann.GetAsync($"{bench.Set}/history?limit=2" + (cursor is null ? "" : $"&cursor={cursor}"));
            pages.AddRange(page.GetProperty("items").EnumerateArray());
            cursor = page.GetProperty("next").GetString();
        }
        while (cursor is not null);

        Assert.Equal(["3 delete", "2 outcome labelled", "2 put 2", "1 put 5", "1 put 1"], pages.Select(Describe));
        Assert.Equal([bench.Ann.UserId, bench.Ben.UserId], pages.Take(2).Select(item => Text(item.GetProperty("by"), "id")));
        var ofOne = await bench.Ann.GetAsync($"{bench.Set}/history?annotationId={one}");
        Assert.Equal(["3 delete", "2 put 2", "1 put 1"], ofOne.GetProperty("items").EnumerateArray().Select(Describe));

        static string Describe(JsonElement item) => string.Join(' ', new[]
        {
            item.GetProperty("revision").GetRawText(),
            Text(item, "op"),
            item.GetProperty("annotation") is { ValueKind: JsonValueKind.Object } annotation ? annotation.GetProperty("shape").GetProperty("x").GetRawText() : Text(item, "outcome"),
        }.Where(word => word is not null));
    }

    [Fact]
    public async Task Restoring_brings_back_a_set_as_a_new_change_and_can_itself_be_undone()
    {
        await using var bench = await StartAsync();
        var (edited, deleted, added) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await bench.SaveAsync(bench.Ann, Put(Box(edited, 1)), Put(Box(deleted, 2)), Outcome("labelled", null, 0));
        await bench.SaveAsync(bench.Ben, Put(Box(edited, 7, revision: 1)), Delete(deleted, 1), Put(Box(added, 3)), Outcome("unlabelled", null, 1));

        var answer = await bench.Ann.PostAsync($"{bench.Set}/restore", new { revision = 1, changeSetId = Guid.CreateVersion7(), annotationId = (string?)null });

        Assert.Equal(3, answer.GetProperty("revision").GetInt64());
        Assert.Equal([(edited.ToString(), 1, 3), (deleted.ToString(), 2, 3)], await bench.BoxesAsync());
        Assert.Equal("labelled", Text(await bench.Ann.GetAsync(bench.Set), "outcome"));
        await bench.Ann.PostAsync($"{bench.Set}/restore", new { revision = 2, changeSetId = Guid.CreateVersion7() });
        Assert.Equal([(added.ToString(), 3, 4), (edited.ToString(), 7, 4)], await bench.BoxesAsync());
        await bench.AssertSoundAsync();
    }

    [Fact]
    public async Task Restoring_one_annotation_leaves_the_others_alone()
    {
        await using var bench = await StartAsync();
        var (one, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await bench.SaveAsync(bench.Ann, Put(Box(one, 1)), Put(Box(other, 1)));
        await bench.SaveAsync(bench.Ben, Put(Box(one, 2, revision: 1)), Put(Box(other, 2, revision: 1)));

        await bench.Ann.PostAsync($"{bench.Set}/restore", new { revision = 1, annotationId = one, changeSetId = Guid.CreateVersion7() });

        Assert.Equal([(one.ToString(), 1, 3), (other.ToString(), 2, 2)], await bench.BoxesAsync());
        await bench.AssertSoundAsync();
    }

    [Fact]
    public async Task How_a_set_was_is_told_as_what_differs_now()
    {
        await using var bench = await StartAsync();
        var (edited, deleted, added, same) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await bench.SaveAsync(bench.Ann, Put(Box(edited, 1)), Put(Box(deleted, 2)), Put(Box(same, 3)), Outcome("unusable", "dark", 0));
        await bench.SaveAsync(bench.Ben, Put(Box(edited, 7, revision: 1)), Delete(deleted, 1), Put(Box(added, 4)), Outcome("labelled", null, 1));

        var earlier = await bench.Ann.GetAsync($"{bench.Set}/earlier?revision=1");
        var one = await bench.Ann.GetAsync($"{bench.Set}/earlier?revision=1&annotationId={added}");

        var changed = earlier.GetProperty("changed").EnumerateArray().Select(a => (Text(a, "id"), a.GetProperty("shape").GetProperty("x").GetDouble())).OrderBy(a => a.Item2);
        Assert.Equal([(edited.ToString(), 1), (deleted.ToString(), 2)], changed);
        Assert.Equal([added.ToString()], earlier.GetProperty("deleted").EnumerateArray().Select(id => id.GetString()));
        Assert.Equal(("unusable", "dark"), (Text(earlier.GetProperty("outcome"), "outcome"), Text(earlier.GetProperty("outcome"), "reason")));
        Assert.Equal((0, 1, JsonValueKind.Null), (one.GetProperty("changed").GetArrayLength(), one.GetProperty("deleted").GetArrayLength(), one.GetProperty("outcome").ValueKind));
        Assert.Equal(2, (await bench.Ann.GetAsync(bench.Set)).GetProperty("revision").GetInt64());
    }

    [Fact]
    public async Task A_set_that_was_not_changed_is_not_sent_again_and_a_large_one_is_compressed()
    {
        await using var bench = await StartAsync();
        await bench.SaveAsync(bench.Ann, [.. Enumerable.Range(0, 200).Select(i => Put(Box(Guid.CreateVersion7(), i)))]);

        using var first = await bench.Ann.SendAsync(HttpMethod.Get, bench.Set, null, ("Accept-Encoding", "gzip"));
        using var again = await bench.Ann.SendAsync(HttpMethod.Get, bench.Set, null, ("If-None-Match", first.Headers.ETag!.Tag));

        Assert.Equal("\"1\"", first.Headers.ETag.Tag);
        Assert.Equal(["gzip"], first.Content.Headers.ContentEncoding);
        await using var unzipped = new System.IO.Compression.GZipStream(await first.Content.ReadAsStreamAsync(), System.IO.Compression.CompressionMode.Decompress);
        Assert.Equal(200, (await JsonDocument.ParseAsync(unzipped)).RootElement.GetProperty("annotations").GetArrayLength());
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    [Fact]
    public async Task Rows_hold_bounds_and_area_and_the_set_its_count()
    {
        await using var bench = await StartAsync();
        var (kept, gone) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await bench.SaveAsync(bench.Ann, Put(Box(kept)), Put(Box(gone)));
        await bench.SaveAsync(bench.Ann, Delete(gone, 1));

        var row = await bench.Database.ReadAsync(session => session.FindAsync<(double X, double Y, double Width, double Height, double Area, string Kind)>(
            "SELECT x, y, width, height, area, kind FROM annotations WHERE set_id = @SetId AND deleted = 0", new { bench.SetId }));
        var count = await bench.Database.ReadAsync(session => session.ScalarAsync<long>("SELECT annotation_count FROM annotation_sets WHERE id = @SetId", new { bench.SetId }));

        Assert.Equal((10, 20.25, 30, 40, 1200, "box"), row);
        Assert.Equal(1, count);
    }

    [Fact]
    public async Task Sixteen_people_saving_at_once_lose_and_double_nothing()
    {
        await using var bench = await StartAsync();
        var shared = Guid.CreateVersion7();
        await bench.SaveAsync(bench.Ann, Put(Box(shared, 0)));

        var applied = await Task.WhenAll(Enumerable.Range(1, 16).Select(async person =>
        {
            var (won, seen) = (0, 1L);
            for (var i = 0; i < 10; i++)
            {
                var answer = await bench.SaveAsync(bench.Ann, Put(Box(Guid.CreateVersion7(), person)), Put(Box(shared, (person * 100) + i, seen)));
                var result = answer.GetProperty("results")[1];
                seen = result.GetProperty("revision").GetInt64();
                if (Text(result, "status") == "applied") won++;
            }

            return won;
        }));

        Assert.Equal(161, (await bench.BoxesAsync()).Count);
        var history = await bench.Ann.GetAsync($"{bench.Set}/history?annotationId={shared}&limit=1000");
        Assert.Equal(applied.Sum() + 1, history.GetProperty("items").GetArrayLength());
        Assert.Equal(161, (await bench.Ann.GetAsync(bench.Set)).GetProperty("revision").GetInt64());
        await bench.AssertSoundAsync();
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
