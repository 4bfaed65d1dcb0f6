using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Server.Features.Events;
using Plumbline.Server.Security;
using Plumbline.Server.Storage;
using Plumbline.Server.Tests.Annotations;
using Plumbline.Server.Tests.Uploads;
using Plumbline.Testing;
using Xunit;

namespace Plumbline.Server.Tests.Images;

public sealed class ImagesTests
{
    [Fact]
    public async Task Lists_are_sorted_paged_filtered_and_counted()
    {
        await using var server = await TestServer.StartAsync();
        using var owner = await ApiClient.OwnerAsync(server);
        var project = await owner.CreateProjectAsync();
        await owner.AddAsync(project, [.. Enumerable.Range(0, 9).Select(i => ($"{(i % 2 == 0 ? "even" : "odd_%")}/{i}.jpg", Photos.Jpeg(i)))]);
        var all = await owner.PathsAsync(project);
        await LabelAsync(server, all[0], "labelled", 2);
        await LabelAsync(server, all[1], "unlabelled", 5);
        await LabelAsync(server, all[2], "unusable", 0);

        Assert.Equal(all.Order(StringComparer.Ordinal), all);
        Assert.Equal(all.Reverse(), await PathsAsync(owner, project, "sort=-path"));
        Assert.Equal([all[1], all[0]], (await PathsAsync(owner, project, "sort=-annotations"))[..2]);
        Assert.Equal(all[2], (await PathsAsync(owner, project, "sort=-updated"))[0]);
        foreach (var sort in (string[])["path", "-path", "added", "-added", "updated", "-updated", "annotations", "-annotations"])
        {
            Assert.Equal(await PathsAsync(owner, project, $"sort={sort}"), await PagesAsync(owner, project, $"sort={sort}&limit=2"));
        }

        (string Filter, string[] Expected)[] cases =
        [
            ("state:done", [all[0], all[2]]), ("state:inProgress", [all[1]]), ("-state:new", all[..3]), ("outcome:unusable", [all[2]]), ("state:done -outcome:labelled", [all[2]]),
            ("EVEN/2", ["even/2.jpg"]), ("odd_%", [.. all.Where(path => path.StartsWith("odd", StringComparison.Ordinal))]), ("-name:odd 4", ["even/4.jpg"]), ("o_d", []), ("class:nothing", []),
        ];
        foreach (var (filter, expected) in cases)
        {
            var page = await owner.GetAsync($"/api/projects/{project}/images?count=true&filter={Uri.EscapeDataString(filter)}");
            Assert.Equal(expected, page.GetProperty("items").EnumerateArray().Select(image => image.GetProperty("path").GetString()!));
            Assert.Equal(expected.Length, page.GetProperty("count").GetInt32());
        }

        using var wrong = await owner.SendAsync(HttpMethod.Get, $"/api/projects/{project}/images?filter=cat%20size:3");
        var problem = JsonDocument.Parse(await wrong.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        Assert.Equal(("/problems/filter", "4"), (problem.GetProperty("type").GetString(), problem.GetProperty("errors")[0].GetProperty("pointer").GetString()));
        Assert.Equal((400, "sort"), await owner.RefusedAsync(HttpMethod.Get, $"/api/projects/{project}/images?sort=size"));
        Assert.Equal((400, "cursor"), await owner.RefusedAsync(HttpMethod.Get, $"/api/projects/{project}/images?cursor=abc"));
    }

    [Fact]
    public async Task Lists_are_filtered_by_class_and_verdict_of_what_is_there_now()
    {
        await using var server = await TestServer.StartAsync();
        using var owner = await ApiClient.OwnerAsync(server);
        var project = await owner.CreateProjectAsync();
        await SeedSet.OntologyAsync(server.Services.GetRequiredService<Database>(), project, LabelBench.Ontology);
        await owner.AddAsync(project, ("a.jpg", Photos.Jpeg(1)), ("b.jpg", Photos.Jpeg(2)));
        var set = (await owner.GetAsync($"/api/projects/{project}/images")).GetProperty("items")[0].GetProperty("setId").GetString();
        var doubtful = Guid.CreateVersion7();
        var asked = LabelBench.Box(doubtful);
        asked["verdict"] = "unsure";
        await owner.PostAsync($"/api/annotation-sets/{set}/changes", LabelBench.ChangeSet(LabelBench.Put(LabelBench.Box(Guid.CreateVersion7())), LabelBench.Put(asked)));

        foreach (var filter in (string[])["class:car", "class:CAR", "verdict:unsure"]) Assert.Equal(["a.jpg"], await PathsAsync(owner, project, $"filter={filter}"));
        Assert.Empty(await PathsAsync(owner, project, "filter=verdict:accepted"));
        Assert.Equal(["b.jpg"], await PathsAsync(owner, project, "filter=-verdict:unsure"));

        await owner.PostAsync($"/api/annotation-sets/{set}/changes", LabelBench.ChangeSet(LabelBench.Delete(doubtful, 1)));
        Assert.Equal(["a.jpg"], await PathsAsync(owner, project, "filter=class:car"));
        Assert.Empty(await PathsAsync(owner, project, "filter=verdict:unsure"));
    }

    [Fact]
    public async Task Pictures_are_cached_for_ever_under_their_version_and_come_in_ranges()
    {
        await using var server = await TestServer.StartAsync();
        using var owner = await ApiClient.OwnerAsync(server);
        var project = await owner.CreateProjectAsync();
        var photo = Photos.Jpeg(1, 1200, 900);
        await owner.AddAsync(project, ("a.jpg", photo));
        var id = (await owner.GetAsync($"/api/projects/{project}/images")).GetProperty("items")[0].GetProperty("id").GetString();
        var image = await owner.GetAsync($"/api/images/{id}");
        var pixels = image.GetProperty("pixelsUrl").GetString()!;
        Assert.Equal(pixels, (await owner.GetAsync($"/api/projects/{project}/images")).GetProperty("items")[0].GetProperty("pixelsUrl").GetString());

        using var whole = await owner.Http.GetAsync(pixels, TestContext.Current.CancellationToken);
        Assert.Equal(photo, await whole.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal(("max-age=31536000, private, immutable", "nosniff", "image/jpeg"),
            (whole.Headers.GetValues("Cache-Control").Single(), whole.Headers.GetValues("X-Content-Type-Options").Single(), whole.Content.Headers.ContentType!.MediaType));

        using var part = new HttpRequestMessage(HttpMethod.Get, pixels) { Headers = { Range = new RangeHeaderValue(100, 199) } };
        using var ranged = await owner.Http.SendAsync(part, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.PartialContent, ranged.StatusCode);
        Assert.Equal(photo[100..200], await ranged.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));

        using var known = new HttpRequestMessage(HttpMethod.Get, $"/api/images/{id}/pixels") { Headers = { IfNoneMatch = { whole.Headers.ETag! } } };
        using var unchanged = await owner.Http.SendAsync(known, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
        Assert.Contains("no-cache", unchanged.Headers.GetValues("Cache-Control").Single(), StringComparison.Ordinal);

        foreach (var (size, width) in ((string, int)[])[("512", 512), ("256", 256)])
        {
            var thumbnail = await owner.Http.GetByteArrayAsync($"/api/images/{id}/thumbnail?size={size}", TestContext.Current.CancellationToken);
            Assert.Equal(width, Imaging.ImageProbe.Probe(Imaging.ImageSource.FromBytes(thumbnail), Imaging.ImageLimits.Default).Width);
        }

        Assert.Equal((400, "invalid"), await owner.RefusedAsync(HttpMethod.Get, $"/api/images/{id}/thumbnail?size=4000"));
        using var stranger = await owner.InviteStrangerAsync();
        Assert.Equal((404, "not-found"), await stranger.RefusedAsync(HttpMethod.Get, pixels));
    }

    [Fact]
    public async Task Neighbours_are_those_of_the_filtered_and_sorted_list()
    {
        await using var server = await TestServer.StartAsync();
        using var owner = await ApiClient.OwnerAsync(server);
        var project = await owner.CreateProjectAsync();
        await owner.AddAsync(project, [.. Enumerable.Range(0, 12).Select(i => ($"{i:00}.jpg", Photos.Jpeg(i)))]);
        var ids = (await owner.GetAsync($"/api/projects/{project}/images")).GetProperty("items").EnumerateArray().ToDictionary(i => i.GetProperty("path").GetString()!, i => i.GetProperty("id").GetString()!);
        foreach (var path in (string[])["03.jpg", "07.jpg"]) await LabelAsync(server, path, "labelled", 1);

        async Task<(int?, int, string, string)> Of(string path, string query)
        {
            var found = await owner.GetAsync($"/api/images/{ids[path]}/neighbours?{query}");
            string Names(string side) => string.Join(' ', found.GetProperty(side).EnumerateArray().Select(i => i.GetProperty("path").GetString()![..2]));
            return (found.GetProperty("index").ValueKind == JsonValueKind.Null ? null : found.GetProperty("index").GetInt32(), found.GetProperty("count").GetInt32(), Names("previous"), Names("next"));
        }

        Assert.Equal((5, 12, "02 03 04", "06 07 08 09 10"), await Of("05.jpg", ""));
        Assert.Equal((0, 12, "", "01 02 03 04 05"), await Of("00.jpg", ""));
        Assert.Equal((0, 12, "", "10 09 08 07 06"), await Of("11.jpg", "sort=-path"));
        Assert.Equal((1, 2, "03", ""), await Of("07.jpg", "filter=state:done"));
        Assert.Equal((null, 2, "03", "07"), await Of("05.jpg", "filter=state:done"));
        Assert.Equal((null, 10, "04 05 06", "08 09 10 11"), await Of("07.jpg", "filter=state:new"));
    }

    [Fact]
    public async Task Removed_images_are_gone_until_they_are_restored()
    {
        await using var server = await TestServer.StartAsync();
        using var owner = await ApiClient.OwnerAsync(server);
        var project = await owner.CreateProjectAsync();
        await owner.AddAsync(project, ("a.jpg", Photos.Jpeg(1)), ("b.jpg", Photos.Jpeg(2)));
        var id = (await owner.GetAsync($"/api/projects/{project}/images?filter=a.jpg")).GetProperty("items")[0].GetProperty("id").GetString()!;
        string[] Status(JsonElement answer) => [.. answer.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("status").GetString()!)];

        Assert.Equal(["removed", "notFound", "notFound"], Status(await owner.PostAsync($"/api/projects/{project}/images/remove", new { ids = new[] { id, id, "none" } })));
        Assert.Equal(["b.jpg"], await owner.PathsAsync(project));
        foreach (var path in (string[])["", "/pixels", "/thumbnail", "/neighbours"]) Assert.Equal((404, "not-found"), await owner.RefusedAsync(HttpMethod.Get, $"/api/images/{id}{path}"));

        Assert.Equal((1, 0, 0), (await owner.AddAsync(project, ("a.jpg", Photos.Jpeg(3)))).Counts());
        var restored = await owner.PostAsync($"/api/projects/{project}/images/restore", new { ids = new[] { id } });
        Assert.Equal(["restored"], Status(restored));
        Assert.Equal("a (2).jpg", restored.GetProperty("items")[0].GetProperty("path").GetString());
        Assert.Equal(["a (2).jpg", "a.jpg", "b.jpg"], await owner.PathsAsync(project));

        await owner.PostAsync($"/api/projects/{project}/images/remove", new { ids = new[] { id } });
        await server.Services.GetRequiredService<Database>().WriteAsync(session => session.ExecuteAsync("UPDATE images SET removed_at = 1 WHERE id = @id", new { id }));
        Assert.Equal(["notFound"], Status(await owner.PostAsync($"/api/projects/{project}/images/restore", new { ids = new[] { id } })));
        using var reviewer = await owner.InviteAsync(project, ProjectRole.Reviewer);
        Assert.Equal((403, "forbidden"), await reviewer.RefusedAsync(HttpMethod.Post, $"/api/projects/{project}/images/remove", new { ids = new[] { id } }));
    }

    [Fact]
    public async Task A_growing_list_is_told_of_at_most_once_a_second()
    {
        await using var server = await TestServer.StartAsync();
        using var owner = await ApiClient.OwnerAsync(server);
        var project = await owner.CreateProjectAsync();
        using var stream = server.Services.GetRequiredService<EventBus>().Subscribe();
        var started = DateTimeOffset.UtcNow;

        await owner.AddAsync(project, [.. Enumerable.Range(0, 30).Select(i => ($"{i}.jpg", Photos.Jpeg(i, 1000, 800)))]);
        await Task.Delay(1_200, TestContext.Current.CancellationToken);

        var told = 0;
        while (stream.Reader.TryRead(out var published)) told += published.Name == "images" && published.ProjectId == project ? 1 : 0;
        Assert.InRange(told, 1, 1 + (int)Math.Ceiling((DateTimeOffset.UtcNow - started).TotalSeconds));
    }

    private static Task LabelAsync(TestServer server, string path, string outcome, long annotations) =>
        server.Services.GetRequiredService<Database>().WriteAsync(session => session.ExecuteAsync(
            "UPDATE annotation_sets SET outcome = @outcome, annotation_count = @annotations, updated_at = updated_at + @later WHERE image_id IN (SELECT id FROM images WHERE path = @path)",
            new { outcome, annotations, path, later = outcome == "unusable" ? 100_000L : 1L }));

    private static async Task<string[]> PathsAsync(ApiClient client, string project, string query) =>
        [.. (await client.GetAsync($"/api/projects/{project}/images?{query}")).GetProperty("items").EnumerateArray().Select(image => image.GetProperty("path").GetString()!)];

    private static async Task<string[]> PagesAsync(ApiClient client, string project, string query)
    {
        var paths = new List<string>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await client.GetAsync(string.Create(CultureInfo.InvariantCulture, $"/api/projects/{project}/images?{query}{(cursor.Length == 0 ? "" : "&cursor=" + cursor)}"));
            paths.AddRange(page.GetProperty("items").EnumerateArray().Select(image => image.GetProperty("path").GetString()!));
            cursor = page.GetProperty("next").GetString();
        }

        return [.. paths];
    }
}
