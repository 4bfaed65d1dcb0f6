using System.Text.Json;
using Plumbline.Core.Ontologies;
using Plumbline.Server.Features.Events;
using Plumbline.Server.Security;
using Plumbline.Server.Storage;
using Plumbline.Testing;
using Xunit;

namespace Plumbline.Server.Tests.Ontologies;

public sealed class OntologyTests : IAsyncLifetime
{
    private TestServer _server = null!;
    private ApiClient _owner = null!;
    private string _project = "";

    private string Path => $"/api/projects/{_project}/ontology";

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync();
        _owner = await ApiClient.OwnerAsync(_server);
        _project = await _owner.CreateProjectAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _owner.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_new_project_has_an_empty_first_version()
    {
        var first = await _owner.GetAsync(Path);

        Assert.Equal(1, first.GetProperty("version").GetInt32());
        Assert.Equal(0, first.GetProperty("ontology").GetProperty("classes").GetArrayLength());
        Assert.Equal(_owner.UserId, first.GetProperty("createdBy").GetProperty("id").GetString());
    }

    [Fact]
    public async Task Every_change_is_a_version_with_its_reason_and_an_event()
    {
        using var events = ((EventBus)_server.Services.GetService(typeof(EventBus))!).Subscribe();

        var second = await _owner.PutAsync(Path, Change("Start", "car", "van"), "\"1\"");
        var same = await _owner.PutAsync(Path, Change("Nothing new", "car", "van"), "\"2\"");

        Assert.Equal((2, 2), (second.GetProperty("version").GetInt32(), same.GetProperty("version").GetInt32()));
        var versions = (await _owner.GetAsync($"{Path}/versions")).GetProperty("items");
        Assert.Equal(["Start", ""], versions.EnumerateArray().Select(v => v.GetProperty("reason").GetString()));
        Assert.Equal(2, (await _owner.GetAsync($"{Path}/versions/2")).GetProperty("ontology").GetProperty("classes").GetArrayLength());
        Assert.Equal((404, "not-found"), await _owner.RefusedAsync(HttpMethod.Get, $"{Path}/versions/3"));
        Assert.True(events.Reader.TryRead(out var told));
        Assert.Equal(("ontology", _project, 2), (told.Name, told.ProjectId, JsonDocument.Parse(told.Json).RootElement.GetProperty("version").GetInt32()));
        Assert.False(events.Reader.TryRead(out _));
    }

    [Fact]
    public async Task Of_two_people_who_change_it_the_second_is_told()
    {
        await _owner.PutAsync(Path, Change("", "car"), "\"1\"");

        Assert.Equal((412, "stale"), await _owner.RefusedAsync(HttpMethod.Put, Path, Change("", "van"), ("If-Match", "\"1\"")));
        Assert.Equal((412, "stale"), await _owner.RefusedAsync(HttpMethod.Put, Path, Change("", "van"), ("If-Match", "\"abc\"")));
        Assert.Equal((428, "if-match-needed"), await _owner.RefusedAsync(HttpMethod.Put, Path, Change("", "van")));
    }

    [Fact]
    public async Task Faults_are_listed_with_their_places()
    {
        using var response = await _owner.SendAsync(HttpMethod.Put, Path, Change("", "car", "car"), ("If-Match", "\"1\""));

        var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal("/problems/ontology", problem.GetProperty("type").GetString());
        var error = Assert.Single(problem.GetProperty("errors").EnumerateArray(), e => e.GetProperty("rule").GetString() == "duplicate-id");
        Assert.Equal("/ontology/classes/1/id", error.GetProperty("pointer").GetString());
        Assert.Equal(1, (await _owner.GetAsync(Path)).GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task A_class_in_use_is_not_removed_but_can_be_retired()
    {
        await _owner.PutAsync(Path, Change("", "car", "van"), "\"1\"");
        await LabelAsync("car", 3);

        using var refused = await _owner.SendAsync(HttpMethod.Put, Path, Change("", "van"), ("If-Match", "\"2\""));
        var problem = JsonDocument.Parse(await refused.Content.ReadAsStringAsync()).RootElement;
        var usage = (await _owner.GetAsync($"{Path}/usage")).GetProperty("classes")[0];

        Assert.Equal((409, "/problems/class-in-use"), ((int)refused.StatusCode, problem.GetProperty("type").GetString()));
        Assert.Equal("car", problem.GetProperty("errors")[0].GetProperty("item").GetString());
        Assert.Equal("“car” is used by 3 annotations on 1 images.", problem.GetProperty("errors")[0].GetProperty("message").GetString());
        Assert.Equal(("car", 3, 1), (usage.GetProperty("classId").GetString(), usage.GetProperty("annotations").GetInt32(), usage.GetProperty("images").GetInt32()));
        var retired = new Ontology { Classes = [Class("car") with { Retired = true }] };
        Assert.Equal(3, (await _owner.PutAsync(Path, new { ontology = retired, reason = "" }, "\"2\"")).GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task Five_thousand_classes_are_fine()
    {
        var many = new Ontology { Classes = [.. Enumerable.Range(0, 5_000).Select(i => Class($"class-{i}"))] };

        await _owner.PutAsync(Path, new { ontology = many, reason = "" }, "\"1\"");

        Assert.Equal(5_000, (await _owner.GetAsync(Path)).GetProperty("ontology").GetProperty("classes").GetArrayLength());
    }

    [Fact]
    public async Task Annotators_read_it_and_do_not_change_it()
    {
        using var annotator = await _owner.InviteAsync(_project, ProjectRole.Annotator);

        await annotator.GetAsync(Path);

        Assert.Equal((403, "forbidden"), await annotator.RefusedAsync(HttpMethod.Put, Path, Change("", "car"), ("If-Match", "\"1\"")));
    }

    private static object Change(string reason, params string[] classes) => new { ontology = new Ontology { Classes = [.. classes.Select(Class)] }, reason };

    private static LabelClass Class(string id) => new() { Id = id, Name = id, Color = "#3b82f6" };

    private async Task LabelAsync(string classId, int count)
    {
        var database = (Database)_server.Services.GetService(typeof(Database))!;
        await database.WriteAsync(async session =>
        {
            await session.ExecuteAsync(
                """
                INSERT INTO images (id, project_id, path, name, sha256, bytes, format, width, height, orientation, bit_depth, metadata, pixels_sha256, pixels_type, thumbnail_sha256, thumbnail_type, added_at, added_by)
                VALUES ('i', @_project, 'a.jpg', 'a.jpg', '', 1, 'jpeg', 10, 10, 1, 8, '{}', '', '', '', '', 0, '')
                """,
                new { _project });
            await session.ExecuteAsync(
                "INSERT INTO annotation_sets (id, image_id, project_id, source, source_key, revision, outcome, outcome_revision, annotation_count, updated_at) VALUES ('s', 'i', @_project, 'working', '', 1, 'Unlabelled', 0, @count, 0)",
                new { _project, count });
            for (var i = 0; i < count; i++)
            {
                await session.ExecuteAsync(
                    "INSERT INTO annotations (set_id, id, revision, class_id, kind, z, x, y, width, height, area, flags, doc) VALUES ('s', @id, 1, @classId, 'Box', 0, 0, 0, 1, 1, 1, 0, '{}')",
                    new { id = $"a{i}", classId });
            }
        });
    }
}
