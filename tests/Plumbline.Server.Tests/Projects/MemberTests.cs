using Plumbline.Server.Security;
using Plumbline.Testing;
using Xunit;

namespace Plumbline.Server.Tests.Projects;

public sealed class MemberTests
{
    [Fact]
    public async Task Roles_are_changed_by_managers_but_owners_only_by_owners()
    {
        await using var server = await TestServer.StartAsync();
        using var admin = await ApiClient.OwnerAsync(server);
        using var owner = await admin.InviteStrangerAsync();
        var project = await owner.CreateProjectAsync();
        using var manager = await owner.InviteAsync(project, ProjectRole.Manager);
        using var viewer = await manager.InviteAsync(project, ProjectRole.Viewer);
        var members = $"/api/projects/{project}/members/";

        var promoted = await manager.PutAsync(members + viewer.UserId, new { role = "annotator" });

        Assert.Equal("annotator", promoted.GetProperty("role").GetString());
        Assert.Equal((403, "forbidden"), await manager.RefusedAsync(HttpMethod.Put, members + viewer.UserId, new { role = "owner" }));
        Assert.Equal((403, "forbidden"), await manager.RefusedAsync(HttpMethod.Put, members + owner.UserId, new { role = "viewer" }));
        Assert.Equal((403, "forbidden"), await manager.RefusedAsync(HttpMethod.Delete, members + owner.UserId));
        Assert.Equal((403, "forbidden"), await viewer.RefusedAsync(HttpMethod.Put, members + viewer.UserId, new { role = "manager" }));
        Assert.Equal((404, "not-found"), await manager.RefusedAsync(HttpMethod.Put, members + admin.UserId, new { role = "viewer" }));
    }

    [Fact]
    public async Task The_last_owner_can_neither_leave_nor_step_down()
    {
        await using var server = await TestServer.StartAsync();
        using var admin = await ApiClient.OwnerAsync(server);
        using var owner = await admin.InviteStrangerAsync();
        var project = await owner.CreateProjectAsync();
        var members = $"/api/projects/{project}/members/";

        Assert.Equal((409, "last-owner"), await owner.RefusedAsync(HttpMethod.Delete, members + owner.UserId));
        Assert.Equal((409, "last-owner"), await owner.RefusedAsync(HttpMethod.Put, members + owner.UserId, new { role = "manager" }));

        using var second = await owner.InviteAsync(project, ProjectRole.Owner);
        await owner.DeleteAsync(members + owner.UserId);

        Assert.Equal((404, "not-found"), await owner.RefusedAsync(HttpMethod.Get, $"/api/projects/{project}"));
        Assert.Equal("owner", (await second.GetAsync($"/api/projects/{project}")).GetProperty("role").GetString());
    }

    [Fact]
    public async Task Anybody_may_leave_but_not_remove_others()
    {
        await using var server = await TestServer.StartAsync();
        using var owner = await ApiClient.OwnerAsync(server);
        var project = await owner.CreateProjectAsync();
        using var annotator = await owner.InviteAsync(project, ProjectRole.Annotator);
        using var viewer = await owner.InviteAsync(project, ProjectRole.Viewer);
        var members = $"/api/projects/{project}/members/";

        Assert.Equal((403, "forbidden"), await annotator.RefusedAsync(HttpMethod.Delete, members + viewer.UserId));
        await annotator.DeleteAsync(members + annotator.UserId);

        Assert.Equal((404, "not-found"), await annotator.RefusedAsync(HttpMethod.Get, $"/api/projects/{project}"));
    }
}
