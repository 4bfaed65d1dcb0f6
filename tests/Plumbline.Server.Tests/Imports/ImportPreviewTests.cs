using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Server.Storage;
using Plumbline.Server.Tests.Images;
using Plumbline.Server.Tests.Uploads;
using Plumbline.Testing;
using Xunit;

namespace Plumbline.Server.Tests.Imports;

/// <summary>A dataset is looked at, decided on, and only then imported.</summary>
public sealed class ImportPreviewTests
{
    private static readonly object Car = new { id = "car", name = "car", color = "#ff0000", shapes = Array.Empty<string>(), description = "", attributes = Array.Empty<object>(), retired = false };
    private static readonly object Old = new { id = "old", name = "old", color = "#00ff00", shapes = Array.Empty<string>(), description = "", attributes = Array.Empty<object>(), retired = true };

    /// <summary>Labels of three images: one that the project has under another folder, one whose picture comes along, one of which nobody has a picture.</summary>
    private const string Coco = """
        {
          "images": [
            {"id": 1, "file_name": "one.jpg", "width": 320, "height": 240},
            {"id": 2, "file_name": "two.jpg", "width": 320, "height": 240},
            {"id": 3, "file_name": "three.jpg", "width": 320, "height": 240}],
          "categories": [{"id": 7, "name": "car"}, {"id": 8, "name": "Bus", "supercategory": "car"}, {"id": 9, "name": "سيارة إسعاف"}, {"id": 10, "name": "unused"}],
          "annotations": [
            {"id": 1, "image_id": 1, "category_id": 7, "bbox": [10, 20, 30, 40], "area": 1200, "iscrowd": 0, "attributes": {"parked": true}},
            {"id": 2, "image_id": 1, "category_id": 8, "bbox": [50, 60, 70, 80], "area": 5600, "iscrowd": 0, "segmentation": [[50, 60, 120, 60, 120, 140]]},
            {"id": 3, "image_id": 2, "category_id": 9, "bbox": [1, 2, 3, 4], "area": 12, "iscrowd": 0},
            {"id": 4, "image_id": 3, "category_id": 7, "bbox": [1, 2, 3, 4], "area": 12, "iscrowd": 0},
            {"id": 5, "image_id": 1, "category_id": 99, "bbox": [1, 2, 3, 4], "area": 12, "iscrowd": 0}]
        }
        """;

    [Fact]
    public async Task A_look_tells_what_is_there_and_changes_nothing()
    {
        await using var server = await TestServer.StartAsync();
        using var owner = await ApiClient.OwnerAsync(server);
        var project = await ProjectAsync(owner);

        var look = await owner.LookAsync(project, null, ("labels.zip", Zip()));
        var preview = await owner.PreviewAsync(look);

        Assert.Equal("coco", preview.GetProperty("format").GetString());
        Assert.Equal([("car", "car", 2), ("Bus", null, 1), ("سيارة إسعاف", null, 1), ("unused", null, 0)],
            preview.GetProperty("classes").EnumerateArray().Select(c => (c.GetProperty("name").GetString(), c.GetProperty("classId").GetString(), c.GetProperty("annotations").GetInt32())));
        Assert.Equal("parked", Assert.Single(preview.GetProperty("classes")[0].GetProperty("attributes").EnumerateArray()).GetProperty("name").GetString());
        var images = preview.GetProperty("images");
        Assert.Equal((3, 1, 1, 1), (Number(images, "total"), Number(images, "brought"), Number(images, "inProject"), Number(images, "unknown")));
        Assert.Equal([("box", 3), ("polygon", 1)], preview.GetProperty("kinds").EnumerateArray().Select(k => (k.GetProperty("kind").GetString(), Number(k, "count"))));
        Assert.Equal(1, Number(preview, "errors"));
        Assert.Contains("99", preview.GetProperty("issues")[0].GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Contains(preview.GetProperty("losses").EnumerateArray(), l => l.GetProperty("code").GetString() == "stated-area" && l.GetProperty("bookkeeping").GetBoolean());

        var pictures = preview.GetProperty("pictures").EnumerateArray().ToDictionary(p => p.GetProperty("path").GetString()!);
        Assert.NotNull(pictures["one.jpg"].GetProperty("imageId").GetString());
        Assert.Equal([50, 60, 120, 60, 120, 140], pictures["one.jpg"].GetProperty("shapes")[1].GetProperty("lines")[0].EnumerateArray().Select(n => n.GetDouble()));
        Assert.True(pictures["two.jpg"].GetProperty("hasThumbnail").GetBoolean());
        var place = preview.GetProperty("pictures").EnumerateArray().Select(p => p.GetProperty("path").GetString()).ToList().IndexOf("two.jpg");
        var thumbnail = await owner.Http.GetByteArrayAsync($"/api/imports/{look.GetProperty("id").GetString()}/pictures/{place}", TestContext.Current.CancellationToken);
        Assert.Equal([0xFF, 0xD8], thumbnail[..2]);

        Assert.Equal(["a/one.jpg"], await owner.PathsAsync(project));
        Assert.Equal(["car", "old"], await owner.ClassNamesAsync(project));
        Assert.Empty((await owner.AnnotationsAsync(project))["a/one.jpg"]);
    }

    [Fact]
    public async Task Classes_become_what_was_decided()
    {
        await using var server = await TestServer.StartAsync();
        using var owner = await ApiClient.OwnerAsync(server);
        var project = await ProjectAsync(owner);
        var look = await owner.LookAsync(project, null, ("labels.zip", Zip()));

        var job = await owner.ImportAsync(
            look,
            new { index = 0, name = "car", fate = "drop" },
            new { index = 1, name = "Bus", fate = "existing", classId = "car" },
            new { index = 2, name = "سيارة إسعاف", fate = "new", newName = "Ambulance" });

        Assert.True(job.GetProperty("state").GetString() == "succeeded", job.ToString());
        Assert.Equal(["car", "old", "Ambulance", "unused"], await owner.ClassNamesAsync(project));
        var annotations = await owner.AnnotationsAsync(project);
        Assert.Equal(["a/one.jpg", "two.jpg"], annotations.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(("car", "polygon"), (Assert.Single(annotations["a/one.jpg"]).GetProperty("classId").GetString(), annotations["a/one.jpg"][0].GetProperty("shape").GetProperty("kind").GetString()));
        Assert.Single(annotations["two.jpg"]);
        Assert.Equal((404, "not-found"), await owner.RefusedAsync(HttpMethod.Get, $"/api/imports/{look.GetProperty("id").GetString()}", null));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(server.Options.DataDirectory, "uploads")));
    }

    [Fact]
    public async Task Without_decisions_classes_go_by_name_and_keep_their_tree_and_attributes()
    {
        await using var server = await TestServer.StartAsync();
        using var owner = await ApiClient.OwnerAsync(server);
        var project = await ProjectAsync(owner);

        var job = await owner.ImportAsync(await owner.LookAsync(project, null, ("labels.zip", Zip())));

        Assert.True(job.GetProperty("state").GetString() == "succeeded", job.ToString());
        var classes = (await owner.GetAsync($"/api/projects/{project}/ontology")).GetProperty("ontology").GetProperty("classes").EnumerateArray().ToDictionary(c => c.GetProperty("name").GetString()!);
        Assert.Equal("car", classes["Bus"].GetProperty("parentId").GetString());
        Assert.Equal("boolean", Assert.Single(classes["car"].GetProperty("attributes").EnumerateArray()).GetProperty("kind").GetString());
        Assert.Equal(2, (await owner.AnnotationsAsync(project))["a/one.jpg"].Count);
        var issues = await owner.GetAsync($"/api/jobs/{job.GetProperty("id").GetString()}/issues");
        Assert.Contains(issues.GetProperty("items").EnumerateArray(), i => i.GetProperty("code").GetString() == "no-image" && i.GetProperty("item").GetString() == "three.jpg");
    }

    [Fact]
    public async Task What_is_given_up_leaves_nothing_behind()
    {
        await using var server = await TestServer.StartAsync();
        using var owner = await ApiClient.OwnerAsync(server);
        var project = await ProjectAsync(owner);
        var blobs = BlobsOf(server);
        var look = await owner.LookAsync(project, null, ("labels.zip", Zip()));

        await owner.DeleteAsync($"/api/imports/{look.GetProperty("id").GetString()}");

        Assert.Equal((404, "not-found"), await owner.RefusedAsync(HttpMethod.Post, $"/api/imports/{look.GetProperty("id").GetString()}/start", new { }));
        Assert.Equal((409, "upload-gone"), await owner.RefusedAsync(HttpMethod.Post, $"/api/imports/{look.GetProperty("id").GetString()}/looks", new { format = "coco" }));
        var database = server.Services.GetRequiredService<Database>();
        Assert.Equal(0, await database.ReadAsync(session => session.ScalarAsync<long>("SELECT (SELECT COUNT(*) FROM import_previews) + (SELECT COUNT(*) FROM import_preview_pictures)")));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(server.Options.DataDirectory, "uploads")));
        Assert.Equal(blobs, BlobsOf(server));
        Assert.Equal(["car", "old"], await owner.ClassNamesAsync(project));
    }

    [Fact]
    public async Task Files_that_are_no_dataset_can_be_looked_at_again_in_another_format()
    {
        await using var server = await TestServer.StartAsync();
        using var owner = await ApiClient.OwnerAsync(server);
        var project = await ProjectAsync(owner);

        var unknown = await owner.LookAsync(project, null, ("notes.md", "hello"u8.ToArray()));
        var preview = await owner.PreviewAsync(unknown);
        Assert.Equal((JsonValueKind.Null, 0), (preview.GetProperty("format").ValueKind, preview.GetProperty("candidates").GetArrayLength()));
        Assert.Equal((409, "format-unknown"), await owner.RefusedAsync(HttpMethod.Post, $"/api/imports/{unknown.GetProperty("id").GetString()}/start", new { }));
        Assert.Equal((400, "invalid"), await owner.RefusedAsync(HttpMethod.Post, $"/api/imports/{unknown.GetProperty("id").GetString()}/looks", new { format = "nonsense" }));

        var asCoco = await owner.EndOfAsync(await owner.PostAsync($"/api/imports/{unknown.GetProperty("id").GetString()}/looks", new { format = "coco" }));
        Assert.Equal("failed", asCoco.GetProperty("state").GetString());
        Assert.Contains("JSON", asCoco.GetProperty("error").GetString(), StringComparison.Ordinal);
        var again = await owner.EndOfAsync(await owner.PostAsync($"/api/imports/{asCoco.GetProperty("id").GetString()}/looks", new { }));
        Assert.Equal("succeeded", again.GetProperty("state").GetString());
    }

    [Fact]
    public async Task Broken_files_fail_with_their_place_and_nothing_changes()
    {
        await using var server = await TestServer.StartAsync();
        using var owner = await ApiClient.OwnerAsync(server);
        var project = await ProjectAsync(owner);

        var cutZip = await owner.LookAsync(project, null, ("labels.zip", Zip()[..500]));
        var cutJson = await owner.LookAsync(project, "coco", ("labels.json", Encoding.UTF8.GetBytes(Coco[..(Coco.Length / 2)])));

        Assert.Equal(("failed", "failed"), (cutZip.GetProperty("state").GetString(), cutJson.GetProperty("state").GetString()));
        Assert.Contains("labels.zip", cutZip.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Contains("labels.json (", cutJson.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal(["a/one.jpg"], await owner.PathsAsync(project));
    }

    [Theory]
    [InlineData("""{"classes":[{"index":9,"name":"car","fate":"drop"}]}""", "/classes/0/index")]
    [InlineData("""{"classes":[{"index":0,"name":"cat","fate":"drop"}]}""", "/classes/0/index")]
    [InlineData("""{"classes":[{"index":0,"name":"car","fate":"drop"},{"index":0,"name":"car","fate":"new"}]}""", "/classes/1/index")]
    [InlineData("""{"classes":[{"index":0,"name":"car","fate":"existing","classId":"elsewhere"}]}""", "/classes/0/classId")]
    [InlineData("""{"classes":[{"index":0,"name":"car","fate":"existing","classId":"old"}]}""", "/classes/0/classId")]
    [InlineData("""{"classes":[{"index":0,"name":"car","fate":"new","newName":" "}]}""", "/classes/0/newName")]
    public async Task Decisions_that_cannot_be_are_refused(string body, string pointer)
    {
        await using var server = await TestServer.StartAsync();
        using var owner = await ApiClient.OwnerAsync(server);
        var look = await owner.LookAsync(await ProjectAsync(owner), "coco", ("labels.json", Encoding.UTF8.GetBytes(Coco)));

        using var answer = await owner.SendContentAsync(HttpMethod.Post, $"/api/imports/{look.GetProperty("id").GetString()}/start", new StringContent(body, Encoding.UTF8, "application/json"));

        Assert.Equal(400, (int)answer.StatusCode);
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        Assert.Equal(pointer, Assert.Single(problem.GetProperty("errors").EnumerateArray()).GetProperty("pointer").GetString());
    }

    [Fact]
    public async Task Names_that_no_ontology_takes_are_made_to_fit_and_circles_are_cut()
    {
        await using var server = await TestServer.StartAsync();
        using var owner = await ApiClient.OwnerAsync(server);
        var project = await ProjectAsync(owner);
        var hostile = JsonSerializer.Serialize(new
        {
            images = new[] { new { id = 1, file_name = "one.jpg", width = 320, height = 240 } },
            categories = new object[]
            {
                new { id = 1, name = "a\u0001b", supercategory = "c" }, new { id = 2, name = "c", supercategory = "a\u0001b" }, new { id = 3, name = new string('x', 500) }, new { id = 4, name = "  " },
            },
            annotations = new object[]
            {
                new { id = 1, image_id = 1, category_id = 1, bbox = new[] { 1, 2, 3, 4 }, score = 7.5, attributes = new Dictionary<string, object> { ["n\u0002"] = "v", [" n"] = 3 } },
                new { id = 2, image_id = 1, category_id = 4, bbox = new[] { 1, 2, 3, 4 } },
            },
        });

        var job = await owner.ImportAsync(await owner.LookAsync(project, "coco", ("labels.json", Encoding.UTF8.GetBytes(hostile))));

        Assert.True(job.GetProperty("state").GetString() == "succeeded", job.ToString());
        Assert.Equal(["car", "old", "c", "ab", new string('x', 200), "unnamed"], await owner.ClassNamesAsync(project));
        var annotations = (await owner.AnnotationsAsync(project))["a/one.jpg"];
        Assert.Equal(2, annotations.Count);
        Assert.All(annotations, a => Assert.Equal(JsonValueKind.Null, a.GetProperty("score").ValueKind));
    }

    private static async Task<string> ProjectAsync(ApiClient owner)
    {
        var project = await owner.CreateProjectAsync();
        await owner.SetOntologyAsync(project, new { classes = new[] { Car, Old }, imageAttributes = Array.Empty<object>(), skeletons = Array.Empty<object>() });
        await owner.AddAsync(project, ("a/one.jpg", Photos.Jpeg(1)));
        return project;
    }

    private static byte[] Zip() => Photos.Zip(("annotations/instances.json", Encoding.UTF8.GetBytes(Coco)), ("images/two.jpg", Photos.Jpeg(2)));

    private static List<string> BlobsOf(TestServer server) => [.. Directory.EnumerateFiles(Path.Combine(server.Options.DataDirectory, "blobs"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    private static int Number(JsonElement of, string name) => of.GetProperty(name).GetInt32();
}
