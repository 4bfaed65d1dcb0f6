using System.Net;
using Plumbline.Server.Security;
using Plumbline.Testing;
using Xunit;

namespace Plumbline.Server.Tests.Security;

public sealed class TokenRateTests
{
    [Fact]
    public async Task A_token_that_asks_too_often_is_told_when_to_come_back_and_nobody_else_notices()
    {
        await using var server = await TestServer.StartAsync(options => options with { TokenRequestsPerMinute = 3 });
        using var owner = await ApiClient.OwnerAsync(server);
        using var wild = await owner.NewTokenAsync(TokenScope.Read);
        using var calm = await owner.NewTokenAsync(TokenScope.Read);
        for (var i = 0; i < 3; i++) await wild.GetAsync("/api/projects");

        using var refused = await wild.SendAsync(HttpMethod.Get, "/api/projects");

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter?.Delta?.TotalSeconds ?? 0, 1, 60);
        Assert.Equal((429, "too-many-requests"), await wild.RefusedAsync(HttpMethod.Get, "/api/session"));
        for (var i = 0; i < 3; i++) await calm.GetAsync("/api/projects");
        for (var i = 0; i < 5; i++) await owner.GetAsync("/api/projects");
    }
}
