using System.Text.Json;
using Plumbline.Server.Tests.Uploads;
using Plumbline.Testing;

namespace Plumbline.Server.Tests.Imports;

/// <summary>Looks at datasets and imports them the way the page does.</summary>
internal static class Datasets
{
    /// <summary>Uploads files to be looked at and waits for the end of the look.</summary>
    internal static async Task<JsonElement> LookAsync(this ApiClient client, string projectId, string? format, params (string Path, byte[] Bytes)[] files)
    {
        var upload = await client.PostAsync($"/api/projects/{projectId}/uploads", new { files = files.Select(file => new { path = file.Path, size = file.Bytes.LongLength }), intent = "preview", format });
        var id = upload.GetProperty("id").GetString()!;
        using (var answer = await client.SendPartAsync(id, 0, [.. files.SelectMany(file => file.Bytes)])) answer.EnsureSuccessStatusCode();
        return await client.EndOfAsync(await client.PostAsync($"/api/uploads/{id}/complete"));
    }

    /// <summary>The preview that a look left.</summary>
    internal static Task<JsonElement> PreviewAsync(this ApiClient client, JsonElement look) => client.GetAsync($"/api/imports/{look.GetProperty("id").GetString()}");

    /// <summary>Imports what was looked at; waits for the end.</summary>
    internal static async Task<JsonElement> ImportAsync(this ApiClient client, JsonElement look, params object[] classes) =>
        await client.EndOfAsync(await client.PostAsync($"/api/imports/{look.GetProperty("id").GetString()}/start", new { classes }));

    /// <summary>Gives it a set of classes.</summary>
    internal static async Task SetOntologyAsync(this ApiClient client, string projectId, object ontology)
    {
        var path = $"/api/projects/{projectId}/ontology";
        var current = await client.GetAsync(path);
        await client.PutAsync(path, new { ontology, reason = "" }, current.GetProperty("etag").GetString());
    }

    /// <summary>The names of the project's classes, in order.</summary>
    internal static async Task<string[]> ClassNamesAsync(this ApiClient client, string projectId) =>
        [.. (await client.GetAsync($"/api/projects/{projectId}/ontology")).GetProperty("ontology").GetProperty("classes").EnumerateArray().Select(c => c.GetProperty("name").GetString()!)];

    /// <summary>The annotations of all images, as the API tells them, by path.</summary>
    internal static async Task<Dictionary<string, List<JsonElement>>> AnnotationsAsync(this ApiClient client, string projectId)
    {
        var found = new Dictionary<string, List<JsonElement>>();
        foreach (var image in (await client.GetAsync($"/api/projects/{projectId}/images?limit=100")).GetProperty("items").EnumerateArray())
        {
            var set = await client.GetAsync($"/api/annotation-sets/{image.GetProperty("setId").GetString()}");
            found[image.GetProperty("path").GetString()!] = [.. set.GetProperty("annotations").EnumerateArray()];
        }

        return found;
    }
}
