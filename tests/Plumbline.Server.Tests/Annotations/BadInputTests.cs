using System.Text;
using System.Text.Json;
using Plumbline.Testing;
using Xunit;
using static Plumbline.Server.Tests.Annotations.LabelBench;

namespace Plumbline.Server.Tests.Annotations;

/// <summary>What bad input gets: a clear answer, nothing lost, nothing half written.</summary>
public sealed class BadInputTests
{
    private const string Id = "0190a2b4-7c1e-7000-8000-000000000001";
    private const string Tag = "{\"id\":\"" + Id + "\",\"classId\":\"car\",\"shape\":{\"kind\":\"tag\"}}";

    /// <summary>Why, the body's changes, the pointer that the answer names.</summary>
    public static TheoryData<string, string, string> Unreadable => new()
    {
        { "NaN is no JSON", """[{"op":"put","annotation":{"id":"1","z":NaN}}]""", "" },
        { "cut short", """[{"op":"put",""", "" },
        { "an unknown operation", """[{"op":"paint"}]""", "/changes/0/op" },
        { "no operation", """[{}]""", "/changes/0" },
        { "not a list", """{"op":"put"}""", "/changes" },
        { "an annotation without an id", """[{"op":"put","annotation":{"classId":"car","shape":{"kind":"tag"}}}]""", "/changes/0/annotation" },
        { "an id that is no UUID", """[{"op":"delete","id":"7","revision":1}]""", "/changes/0/id" },
        { "a revision that is no number", $$"""[{"op":"delete","id":"{{Id}}","revision":"1"}]""", "/changes/0/revision" },
        { "a member that nobody knows", $$"""[{"op":"delete","id":"{{Id}}","revision":1,"force":true}]""", "/changes/0" },
        { "an unknown outcome", """[{"op":"outcome","outcome":"perfect","reason":null,"revision":0}]""", "/changes/0/outcome" },
        { "the same id twice", $$"""[{"op":"put","annotation":{{Tag}} },{"op":"delete","id":"{{Id}}","revision":0}]""", "/changes/1" },
        { "the outcome twice", """[{"op":"outcome","outcome":"labelled","revision":0},{"op":"outcome","outcome":"unlabelled","revision":0}]""", "/changes/1" },
        { "a member twice", $$"""[{"op":"delete","id":"{{Id}}","id":"{{Id}}","revision":1}]""", "" },
        { "more than 1,000 changes", "[" + string.Join(',', Enumerable.Range(0, 1_001).Select(i => $$"""{"op":"delete","id":"{{Guid.CreateVersion7()}}","revision":{{i}}}""")) + "]", "/changes" },
    };

    /// <summary>Why, the annotation, the rule that refuses it.</summary>
    public static TheoryData<string, string, string> Refused => new()
    {
        { "an unknown kind of shape", """{"kind":"blob"}""", "bad-shape" },
        { "a number beyond all numbers", """{"kind":"point","x":1e999,"y":0}""", "bad-shape" },
        { "a box turned inside out", """{"kind":"box","x":1,"y":1,"width":-5,"height":5}""", "bad-shape" },
        { "a ring of two points", """{"kind":"polygon","parts":[{"outer":[0,0,1,1],"holes":[]}]}""", "bad-shape" },
        { "runs that do not fill their box", """{"kind":"mask","x":0,"y":0,"width":4,"height":4,"runs":[1,2]}""", "bad-shape" },
        { "100,001 vertices", $$"""{"kind":"polyline","points":[{{string.Join(',', Enumerable.Repeat("1,2", 100_001))}}]}""", "too-many-vertices" },
    };

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task A_change_set_that_cannot_be_read_is_refused_as_a_whole_at_its_place(string why, string changes, string pointer)
    {
        await using var bench = await StartAsync();

        var (status, problem) = await PostRawAsync(bench, $$"""{"changeSetId":"{{Guid.CreateVersion7()}}","baseRevision":0,"changes":{{changes}}}""");

        Assert.True((status, "/problems/invalid") == (400, problem.GetProperty("type").GetString()), why);
        var error = problem.GetProperty("errors")[0];
        Assert.Equal(pointer, error.TryGetProperty("pointer", out var named) && named.ValueKind == JsonValueKind.String ? named.GetString() : "");
        await AssertUntouchedAsync(bench);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_shape_that_is_none_is_refused_alone_and_the_others_are_stored(string why, string shape, string rule)
    {
        await using var bench = await StartAsync();

        var (status, answer) = await PostRawAsync(
            bench,
            $$$"""{"changeSetId":"{{{Guid.CreateVersion7()}}}","baseRevision":0,"changes":[{"op":"put","annotation":{"id":"{{{Guid.CreateVersion7()}}}","classId":"car","shape":{{{shape}}}}},{"op":"put","annotation":{{{Tag}}}}]}""");

        Assert.Equal(200, status);
        Assert.True(rule == answer.GetProperty("results")[0].GetProperty("rule").GetString(), why);
        Assert.Equal("applied", answer.GetProperty("results")[1].GetProperty("status").GetString());
        Assert.Equal(Id, Assert.Single((await bench.Ann.GetAsync(bench.Set)).GetProperty("annotations").EnumerateArray()).GetProperty("id").GetString());
        await bench.AssertSoundAsync();
    }

    [Fact]
    public async Task A_class_deleted_while_somebody_draws_it_is_refused_by_name_and_the_drawing_can_be_saved_under_another()
    {
        await using var bench = await StartAsync();
        var id = Guid.CreateVersion7();
        await SeedSet.OntologyAsync(bench.Database, bench.ProjectId, LabelBench.Ontology with { Classes = [.. LabelBench.Ontology.Classes.Where(one => one.Id != "car")] });

        var refused = (await bench.SaveAsync(bench.Ann, Put(Box(id)))).GetProperty("results")[0];
        var retired = (await bench.SaveAsync(bench.Ann, Put(Box(id, classId: "tram")))).GetProperty("results")[0];
        var shape = (await bench.SaveAsync(bench.Ann, Put(Box(id, classId: "sign")))).GetProperty("results")[0];

        Assert.Equal(["unknown-class", "retired-class", "shape-not-allowed"], new[] { refused, retired, shape }.Select(result => result.GetProperty("rule").GetString()));
        await AssertUntouchedAsync(bench);
    }

    [Fact]
    public async Task The_set_of_a_removed_image_takes_no_changes_and_takes_them_again_when_the_image_is_back()
    {
        await using var bench = await StartAsync();
        await bench.Database.WriteAsync(session => session.ExecuteAsync("UPDATE images SET removed_at = 1"));

        var result = (await bench.SaveAsync(bench.Ann, Put(Box(Guid.CreateVersion7())))).GetProperty("results")[0];
        await bench.Database.WriteAsync(session => session.ExecuteAsync("UPDATE images SET removed_at = NULL"));

        Assert.Equal("image-removed", result.GetProperty("rule").GetString());
        await AssertUntouchedAsync(bench);
        Assert.Equal("applied", (await bench.SaveAsync(bench.Ann, Put(Box(Guid.CreateVersion7())))).GetProperty("results")[0].GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_refused_before_it_is_read()
    {
        await using var bench = await StartAsync();
        bench.Ann.Http.DefaultRequestHeaders.ExpectContinue = true;

        var (status, problem) = await PostRawAsync(bench, new string(' ', (32 * 1024 * 1024) + 1));

        Assert.Equal((413, "/problems/too-large"), (status, problem.GetProperty("type").GetString()));
        await AssertUntouchedAsync(bench);
    }

    [Fact]
    public async Task A_change_set_id_used_again_for_something_else_is_refused()
    {
        await using var bench = await StartAsync();
        var (changeSetId, other) = (Guid.CreateVersion7(), await SeedSet.ImageAsync(bench.Database, bench.ProjectId));
        var first = new { changeSetId, baseRevision = 0, changes = new[] { Put(Box(Guid.CreateVersion7())) } };
        await bench.Ann.PostAsync($"{bench.Set}/changes", first);

        Assert.Equal((409, "change-set-reused"), await bench.Ann.RefusedAsync(HttpMethod.Post, $"{bench.Set}/changes", first with { changes = [Put(Box(Guid.CreateVersion7()))] }));
        Assert.Equal((409, "change-set-reused"), await bench.Ann.RefusedAsync(HttpMethod.Post, $"/api/annotation-sets/{other.SetId}/changes", first));
        Assert.Equal((409, "change-set-reused"), await bench.Ben.RefusedAsync(HttpMethod.Post, $"{bench.Set}/changes", first));
        Assert.Single(await bench.BoxesAsync());
        await bench.AssertSoundAsync();
    }

    [Fact]
    public async Task Two_tabs_of_one_person_on_one_image_do_not_overwrite_each_other()
    {
        await using var bench = await StartAsync();
        var id = Guid.CreateVersion7();
        await bench.SaveAsync(bench.Ann, Put(Box(id, 1)));

        await bench.SaveAsync(bench.Ann, Put(Box(id, 2, revision: 1)));
        var second = (await bench.SaveAsync(bench.Ann, Put(Box(id, 3, revision: 1)))).GetProperty("results")[0];

        Assert.Equal(("conflict", bench.Ann.UserId), (second.GetProperty("status").GetString(), second.GetProperty("by").GetProperty("id").GetString()));
        Assert.Equal([(id.ToString(), 2, 2)], await bench.BoxesAsync());
    }

    [Fact]
    public async Task A_clock_that_jumps_back_changes_no_order_and_no_identity()
    {
        var clock = new SettableClock();
        await using var bench = await StartAsync(options => options with { Clock = clock });
        var id = Guid.CreateVersion7();
        await bench.SaveAsync(bench.Ann, Put(Box(id, 1)));

        clock.Ahead = TimeSpan.FromDays(-3);
        await bench.SaveAsync(bench.Ann, Put(Box(id, 2, revision: 1)));
        clock.Ahead = TimeSpan.FromDays(-30);
        await bench.SaveAsync(bench.Ben, Put(Box(id, 3, revision: 2)));

        var history = (await bench.Ann.GetAsync($"{bench.Set}/history")).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal([3, 2, 1], history.Select(item => item.GetProperty("revision").GetInt64()));
        Assert.True(history[0].GetProperty("at").GetDateTimeOffset() < history[2].GetProperty("at").GetDateTimeOffset());
        Assert.Equal([(id.ToString(), 3, 3)], await bench.BoxesAsync());
        await bench.AssertSoundAsync();
    }

    [Fact]
    public async Task Restoring_a_state_that_never_was_is_refused()
    {
        await using var bench = await StartAsync();
        await bench.SaveAsync(bench.Ann, Put(Box(Guid.CreateVersion7())));

        Assert.Equal((400, "invalid"), await bench.Ann.RefusedAsync(HttpMethod.Post, $"{bench.Set}/restore", new { revision = 9, changeSetId = Guid.CreateVersion7() }));
        Assert.Equal((404, "not-found"), await bench.Ann.RefusedAsync(HttpMethod.Post, $"{bench.Set}/restore", new { revision = 1, annotationId = Guid.CreateVersion7(), changeSetId = Guid.CreateVersion7() }));
        Assert.Single(await bench.BoxesAsync());
        await bench.AssertSoundAsync();
    }

    [Fact]
    public async Task A_viewer_may_look_and_not_change()
    {
        await using var bench = await StartAsync();
        using var viewer = await bench.Owner.InviteAsync(bench.ProjectId, Plumbline.Server.Security.ProjectRole.Viewer);

        Assert.Equal(0, (await viewer.GetAsync(bench.Set)).GetProperty("revision").GetInt64());
        Assert.Equal((403, "forbidden"), await viewer.RefusedAsync(HttpMethod.Post, $"{bench.Set}/changes", ChangeSet(Put(Box(Guid.CreateVersion7())))));
        await AssertUntouchedAsync(bench);
    }

    private static async Task<(int Status, JsonElement Body)> PostRawAsync(LabelBench bench, string body)
    {
        using var response = await bench.Ann.SendContentAsync(HttpMethod.Post, $"{bench.Set}/changes", new StringContent(body, Encoding.UTF8, "application/json"));
        return ((int)response.StatusCode, JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement);
    }

    private static async Task AssertUntouchedAsync(LabelBench bench)
    {
        Assert.Equal(0, (await bench.Ann.GetAsync(bench.Set)).GetProperty("revision").GetInt64());
        Assert.Empty(await bench.BoxesAsync());
        await bench.AssertSoundAsync();
    }
}
