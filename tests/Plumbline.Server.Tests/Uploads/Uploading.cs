using System.Security.Cryptography;
using System.Text.Json;
using Plumbline.Testing;

namespace Plumbline.Server.Tests.Uploads;

/// <summary>Sends files the way the browser does.</summary>
internal static class Uploading
{
    /// <summary>Opens an upload, sends all its parts and completes it; returns the job.</summary>
    internal static async Task<JsonElement> UploadAsync(this ApiClient client, string projectId, params (string Path, byte[] Bytes)[] files)
    {
        var id = await client.SendAllAsync(projectId, files);
        return await client.PostAsync($"/api/uploads/{id}/complete");
    }

    /// <summary>Opens an upload and sends all its parts; returns its id.</summary>
    internal static async Task<string> SendAllAsync(this ApiClient client, string projectId, params (string Path, byte[] Bytes)[] files)
    {
        var upload = await client.OpenAsync(projectId, files);
        var stream = files.SelectMany(file => file.Bytes).ToArray();
        var partSize = upload.GetProperty("partSize").GetInt32();
        for (var n = 0; n < upload.GetProperty("parts").GetInt32(); n++)
        {
            using var answer = await client.SendPartAsync(upload.GetProperty("id").GetString()!, n, stream.Skip(n * partSize).Take(partSize).ToArray());
            answer.EnsureSuccessStatusCode();
        }

        return upload.GetProperty("id").GetString()!;
    }

    internal static Task<JsonElement> OpenAsync(this ApiClient client, string projectId, params (string Path, byte[] Bytes)[] files) =>
        client.PostAsync($"/api/projects/{projectId}/uploads", new { files = files.Select(file => new { path = file.Path, size = file.Bytes.LongLength }), intent = "images" });

    internal static Task<HttpResponseMessage> SendPartAsync(this ApiClient client, string uploadId, int n, byte[] part, string? sha256 = null) =>
        client.SendContentAsync(HttpMethod.Put, $"/api/uploads/{uploadId}/parts/{n}", new ByteArrayContent(part), ("X-Content-SHA256", sha256 ?? Convert.ToHexStringLower(SHA256.HashData(part))));

    /// <summary>Waits until the job has ended and returns it.</summary>
    internal static async Task<JsonElement> EndOfAsync(this ApiClient client, JsonElement job) => await client.EndOfAsync(job.GetProperty("id").GetString()!);

    internal static async Task<JsonElement> EndOfAsync(this ApiClient client, string jobId)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var job = await client.GetAsync($"/api/jobs/{jobId}");
            if (job.GetProperty("finishedAt").ValueKind != JsonValueKind.Null) return job;
            await Task.Delay(20, limit.Token);
        }
    }

    /// <summary>Uploads, waits for the job to succeed, and returns the report.</summary>
    internal static async Task<JsonElement> AddAsync(this ApiClient client, string projectId, params (string Path, byte[] Bytes)[] files)
    {
        var job = await client.EndOfAsync(await client.UploadAsync(projectId, files));
        if (job.GetProperty("state").GetString() != "succeeded") throw new InvalidOperationException(job.ToString());
        var reports = await client.GetAsync($"/api/projects/{projectId}/reports?jobId={job.GetProperty("id").GetString()}");
        return reports.GetProperty("items").EnumerateArray().Single();
    }

    /// <summary>Added, duplicate and refused files of a report.</summary>
    internal static (int Added, int Duplicates, int Refused) Counts(this JsonElement report) =>
        (report.GetProperty("added").GetInt32(), report.GetProperty("duplicates").GetInt32(), report.GetProperty("refused").GetInt32());

    /// <summary>Item and code of each issue, by item.</summary>
    internal static (string Item, string Code)[] Issues(this JsonElement report) =>
        [.. report.GetProperty("issues").EnumerateArray().Select(issue => (issue.GetProperty("item").GetString()!, issue.GetProperty("code").GetString()!)).Order()];

    /// <summary>Paths of all images of a project, in order.</summary>
    internal static async Task<string[]> PathsAsync(this ApiClient client, string projectId) =>
        [.. (await client.GetAsync($"/api/projects/{projectId}/images?limit=1000")).GetProperty("items").EnumerateArray().Select(image => image.GetProperty("path").GetString()!)];
}
