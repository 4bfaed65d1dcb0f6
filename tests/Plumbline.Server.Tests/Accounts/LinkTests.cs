using System.Text;
using System.Text.Json;
using Plumbline.Server.Security;
using Plumbline.Testing;
using Xunit;

namespace Plumbline.Server.Tests.Accounts;

public sealed class LinkTests : IAsyncLifetime
{
    private readonly SettableClock _clock = new();
    private TestServer _server = null!;
    private ApiClient _owner = null!;
    private string _project = "";

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync(options => options with { Clock = _clock });
        _owner = await ApiClient.OwnerAsync(_server);
        _project = await _owner.CreateProjectAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _owner.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task An_invitation_shows_what_it_is_for_and_works_once()
    {
        var path = await InviteAsync("mia@example.org");
        using var visitor = ApiClient.Anonymous(_server);

        var welcome = await visitor.GetAsync(path);
        var me = await visitor.PostAsync(path, new { name = "Mia 美亜 🙂", password = ApiClient.Password });

        Assert.Equal(("mia@example.org", "Signs", "annotator", true),
            (welcome.GetProperty("email").GetString(), welcome.GetProperty("projectName").GetString(), welcome.GetProperty("role").GetString(), welcome.GetProperty("needsAccount").GetBoolean()));
        Assert.Equal("Mia 美亜 🙂", me.GetProperty("name").GetString());
        Assert.Equal("annotator", (await visitor.GetAsync($"/api/projects/{_project}")).GetProperty("role").GetString());
        using var second = ApiClient.Anonymous(_server);
        Assert.Equal((410, "link-spent"), await second.RefusedAsync(HttpMethod.Get, path));
        Assert.Equal((410, "link-spent"), await second.RefusedAsync(HttpMethod.Post, path, new { name = "Eve", password = ApiClient.Password }));
    }

    [Fact]
    public async Task Somebody_with_an_account_accepts_signed_in_and_only_their_own()
    {
        using var person = await _owner.InviteStrangerAsync();
        using var other = await _owner.InviteStrangerAsync();
        var path = await InviteAsync(person.Email.ToUpperInvariant());

        Assert.Equal((409, "account-exists"), await ApiClient.Anonymous(_server).RefusedAsync(HttpMethod.Post, path, new { name = "Eve", password = ApiClient.Password }));
        Assert.Equal((409, "other-account"), await other.RefusedAsync(HttpMethod.Post, path, new { }));
        await person.PostAsync(path, new { });

        Assert.Equal("annotator", (await person.GetAsync($"/api/projects/{_project}")).GetProperty("role").GetString());
    }

    [Fact]
    public async Task Old_and_revoked_invitations_are_spent()
    {
        var old = await InviteAsync("old@example.org");
        _clock.Ahead += TimeSpan.FromDays(8);
        var revoked = await InviteAsync("revoked@example.org");
        var open = (await _owner.GetAsync($"/api/projects/{_project}/invitations")).GetProperty("items");
        await _owner.DeleteAsync($"/api/invitations/{Assert.Single(open.EnumerateArray()).GetProperty("id").GetString()}");
        using var visitor = ApiClient.Anonymous(_server);

        foreach (var path in new[] { old, revoked, "/api/join/made-up" }) Assert.Equal((410, "link-spent"), await visitor.RefusedAsync(HttpMethod.Get, path));
    }

    [Fact]
    public async Task Managers_invite_into_their_project_and_nowhere_else()
    {
        using var manager = await _owner.InviteAsync(_project, ProjectRole.Manager);
        using var annotator = await _owner.InviteAsync(_project, ProjectRole.Annotator);
        var other = await _owner.CreateProjectAsync("Other");

        Assert.Equal((403, "forbidden"), await manager.RefusedAsync(HttpMethod.Post, "/api/invitations", new { email = "a@b.c", projectId = _project, role = "owner" }));
        Assert.Equal((404, "not-found"), await manager.RefusedAsync(HttpMethod.Post, "/api/invitations", new { email = "a@b.c", projectId = other, role = "viewer" }));
        Assert.Equal((403, "forbidden"), await manager.RefusedAsync(HttpMethod.Post, "/api/invitations", new { email = "a@b.c" }));
        Assert.Equal((403, "forbidden"), await manager.RefusedAsync(HttpMethod.Post, "/api/invitations", new { email = "a@b.c", projectId = _project, role = "viewer", admin = true }));
        Assert.Equal((403, "forbidden"), await annotator.RefusedAsync(HttpMethod.Post, "/api/invitations", new { email = "a@b.c", projectId = _project, role = "viewer" }));
    }

    [Fact]
    public async Task A_reset_link_sets_the_password_once_and_ends_sessions()
    {
        using var person = await _owner.InviteStrangerAsync();
        var first = await ResetAsync(person.UserId);
        var second = await ResetAsync(person.UserId);
        using var visitor = ApiClient.Anonymous(_server);

        Assert.Equal((410, "link-spent"), await visitor.RefusedAsync(HttpMethod.Get, first));
        Assert.Equal(person.Email, (await visitor.GetAsync(second)).GetProperty("email").GetString());
        await visitor.PostAsync(second, new { password = "a-new-password-1" });

        Assert.Equal((410, "link-spent"), await visitor.RefusedAsync(HttpMethod.Get, second));
        Assert.Equal((401, "sign-in-needed"), await person.RefusedAsync(HttpMethod.Get, "/api/projects"));
        using var back = await ApiClient.SignInAsync(_server, person.Email, "a-new-password-1");
        Assert.Equal(person.UserId, back.UserId);
    }

    /// <summary>Requests that are wrong in one way each: the JSON, the status, and the last part of the problem's type.</summary>
    [Theory]
    [InlineData("""{"email":"a@b.c","projectId":"P"}""", 400, "invalid")]
    [InlineData("""{"email":"not an address","projectId":"P","role":"viewer"}""", 400, "invalid")]
    [InlineData("""{"email":"a@b.c\u0000","projectId":"P","role":"viewer"}""", 400, "invalid")]
    [InlineData("""{"email":null,"projectId":"P","role":"viewer"}""", 400, "invalid")]
    [InlineData("""{"projectId":"P","role":"viewer"}""", 400, "invalid")]
    [InlineData("""{"email":"a@b.c","projectId":"P","role":"king"}""", 400, "invalid")]
    [InlineData("""{"email":"a@b.c","projectId":"P","role":3}""", 400, "invalid")]
    [InlineData("""{"email":"\ud800@b.c","projectId":"P","role":"viewer"}""", 400, "invalid")]
    [InlineData("""{"email":"a@b.c","projectId":"no-such","role":"viewer"}""", 404, "not-found")]
    [InlineData("""{"email":""", 400, "invalid")]
    [InlineData("", 400, "invalid")]
    public async Task Bad_invitations_get_a_clear_answer(string json, int status, string problem)
    {
        using var response = await _owner.SendContentAsync(HttpMethod.Post, "/api/invitations", new StringContent(json.Replace("\"P\"", $"\"{_project}\"", StringComparison.Ordinal), Encoding.UTF8, "application/json"));

        var body = await response.Content.ReadAsStringAsync();
        Assert.Equal((status, $"/problems/{problem}"), ((int)response.StatusCode, JsonDocument.Parse(body).RootElement.GetProperty("type").GetString()));
        Assert.Equal(0, (await _owner.GetAsync("/api/invitations")).GetProperty("items").GetArrayLength());
    }

    private async Task<string> InviteAsync(string email)
    {
        var issued = await _owner.PostAsync("/api/invitations", new { email, projectId = _project, role = "annotator" });
        return "/api" + new Uri(issued.GetProperty("url").GetString()!).AbsolutePath;
    }

    private async Task<string> ResetAsync(string userId)
    {
        var issued = await _owner.PostAsync($"/api/users/{userId}/reset-link");
        return "/api/password-resets/" + new Uri(issued.GetProperty("url").GetString()!).Segments[^1];
    }
}
