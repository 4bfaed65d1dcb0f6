using Plumbline.Testing;
using Xunit;

namespace Plumbline.Server.Tests.Accounts;

public sealed class SetupTests
{
    [Fact]
    public async Task Whoever_reads_the_console_becomes_the_owner_once()
    {
        await using var server = await TestServer.StartAsync();
        using var stranger = ApiClient.Anonymous(server);
        Assert.True((await stranger.GetAsync("/api/setup")).GetProperty("needsOwner").GetBoolean());
        Assert.Equal((403, "setup-code"), await stranger.RefusedAsync(HttpMethod.Post, "/api/setup", Owner("AAAA-AAAA-AAAA")));

        using var owner = await ApiClient.OwnerAsync(server);

        var session = await owner.GetAsync("/api/session");
        Assert.True(session.GetProperty("user").GetProperty("admin").GetBoolean());
        Assert.False((await stranger.GetAsync("/api/setup")).GetProperty("needsOwner").GetBoolean());
        Assert.Equal((409, "already-set-up"), await stranger.RefusedAsync(HttpMethod.Post, "/api/setup", Owner("AAAA-AAAA-AAAA")));
    }

    private static object Owner(string code) => new { code, email = "mallory@example.org", name = "Mallory", password = ApiClient.Password };
}
