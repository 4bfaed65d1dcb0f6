using System.Net;
using Plumbline.Server.Security;
using Plumbline.Testing;
using Xunit;

namespace Plumbline.Server.Tests.Projects;

public sealed class ProjectTests
{
    [Fact]
    public async Task Its_maker_is_the_owner_and_others_do_not_see_it()
    {
        await using var server = await TestServer.StartAsync();
        using var owner = await ApiClient.OwnerAsync(server);
        using var maker = await owner.InviteStrangerAsync();
        using var stranger = await owner.InviteStrangerAsync();

        var project = await maker.PostAsync("/api/projects", new { name = "  Straßenschilder 道路標識 🚸 ", description = "Signs\nand more" });

        Assert.Equal("Straßenschilder 道路標識 🚸", project.GetProperty("name").GetString());
        Assert.Equal("owner", project.GetProperty("role").GetString());
        Assert.Equal(1, (await maker.GetAsync("/api/projects")).GetProperty("items").GetArrayLength());
        Assert.Equal(0, (await stranger.GetAsync("/api/projects")).GetProperty("items").GetArrayLength());
        Assert.Equal((404, "not-found"), await stranger.RefusedAsync(HttpMethod.Get, $"/api/projects/{project.GetProperty("id").GetString()}"));
    }

    [Fact]
    public async Task A_change_on_an_old_revision_is_refused()
    {
        await using var server = await TestServer.StartAsync();
        using var owner = await ApiClient.OwnerAsync(server);
        var path = "/api/projects/" + await owner.CreateProjectAsync();
        var etag = (await owner.GetAsync(path)).GetProperty("etag").GetString();

        var changed = await owner.PutAsync(path, new { name = "Boards", description = "" }, etag);

        Assert.Equal("Boards", changed.GetProperty("name").GetString());
        Assert.NotEqual(etag, changed.GetProperty("etag").GetString());
        Assert.Equal((412, "stale"), await owner.RefusedAsync(HttpMethod.Put, path, new { name = "Late" }, ("If-Match", etag)));
        Assert.Equal((428, "if-match-needed"), await owner.RefusedAsync(HttpMethod.Put, path, new { name = "Blind" }));
    }

    [Fact]
    public async Task Deleting_asks_for_the_name_and_puts_it_out_of_reach()
    {
        await using var server = await TestServer.StartAsync();
        using var owner = await ApiClient.OwnerAsync(server);
        var path = "/api/projects/" + await owner.CreateProjectAsync("Signs");

        Assert.Equal((422, "name-mismatch"), await owner.RefusedAsync(HttpMethod.Delete, path, new { name = "signs" }));
        await owner.DeleteAsync(path, new { name = "Signs" });

        Assert.Equal((404, "not-found"), await owner.RefusedAsync(HttpMethod.Get, path));
        Assert.Equal(0, (await owner.GetAsync("/api/projects")).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task The_entity_tag_is_also_a_header()
    {
        await using var server = await TestServer.StartAsync();
        using var owner = await ApiClient.OwnerAsync(server);

        using var response = await owner.SendAsync(HttpMethod.Get, "/api/projects/" + await owner.CreateProjectAsync());

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("\"1\"", response.Headers.ETag?.ToString());
    }
}
