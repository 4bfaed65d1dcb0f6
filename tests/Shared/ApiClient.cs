using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Server;
using Plumbline.Server.Security;

namespace Plumbline.Testing;

/// <summary>A person (or a program with a token) who speaks HTTP to a <see cref="TestServer"/>, with cookies and the anti-forgery header like a browser.</summary>
public sealed class ApiClient : IDisposable
{
    /// <summary>Everybody's password in tests.</summary>
    public const string Password = "plumb-line-42";

    private readonly TestServer _server;
    private readonly HttpClient _http;
    private Task<string>? _antiForgery;

    private ApiClient(TestServer server, string? token)
    {
        _server = server;
        Cookies = new CookieContainer();
        _http = new HttpClient(new SocketsHttpHandler { CookieContainer = Cookies, AllowAutoRedirect = false }) { BaseAddress = server.Url };
        if (token is not null) _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>The underlying client, for requests that the methods here do not cover.</summary>
    public HttpClient Http => _http;

    /// <summary>The session's cookies.</summary>
    public CookieContainer Cookies { get; }

    /// <summary>Id of the person; empty before signing in.</summary>
    public string UserId { get; private set; } = "";

    /// <summary>Address of the person; empty before signing in.</summary>
    public string Email { get; private set; } = "";

    /// <summary>Whether to send the anti-forgery header.</summary>
    public bool SendsAntiForgery { get; set; } = true;

    /// <summary>Nobody.</summary>
    public static ApiClient Anonymous(TestServer server) => new(server, null);

    /// <summary>A program with an access token.</summary>
    public static ApiClient WithToken(TestServer server, string token) => new(server, token);

    /// <summary>Sets the installation up; the result is its owner, an administrator.</summary>
    public static async Task<ApiClient> OwnerAsync(TestServer server)
    {
        var client = new ApiClient(server, null);
        var code = server.Services.GetRequiredService<SetupCode>().Value ?? throw new InvalidOperationException("The server has an owner already.");
        var me = await client.PostAsync("/api/setup", new { code, email = "owner@example.org", name = "Olive Owner", password = Password });
        return client.Adopt(me);
    }

    /// <summary>Signs a person in who has an account.</summary>
    public static async Task<ApiClient> SignInAsync(TestServer server, string email, string password = Password)
    {
        var client = new ApiClient(server, null);
        return client.Adopt(await client.PostAsync("/api/session", new { email, password, remember = true }));
    }

    /// <summary>Invites a new person into a project (this client must be allowed to) and signs them in.</summary>
    public async Task<ApiClient> InviteAsync(string projectId, ProjectRole role, string? email = null) =>
        await AcceptAsync(await PostAsync("/api/invitations", new { email = email ?? NewEmail(role.ToString()), projectId, role }), role.ToString());

    /// <summary>Invites a new person into the installation, who belongs to no project yet, and signs them in. This client must be an administrator's.</summary>
    public async Task<ApiClient> InviteStrangerAsync(bool admin = false) =>
        await AcceptAsync(await PostAsync("/api/invitations", new { email = NewEmail("stranger"), admin }), "Stranger");

    /// <summary>A program that acts for this person.</summary>
    public async Task<ApiClient> NewTokenAsync(params TokenScope[] scopes)
    {
        var token = await PostAsync("/api/tokens", new { name = "test", scopes });
        return WithToken(_server, token.GetProperty("token").GetString()!);
    }

    /// <summary>Makes a project and returns its id.</summary>
    public async Task<string> CreateProjectAsync(string name = "Signs") => (await PostAsync("/api/projects", new { name })).GetProperty("id").GetString()!;

    /// <summary>GET that must succeed.</summary>
    public Task<JsonElement> GetAsync(string path) => ReadAsync(SendAsync(HttpMethod.Get, path));

    /// <summary>POST that must succeed.</summary>
    public Task<JsonElement> PostAsync(string path, object? body = null) => ReadAsync(SendAsync(HttpMethod.Post, path, body ?? new { }));

    /// <summary>PUT that must succeed.</summary>
    public Task<JsonElement> PutAsync(string path, object? body, string? ifMatch = null) => ReadAsync(SendAsync(HttpMethod.Put, path, body, ("If-Match", ifMatch)));

    /// <summary>PATCH that must succeed.</summary>
    public Task<JsonElement> PatchAsync(string path, object body) => ReadAsync(SendAsync(HttpMethod.Patch, path, body));

    /// <summary>DELETE that must succeed.</summary>
    public Task<JsonElement> DeleteAsync(string path, object? body = null) => ReadAsync(SendAsync(HttpMethod.Delete, path, body));

    /// <summary>Any request with a JSON body, whatever the answer. A header whose value is null is left out.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body = null, params (string Name, string? Value)[] headers) =>
        SendContentAsync(method, path, body is null ? null : JsonContent.Create(body, options: JsonSettings.Options), headers);

    /// <summary>Any request with any body, whatever the answer. A header whose value is null is left out.</summary>
    public async Task<HttpResponseMessage> SendContentAsync(HttpMethod method, string path, HttpContent? content, params (string Name, string? Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        foreach (var (name, value) in headers)
        {
            if (value is not null) request.Headers.TryAddWithoutValidation(name, value);
        }

        // One token for requests that begin at once: each asked for would make the one before it worthless.
        if (SendsAntiForgery && UserId.Length > 0 && method != HttpMethod.Get) request.Headers.Add("X-CSRF-TOKEN", await (_antiForgery ??= AntiForgeryAsync()));
        return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>A request that must be refused: its status and the last part of the problem's type.</summary>
    public async Task<(int Status, string Problem)> RefusedAsync(HttpMethod method, string path, object? body = null, params (string Name, string? Value)[] headers)
    {
        using var response = await SendAsync(method, path, body, headers);
        var text = await response.Content.ReadAsStringAsync();
        if (response.IsSuccessStatusCode) throw new HttpRequestException($"{method} {path} was not refused: {(int)response.StatusCode} {text}");
        if (response.Content.Headers.ContentType?.MediaType != "application/problem+json") throw new HttpRequestException($"{method} {path}: {(int)response.StatusCode} without a problem document: {text}");
        return ((int)response.StatusCode, JsonDocument.Parse(text).RootElement.GetProperty("type").GetString()!.Split('/')[^1]);
    }

    /// <summary>The answer of a request that must succeed; undefined when it has no body.</summary>
    public static async Task<JsonElement> ReadAsync(Task<HttpResponseMessage> request)
    {
        using var response = await request;
        var text = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode)
        {
            throw new HttpRequestException($"{response.RequestMessage?.Method} {response.RequestMessage?.RequestUri}: {(int)response.StatusCode} {text}", null, response.StatusCode);
        }

        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    private static string NewEmail(string who) => $"{who.ToLowerInvariant()}-{Guid.NewGuid():N}@example.org";

    private async Task<ApiClient> AcceptAsync(JsonElement invitation, string name)
    {
        var client = new ApiClient(_server, null);
        var code = new Uri(invitation.GetProperty("url").GetString()!).Segments[^1];
        return client.Adopt(await client.PostAsync($"/api/join/{code}", new { name = $"{name} Person", password = Password }));
    }

    private ApiClient Adopt(JsonElement me)
    {
        UserId = me.GetProperty("id").GetString()!;
        Email = me.GetProperty("email").GetString()!;
        _antiForgery = null;
        return this;
    }

    private async Task<string> AntiForgeryAsync() => (await GetAsync("/api/session")).GetProperty("antiForgeryToken").GetString()!;
}
