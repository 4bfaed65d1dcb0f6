using System.Net;
using Plumbline.Server.Security;
using Plumbline.Testing;
using Xunit;

namespace Plumbline.Server.Tests.Accounts;

public sealed class SignInTests : IAsyncLifetime
{
    private readonly SettableClock _clock = new();
    private TestServer _server = null!;
    private ApiClient _owner = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync(options => options with { Clock = _clock });
        _owner = await ApiClient.OwnerAsync(_server);
    }

    public async ValueTask DisposeAsync()
    {
        _owner.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_lock_says_when_to_come_back()
    {
        using var guesser = ApiClient.Anonymous(_server);
        for (var i = 0; i < 5; i++) await TryAsync(guesser, _owner.Email, "wrong");

        using var locked = await guesser.SendAsync(HttpMethod.Post, "/api/session", new { _owner.Email, ApiClient.Password });

        Assert.Equal(HttpStatusCode.TooManyRequests, locked.StatusCode);
        Assert.InRange(locked.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromMinutes(4.5), TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task A_lock_ends_by_itself_and_the_next_one_is_twice_as_long()
    {
        using var guesser = ApiClient.Anonymous(_server);
        for (var i = 0; i < 5; i++) await TryAsync(guesser, _owner.Email, "wrong");
        _clock.Ahead += TimeSpan.FromMinutes(6);
        for (var i = 0; i < 5; i++) Assert.Equal((401, "sign-in"), await TryAsync(guesser, _owner.Email, "wrong"));
        Assert.Equal((429, "locked"), await TryAsync(guesser, _owner.Email, ApiClient.Password));

        _clock.Ahead += TimeSpan.FromMinutes(6);
        Assert.Equal((429, "locked"), await TryAsync(guesser, _owner.Email, ApiClient.Password));
        _clock.Ahead += TimeSpan.FromMinutes(5);
        using var back = await ApiClient.SignInAsync(_server, _owner.Email);

        Assert.Equal(_owner.UserId, back.UserId);
    }

    [Fact]
    public async Task One_address_cannot_try_many_accounts()
    {
        using var guesser = ApiClient.Anonymous(_server);
        for (var i = 0; i < 20; i++) Assert.Equal((401, "sign-in"), await TryAsync(guesser, $"person-{i}@example.org", "wrong"));

        Assert.Equal((429, "too-many-attempts"), await TryAsync(guesser, "person-20@example.org", "wrong"));
    }

    [Fact]
    public async Task A_session_ends_after_its_time_and_lives_on_while_it_is_used()
    {
        for (var day = 0; day < 40; day += 20)
        {
            _clock.Ahead += TimeSpan.FromDays(20);
            await _owner.GetAsync("/api/projects");
        }

        _clock.Ahead += TimeSpan.FromDays(31);

        Assert.Equal((401, "sign-in-needed"), await _owner.RefusedAsync(HttpMethod.Get, "/api/projects"));
    }

    [Fact]
    public async Task Sessions_survive_a_restart()
    {
        var cookies = _owner.Cookies.GetCookieHeader(_server.Url);
        await _server.RestartAsync();
        using var client = ApiClient.Anonymous(_server);
        client.Http.DefaultRequestHeaders.Add("Cookie", cookies);

        Assert.Equal(_owner.UserId, (await client.GetAsync("/api/session")).GetProperty("user").GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_new_password_ends_every_other_session()
    {
        using var elsewhere = await ApiClient.SignInAsync(_server, _owner.Email);
        Assert.Equal((400, "invalid"), await _owner.RefusedAsync(HttpMethod.Put, "/api/account/password", new { current = "wrong-password", @new = "another-long-one" }));
        Assert.Equal((422, "weak-password"), await _owner.RefusedAsync(HttpMethod.Put, "/api/account/password", new { current = ApiClient.Password, @new = "short" }));

        await _owner.PutAsync("/api/account/password", new { current = ApiClient.Password, @new = "another-long-one" });

        await _owner.GetAsync("/api/projects");
        Assert.Equal((401, "sign-in-needed"), await elsewhere.RefusedAsync(HttpMethod.Get, "/api/projects"));
    }

    [Fact]
    public async Task A_closed_account_is_out_at_once_with_its_tokens()
    {
        using var person = await _owner.InviteStrangerAsync();
        using var program = await person.NewTokenAsync(TokenScope.Read);
        await program.GetAsync("/api/projects");

        await _owner.PatchAsync($"/api/users/{person.UserId}", new { disabled = true });

        Assert.Equal((401, "sign-in-needed"), await person.RefusedAsync(HttpMethod.Get, "/api/projects"));
        Assert.Equal((401, "sign-in-needed"), await program.RefusedAsync(HttpMethod.Get, "/api/projects"));
        Assert.Equal((403, "account-closed"), await TryAsync(ApiClient.Anonymous(_server), person.Email, ApiClient.Password));
        Assert.Equal((409, "last-admin"), await _owner.RefusedAsync(HttpMethod.Patch, $"/api/users/{_owner.UserId}", new { disabled = true }));
    }

    [Fact]
    public async Task What_changes_something_needs_the_anti_forgery_header()
    {
        _owner.SendsAntiForgery = false;

        Assert.Equal((403, "anti-forgery"), await _owner.RefusedAsync(HttpMethod.Post, "/api/projects", new { name = "Signs" }));
        Assert.Equal((403, "anti-forgery"), await _owner.RefusedAsync(HttpMethod.Post, "/api/projects", new { name = "Signs" }, ("X-CSRF-TOKEN", "made-up")));
        Assert.Equal(0, (await _owner.GetAsync("/api/projects")).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Tokens_end_when_they_expire_or_are_revoked()
    {
        var expiring = await _owner.PostAsync("/api/tokens", new { name = "ci", scopes = new[] { "read" }, expiresAt = _clock.GetUtcNow().AddHours(1) });
        using var program = ApiClient.WithToken(_server, expiring.GetProperty("token").GetString()!);
        await program.GetAsync("/api/projects");
        var revoked = await _owner.PostAsync("/api/tokens", new { name = "old", scopes = new[] { "read" } });
        using var other = ApiClient.WithToken(_server, revoked.GetProperty("token").GetString()!);
        await _owner.DeleteAsync($"/api/tokens/{revoked.GetProperty("id").GetString()}");
        Assert.Equal((401, "sign-in-needed"), await other.RefusedAsync(HttpMethod.Get, "/api/projects"));
        Assert.Equal("ci", Assert.Single((await _owner.GetAsync("/api/tokens")).GetProperty("items").EnumerateArray()).GetProperty("name").GetString());

        _clock.Ahead += TimeSpan.FromHours(2);

        Assert.Equal((401, "sign-in-needed"), await program.RefusedAsync(HttpMethod.Get, "/api/projects"));
    }

    private static Task<(int, string)> TryAsync(ApiClient client, string email, string password) => client.RefusedAsync(HttpMethod.Post, "/api/session", new { email, password });
}
