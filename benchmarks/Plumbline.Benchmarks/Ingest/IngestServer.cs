using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Core.Ontologies;
using Plumbline.Server;
using Plumbline.Server.Security;

namespace Plumbline.Benchmarks.Ingest;

/// <summary>A server of our own in a temporary data folder (SQLite, full sync), spoken to over HTTP as the browser does.</summary>
internal sealed class IngestServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly HttpClient http;
    private readonly string data;
    private readonly CookieContainer cookies = new();

    private IngestServer(WebApplication app, string data, string address)
    {
        (this.app, this.data) = (app, data);
        http = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies }) { BaseAddress = new Uri(address) };
    }

    public static async Task<IngestServer> StartAsync()
    {
        var data = Directory.CreateTempSubdirectory("plumbline-bench-").FullName;
        var app = await ServerApp.BuildAsync(new ServerOptions { DataDirectory = data, Url = "http://127.0.0.1:0", PlainLogs = true });
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First(); // it listens
        var server = new IngestServer(app, data, address);
        await server.SignUpAsync();
        return server;
    }

    public Uri Address => http.BaseAddress!; // set when it started

    /// <summary>The session, as a browser would send it.</summary>
    public string CookieHeader => cookies.GetCookieHeader(Address);

    public Task<JsonElement> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public Task<byte[]> GetBytesAsync(string path) => http.GetByteArrayAsync(path);

    public async Task<string> CreateProjectAsync() => Text(await SendAsync(HttpMethod.Post, "/api/projects", new { name = "Bench", description = "" }), "id");

    /// <summary>Makes this the project's ontology.</summary>
    public async Task SaveOntologyAsync(string projectId, Ontology ontology)
    {
        var path = $"/api/projects/{projectId}/ontology";
        await SendAsync(HttpMethod.Put, path, new { ontology, reason = "bench" }, Text(await GetAsync(path), "etag"));
    }

    /// <summary>Makes one more person an annotator of the project; returns that session, as a browser would send it.</summary>
    public async Task<string> InviteAsync(string projectId, string name)
    {
        var invitation = await SendAsync(HttpMethod.Post, "/api/invitations", new { email = $"{name}@example.org", projectId, role = "annotator" });
        var jar = new CookieContainer();
        using var person = new HttpClient(new SocketsHttpHandler { CookieContainer = jar }) { BaseAddress = Address };
        using var answer = await person.PostAsJsonAsync($"/api/join/{new Uri(Text(invitation, "url")).Segments[^1]}", new { name, password = Convert.ToHexString(RandomNumberGenerator.GetBytes(16)) });
        answer.EnsureSuccessStatusCode();
        return jar.GetCookieHeader(Address);
    }

    /// <summary>Runs a script of <c>web/bench</c>; what it prints is seen.</summary>
    public static async Task<int> RunScriptAsync(string name, params string[] arguments)
    {
        var script = Path.Combine(Directory.GetCurrentDirectory(), "web", "bench", name);
        using var node = Process.Start(new ProcessStartInfo("node", [script, .. arguments])) ?? throw new InvalidOperationException("node did not start.");
        await node.WaitForExitAsync();
        return node.ExitCode;
    }

    /// <summary>Sends all files in parts of 8 MiB, two at a time, and returns the id of the complete upload.</summary>
    public async Task<string> UploadAsync(string projectId, string[] files)
    {
        var upload = await SendAsync(HttpMethod.Post, $"/api/projects/{projectId}/uploads", new { files = files.Select(file => new { path = Path.GetFileName(file), size = new FileInfo(file).Length }), intent = "images" });
        var (id, partSize, parts) = (Text(upload, "id"), upload.GetProperty("partSize").GetInt32(), upload.GetProperty("parts").GetInt32());
        using var all = new FileSequence(files);
        var gate = new Lock();
        var next = 0;
        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
        {
            var buffer = new byte[partSize];
            while (true)
            {
                int n, length;
                lock (gate)
                {
                    if (next == parts) return;
                    n = next++;
                    length = all.Read(buffer);
                }

                using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/uploads/{id}/parts/{n}") { Content = new ByteArrayContent(buffer, 0, length) };
                request.Headers.Add("X-Content-SHA256", Convert.ToHexStringLower(SHA256.HashData(buffer.AsSpan(0, length))));
                using var answer = await http.SendAsync(request);
                answer.EnsureSuccessStatusCode();
            }
        })));
        return id;
    }

    /// <summary>Completes the upload and waits until its job has ended; returns the number of images added.</summary>
    public async Task<int> IngestAsync(string uploadId)
    {
        var job = await SendAsync(HttpMethod.Post, $"/api/uploads/{uploadId}/complete", new { });
        while (job.GetProperty("finishedAt").ValueKind == JsonValueKind.Null)
        {
            await Task.Delay(50);
            job = await SendAsync(HttpMethod.Get, $"/api/jobs/{Text(job, "id")}", null);
        }

        return Text(job, "state") == "succeeded" ? job.GetProperty("result").GetProperty("added").GetInt32() : throw new InvalidOperationException($"The job did not succeed: {job}");
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        Directory.Delete(data, recursive: true);
    }

    private async Task SignUpAsync()
    {
        var code = app.Services.GetRequiredService<SetupCode>().Value;
        await SendAsync(HttpMethod.Post, "/api/setup", new { code, email = "bench@example.org", name = "Bench", password = Convert.ToHexString(RandomNumberGenerator.GetBytes(16)) });
        http.DefaultRequestHeaders.Add("X-CSRF-TOKEN", Text(await SendAsync(HttpMethod.Get, "/api/session", null), "antiForgeryToken"));
        http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
    }

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, object? body, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body, options: JsonSettings.Options) };
        if (ifMatch is not null) request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        using var answer = await http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? JsonSerializer.Deserialize<JsonElement>(text) : throw new HttpRequestException($"{method} {path}: {(int)answer.StatusCode} {text}");
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? throw new InvalidOperationException($"The answer has no {name}.");

    /// <summary>Files read one after the other as one stream.</summary>
    private sealed class FileSequence(string[] files) : IDisposable
    {
        private FileStream? current;
        private int index;

        public int Read(Span<byte> buffer)
        {
            var filled = 0;
            while (filled < buffer.Length && (current is not null || index < files.Length))
            {
                current ??= File.OpenRead(files[index++]);
                var read = current.Read(buffer[filled..]);
                filled += read;
                if (read > 0) continue;
                current.Dispose();
                current = null;
            }

            return filled;
        }

        public void Dispose() => current?.Dispose();
    }
}
