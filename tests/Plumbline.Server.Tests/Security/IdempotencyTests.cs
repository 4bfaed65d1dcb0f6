using Plumbline.Testing;
using Xunit;

namespace Plumbline.Server.Tests.Security;

public sealed class IdempotencyTests : IAsyncLifetime
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
    public async Task The_same_request_again_gets_the_same_answer_and_is_done_once()
    {
        var first = await ApiClient.ReadAsync(CreateAsync("Signs", "k1"));
        var second = await ApiClient.ReadAsync(CreateAsync("Signs", "k1"));

        Assert.Equal(first.GetRawText(), second.GetRawText());
        Assert.Equal(1, (await _owner.GetAsync("/api/projects")).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Another_request_with_the_same_key_is_refused()
    {
        await ApiClient.ReadAsync(CreateAsync("Signs", "k1"));

        Assert.Equal((422, "idempotency-key-reused"), await _owner.RefusedAsync(HttpMethod.Post, "/api/projects", new { name = "Boards" }, ("Idempotency-Key", "k1")));
    }

    [Fact]
    public async Task Keys_of_two_people_do_not_meet()
    {
        using var other = await _owner.InviteStrangerAsync();
        await ApiClient.ReadAsync(CreateAsync("Signs", "k1"));

        await ApiClient.ReadAsync(other.SendAsync(HttpMethod.Post, "/api/projects", new { name = "Boards" }, ("Idempotency-Key", "k1")));

        Assert.Equal(1, (await other.GetAsync("/api/projects")).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Ten_at_once_make_one()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => CreateAsync("Signs", "k1")));

        Assert.All(answers, answer => Assert.Contains((int)answer.StatusCode, new[] { 201, 409 }));
        Assert.Equal(1, (await _owner.GetAsync("/api/projects")).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task What_was_done_without_an_answer_is_not_done_again()
    {
        var database = (Storage.Database)_server.Services.GetService(typeof(Storage.Database))!;
        await database.WriteAsync(session => session.ExecuteAsync(TestServer.OnPostgres
            ? "ALTER TABLE idempotency_keys ADD CHECK (answer = '')"
            : "CREATE TRIGGER no_answers BEFORE UPDATE OF answer ON idempotency_keys BEGIN SELECT RAISE(ABORT, 'as if the process had died'); END"));

        Assert.Equal((500, "internal"), await _owner.RefusedAsync(HttpMethod.Post, "/api/projects", new { name = "Signs" }, ("Idempotency-Key", "k1")));

        for (var times = 0; times < 2; times++)
        {
            Assert.Equal((409, "answer-lost"), await _owner.RefusedAsync(HttpMethod.Post, "/api/projects", new { name = "Signs" }, ("Idempotency-Key", "k1")));
            Assert.Equal("Signs", Assert.Single((await _owner.GetAsync("/api/projects")).GetProperty("items").EnumerateArray()).GetProperty("name").GetString());
        }
    }

    [Fact]
    public async Task Secrets_in_stored_answers_cannot_be_read_in_the_database()
    {
        var token = await ApiClient.ReadAsync(_owner.SendAsync(HttpMethod.Post, "/api/tokens", new { name = "ci", scopes = new[] { "read" } }, ("Idempotency-Key", "k1")));

        var stored = await ((Storage.Database)_server.Services.GetService(typeof(Storage.Database))!).ReadAsync(session => session.ScalarAsync<string>("SELECT answer FROM idempotency_keys"));

        Assert.DoesNotContain(token.GetProperty("token").GetString()!, stored, StringComparison.Ordinal);
    }

    private Task<HttpResponseMessage> CreateAsync(string name, string key) => _owner.SendAsync(HttpMethod.Post, "/api/projects", new { name }, ("Idempotency-Key", key));
}
