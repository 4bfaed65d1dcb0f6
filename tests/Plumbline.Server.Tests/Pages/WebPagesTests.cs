using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Plumbline.Testing;
using Xunit;

namespace Plumbline.Server.Tests.Pages;

public sealed partial class WebPagesTests : IAsyncLifetime
{
    private readonly string _webRoot = Directory.CreateTempSubdirectory("plumbline-web-").FullName;
    private TestServer _server = null!;
    private ApiClient _visitor = null!;

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Path.Combine(_webRoot, "assets"));
        await File.WriteAllTextAsync(Path.Combine(_webRoot, "index.html"), "<meta name=\"csp-nonce\" content=\"__NONCE__\"><div id=\"root\"></div>");
        await File.WriteAllTextAsync(Path.Combine(_webRoot, "assets", "main-1a2b3c.js"), "export {};");
        await File.WriteAllTextAsync(Path.Combine(_webRoot, "favicon.svg"), "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
        _server = await TestServer.StartAsync(options => options with { WebRoot = _webRoot });
        _visitor = ApiClient.Anonymous(_server);
    }

    public async ValueTask DisposeAsync()
    {
        _visitor.Dispose();
        await _server.DisposeAsync();
        Directory.Delete(_webRoot, recursive: true);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/index.html")]
    [InlineData("/api/setup")]
    [InlineData("/api/nowhere")]
    [InlineData("/assets/main-1a2b3c.js")]
    [InlineData("/favicon.svg")]
    [InlineData("/health/live")]
    public async Task Every_answer_carries_the_security_headers(string path)
    {
        using var answer = await _visitor.Http.GetAsync(path);

        Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
        Assert.Equal("DENY", Header(answer, "X-Frame-Options"));
        Assert.Equal("same-origin", Header(answer, "Referrer-Policy"));
        Assert.Equal("same-origin", Header(answer, "Cross-Origin-Opener-Policy"));
        Assert.Contains("camera=()", Header(answer, "Permissions-Policy"), StringComparison.Ordinal);
        var policy = Header(answer, "Content-Security-Policy");
        Assert.StartsWith("default-src 'none';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Fact]
    public async Task The_page_carries_the_nonce_of_its_own_policy_and_no_two_answers_share_one()
    {
        var nonces = new HashSet<string>();
        for (var i = 0; i < 5; i++)
        {
            using var answer = await _visitor.Http.GetAsync("/");
            var page = await answer.Content.ReadAsStringAsync();
            var allowed = Nonce().Match(Header(answer, "Content-Security-Policy")).Groups[1].Value;

            Assert.Equal(16, Convert.FromBase64String(allowed).Length);
            Assert.Contains($"content=\"{allowed}\"", page, StringComparison.Ordinal);
            Assert.DoesNotContain("__NONCE__", page, StringComparison.Ordinal);
            Assert.Equal("no-store", Header(answer, "Cache-Control"));
            Assert.True(nonces.Add(allowed));
        }
    }

    [Fact]
    public async Task Files_with_a_hash_in_their_name_are_kept_for_ever_and_others_are_asked_for()
    {
        using var script = await _visitor.Http.GetAsync("/assets/main-1a2b3c.js");
        using var icon = await _visitor.Http.GetAsync("/favicon.svg");

        Assert.Equal("public, max-age=31536000, immutable", Header(script, "Cache-Control"));
        Assert.Equal("no-cache", Header(icon, "Cache-Control"));
        Assert.NotNull(icon.Headers.ETag);
    }

    [Theory]
    [InlineData("/projects/0198c5a07b1e/images")]
    [InlineData("/projects/a/label/b?filter=class:car")]
    [InlineData("/join/abc")]
    public async Task An_address_inside_the_interface_opens_it(string path)
    {
        using var answer = await _visitor.Http.GetAsync(path);

        Assert.Equal((HttpStatusCode.OK, "text/html"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Contains("id=\"root\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/api/nowhere", 404, "not-found")]
    [InlineData("GET", "/api", 404, "not-found")]
    [InlineData("POST", "/projects/a", 404, "not-found")]
    [InlineData("GET", "/assets/gone.js", 404, "not-found")]
    [InlineData("GET", "/assets/../../etc/passwd.txt", 404, "not-found")]
    public async Task What_is_not_there_is_a_problem_document_and_not_the_page(string method, string path, int status, string problem) =>
        Assert.Equal((status, problem), await _visitor.RefusedAsync(new HttpMethod(method), path));

    [Fact]
    public async Task The_reference_is_for_people_who_are_signed_in_and_runs_under_a_strict_policy()
    {
        Assert.Equal((401, "sign-in-needed"), await _visitor.RefusedAsync(HttpMethod.Get, "/api/docs"));
        using var owner = await ApiClient.OwnerAsync(_server);

        using var answer = await owner.Http.GetAsync("/api/docs");
        var page = await answer.Content.ReadAsStringAsync();

        Assert.Contains("script-src 'self'; style-src 'self';", Header(answer, "Content-Security-Policy"), StringComparison.Ordinal);
        var files = Links().Matches(page).Select(match => match.Groups[1].Value).ToList();
        Assert.Equal(["/api/docs/reference.css", "/api/docs/reference.js"], files.Where(file => file.StartsWith("/api/docs/", StringComparison.Ordinal)));
        Assert.All(files, file => Assert.StartsWith("/", file, StringComparison.Ordinal));
        foreach (var (file, type) in new[] { ("/api/docs/reference.css", "text/css"), ("/api/docs/reference.js", "text/javascript") })
        {
            using var part = await owner.Http.GetAsync(file);
            Assert.Equal((HttpStatusCode.OK, type), (part.StatusCode, part.Content.Headers.ContentType?.MediaType));
        }
    }

    [Fact]
    public async Task Bodies_that_cannot_be_read_are_problem_documents_too()
    {
        using var answer = await _visitor.Http.PostAsync("/api/session", new StringContent("{", System.Text.Encoding.UTF8, "application/json"));

        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Equal(400, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("status").GetInt32());
    }

    private static string Header(HttpResponseMessage answer, string name) => string.Join(", ", answer.Headers.TryGetValues(name, out var values) ? values : []);

    [GeneratedRegex("'nonce-([^']+)'")]
    private static partial Regex Nonce();

    [GeneratedRegex("(?:href|src)=\"([^\"]+)\"")]
    private static partial Regex Links();
}
