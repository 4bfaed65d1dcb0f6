using System.Text.Json;
using Plumbline.Server.Security;
using Plumbline.Testing;
using Xunit;

namespace Plumbline.Server.Tests.Accounts;

public sealed class AuditTests : IAsyncLifetime
{
    private TestServer _server = null!;
    private ApiClient _owner = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync();
        _owner = await ApiClient.OwnerAsync(_server);
    }

    public async ValueTask DisposeAsync()
    {
        _owner.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Administrators_read_everything_and_managers_what_happened_in_their_project()
    {
        var (signs, boards) = (await _owner.CreateProjectAsync("Signs"), await _owner.CreateProjectAsync("Boards"));
        using var manager = await _owner.InviteAsync(signs, ProjectRole.Manager);
        await manager.PostAsync("/api/invitations", new { email = "new@example.org", projectId = signs, role = "viewer" });

        var all = Projects(await _owner.GetAsync("/api/audit"));
        var ofSigns = await manager.GetAsync($"/api/audit?projectId={signs}");

        Assert.Contains(signs, all);
        Assert.Contains(boards, all);
        Assert.Equal([signs], Projects(ofSigns).Distinct());
        var newest = ofSigns.GetProperty("items")[0];
        Assert.Equal(("invitation.create", manager.UserId), (newest.GetProperty("action").GetString(), newest.GetProperty("by").GetProperty("id").GetString()));
        Assert.DoesNotContain("/join/", ofSigns.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deliveries_stand_in_the_log_with_who_asked_for_them()
    {
        var project = await _owner.CreateProjectAsync();
        using var manager = await _owner.InviteAsync(project, ProjectRole.Manager);
        var job = await manager.PostAsync($"/api/projects/{project}/exports", new { format = "coco", images = "none", scope = "all" });

        var newest = (await manager.GetAsync($"/api/audit?projectId={project}")).GetProperty("items")[0];

        Assert.Equal(
            ("export.begin", job.GetProperty("id").GetString(), manager.UserId),
            (newest.GetProperty("action").GetString(), newest.GetProperty("subject").GetString(), newest.GetProperty("by").GetProperty("id").GetString()));
    }

    [Theory]
    [InlineData(ProjectRole.Reviewer)]
    [InlineData(ProjectRole.Annotator)]
    [InlineData(ProjectRole.Viewer)]
    public async Task Below_manager_nobody_reads_it(ProjectRole role)
    {
        var project = await _owner.CreateProjectAsync();
        using var member = await _owner.InviteAsync(project, role);

        Assert.Equal((403, "forbidden"), await member.RefusedAsync(HttpMethod.Get, $"/api/audit?projectId={project}"));
        Assert.Equal((403, "forbidden"), await member.RefusedAsync(HttpMethod.Get, "/api/audit"));
    }

    [Fact]
    public async Task A_manager_of_one_project_does_not_learn_of_another()
    {
        var (signs, boards) = (await _owner.CreateProjectAsync("Signs"), await _owner.CreateProjectAsync("Boards"));
        using var manager = await _owner.InviteAsync(signs, ProjectRole.Manager);

        Assert.Equal((404, "not-found"), await manager.RefusedAsync(HttpMethod.Get, $"/api/audit?projectId={boards}"));
        Assert.Equal((404, "not-found"), await manager.RefusedAsync(HttpMethod.Get, "/api/audit?projectId=nothing"));
        Assert.Equal((403, "forbidden"), await manager.RefusedAsync(HttpMethod.Get, "/api/audit"));
    }

    [Fact]
    public async Task Pages_follow_each_other_without_gap_or_overlap()
    {
        for (var i = 0; i < 5; i++) await _owner.CreateProjectAsync($"Project {i}");
        var all = Ids(await _owner.GetAsync("/api/audit"));

        var paged = new List<string>();
        for (string? cursor = null; ;)
        {
            var page = await _owner.GetAsync($"/api/audit?limit=2{(cursor is null ? "" : $"&cursor={cursor}")}");
            paged.AddRange(Ids(page));
            cursor = page.GetProperty("next").GetString();
            if (cursor is null) break;
        }

        Assert.True(all.Count >= 5);
        Assert.Equal(all, paged);
    }

    private static List<string> Ids(JsonElement page) => page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!).ToList();

    private static List<string?> Projects(JsonElement page) => page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("projectId").GetString()).ToList();
}
