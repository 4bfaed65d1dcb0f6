using System.IO.Compression;
using System.Text.Json;
using Plumbline.Server.Tests.Images;
using Plumbline.Server.Tests.Uploads;
using Plumbline.Testing;
using Xunit;

namespace Plumbline.Server.Tests.Exports;

/// <summary>Out of one project as a file, and into another.</summary>
public sealed class ExportTests
{
    private static readonly object Car = new { id = "car", name = "Car", color = "#ff0000", shapes = Array.Empty<string>(), description = "", attributes = Array.Empty<object>(), retired = false };

    [Fact]
    public async Task A_labelled_project_leaves_as_coco_with_upright_pictures_and_exact_coordinates()
    {
        await using var server = await TestServer.StartAsync();
        using var owner = await ApiClient.OwnerAsync(server);
        var project = await LabelledAsync(owner);

        var (zip, job) = await ExportAsync(owner, project, new { format = "coco", images = "upright", scope = "labelled" });

        using var json = JsonDocument.Parse(Text(zip, "annotations/instances.json"));
        var image = Assert.Single(json.RootElement.GetProperty("images").EnumerateArray());
        Assert.Equal(("a/turned.jpg", 240, 320), (image.GetProperty("file_name").GetString(), image.GetProperty("width").GetInt32(), image.GetProperty("height").GetInt32()));
        var box = json.RootElement.GetProperty("annotations").EnumerateArray().Single(a => a.GetProperty("segmentation").GetArrayLength() == 0);
        Assert.Equal([10.25, 20.5, 30, 40.125], box.GetProperty("bbox").EnumerateArray().Select(n => n.GetDouble()));
        Assert.Contains(zip.Entries, e => e.FullName == "images/a/turned.jpg");
        Assert.Equal((1, 2, 0), (Number(job, "images"), Number(job, "annotations"), Number(job, "labelLosses")));
    }

    [Fact]
    public async Task Examples_of_classes_stay_in_the_project_and_are_forecast_and_listed_as_losses()
    {
        await using var server = await TestServer.StartAsync();
        using var owner = await ApiClient.OwnerAsync(server);
        var project = await LabelledAsync(owner);
        var image = (await owner.GetAsync($"/api/projects/{project}/images")).GetProperty("items")[0].GetProperty("id").GetString();
        var etag = (await owner.GetAsync($"/api/projects/{project}/ontology")).GetProperty("etag").GetString();
        object[] examples = [new { imageId = image, caption = "From behind" }, new { imageId = image, region = new { x = 1, y = 2, width = 30, height = 40 }, caption = "" }];
        var car = new { id = "car", name = "Car", color = "#ff0000", shapes = Array.Empty<string>(), description = "", examples, attributes = Array.Empty<object>(), retired = false };
        await owner.PutAsync($"/api/projects/{project}/ontology", new { ontology = new { classes = new[] { car }, imageAttributes = Array.Empty<object>(), skeletons = Array.Empty<object>() }, reason = "" }, etag);

        var forecast = await owner.GetAsync($"/api/projects/{project}/exports/forecast?scope=all");
        var (_, job) = await ExportAsync(owner, project, new { format = "plumb", images = "none", scope = "all" });

        Assert.All(forecast.GetProperty("formats").EnumerateArray(), format =>
            Assert.Single(format.GetProperty("losses").EnumerateArray(), loss => loss.GetProperty("code").GetString() == "class-examples" && loss.GetProperty("count").GetInt32() == 2 && loss.GetProperty("bookkeeping").GetBoolean()));
        Assert.Equal((2, 0), (Number(job, "losses"), Number(job, "labelLosses")));
        var listed = Assert.Single((await owner.GetAsync($"/api/exports/{job.GetProperty("id").GetString()}/losses")).GetProperty("items").EnumerateArray());
        Assert.Equal(("*", "examples", "Examples of classes stay in the project. (2 items)"), (listed.GetProperty("item").GetString(), listed.GetProperty("field").GetString(), listed.GetProperty("why").GetString()));
    }

    [Fact]
    public async Task Same_data_gives_the_same_bytes_and_losses_can_be_paged()
    {
        await using var server = await TestServer.StartAsync();
        using var owner = await ApiClient.OwnerAsync(server);
        var project = await LabelledAsync(owner);
        var plan = new { format = "yolo", images = "upright", scope = "all" };

        var (zip, first) = await ExportAsync(owner, project, plan);
        var (_, second) = await ExportAsync(owner, project, plan);

        var newest = await owner.GetAsync($"/api/projects/{project}/exports?limit=1");
        var older = await owner.GetAsync($"/api/projects/{project}/exports?limit=1&cursor={newest.GetProperty("next").GetString()}");
        Assert.Equal(
            [second.GetProperty("id").GetString(), first.GetProperty("id").GetString()],
            new[] { newest, older }.Select(list => Assert.Single(list.GetProperty("items").EnumerateArray()).GetProperty("id").GetString()));
        Assert.Equal(JsonValueKind.Null, older.GetProperty("next").ValueKind);
        Assert.Equal(first.GetProperty("result").GetProperty("sha256").GetString(), second.GetProperty("result").GetProperty("sha256").GetString());
        Assert.Equal("", Text(zip, "labels/train/b.txt"));
        Assert.Contains("0 0.105208333", Text(zip, "labels/train/a/turned.txt"), StringComparison.Ordinal);
        var losses = await owner.GetAsync($"/api/exports/{first.GetProperty("id").GetString()}/losses?limit=1");
        Assert.Equal(Number(first, "losses"), losses.GetProperty("count").GetInt32());
        Assert.StartsWith("a/turned.jpg#@", losses.GetProperty("items")[0].GetProperty("item").GetString(), StringComparison.Ordinal);
        var rest = await owner.GetAsync($"/api/exports/{first.GetProperty("id").GetString()}/losses?cursor={losses.GetProperty("next").GetString()}");
        Assert.Equal(JsonValueKind.Null, rest.GetProperty("next").ValueKind);
        Assert.NotEqual(0, rest.GetProperty("items").GetArrayLength());
    }

    [Theory]
    [InlineData("coco")]
    [InlineData("yolo-seg")]
    [InlineData("voc")]
    public async Task What_leaves_one_project_comes_into_another_and_comes_in_only_once(string format)
    {
        await using var server = await TestServer.StartAsync();
        using var owner = await ApiClient.OwnerAsync(server);
        var (zip, _) = await ExportAsync(owner, await LabelledAsync(owner), new { format, images = "upright", scope = "labelled" });
        var other = await owner.CreateProjectAsync("Copy");
        var bytes = Photos.Zip([.. zip.Entries.Select(e => (e.FullName, Bytes(e)))]);

        var job = await ImportAsync(owner, other, bytes);
        Assert.Equal((1, 2), (Number(job, "added"), Number(job, "annotations")));
        var again = await ImportAsync(owner, other, bytes);
        Assert.Equal((0, 1), (Number(again, "added"), Number(again, "duplicates")));

        var image = (await owner.GetAsync($"/api/projects/{other}/images")).GetProperty("items")[0];
        Assert.Equal(("a/turned.jpg", "labelled", 2), (image.GetProperty("path").GetString(), image.GetProperty("outcome").GetString(), image.GetProperty("annotationCount").GetInt32()));
        var set = await owner.GetAsync($"/api/annotation-sets/{image.GetProperty("setId").GetString()}");
        Assert.All(set.GetProperty("annotations").EnumerateArray(), a => Assert.Equal("imported", a.GetProperty("provenance").GetProperty("origin").GetString()));
        Assert.Equal(1, set.GetProperty("revision").GetInt32());
        var ontology = await owner.GetAsync($"/api/projects/{other}/ontology");
        Assert.Equal("Car", Assert.Single(ontology.GetProperty("ontology").GetProperty("classes").EnumerateArray()).GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("""{"format":"nonsense"}""", "invalid")]
    [InlineData("""{"format":"voc","options":{"crowd":"keep"}}""", "invalid")]
    [InlineData("""{"format":"voc","options":{"voc-pixels":"half"}}""", "invalid")]
    public async Task An_export_that_cannot_be_made_is_refused(string body, string problem)
    {
        await using var server = await TestServer.StartAsync();
        using var owner = await ApiClient.OwnerAsync(server);
        var project = await owner.CreateProjectAsync();
        Assert.Equal((400, problem), await owner.RefusedAsync(HttpMethod.Post, $"/api/projects/{project}/exports", JsonSerializer.Deserialize<JsonElement>(body)));
    }

    [Fact]
    public async Task Files_without_a_dataset_fail_with_words()
    {
        await using var server = await TestServer.StartAsync();
        using var owner = await ApiClient.OwnerAsync(server);
        var job = await ImportAsync(owner, await owner.CreateProjectAsync(), Photos.Zip(("readme.md", "hello"u8.ToArray())), mustSucceed: false);
        Assert.Equal("failed", job.GetProperty("state").GetString());
        Assert.Contains("format", job.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    // One turned photo with a box and a triangle, and one without labels.
    private static async Task<string> LabelledAsync(ApiClient owner)
    {
        var project = await owner.CreateProjectAsync();
        var ontology = await owner.GetAsync($"/api/projects/{project}/ontology");
        await owner.PutAsync($"/api/projects/{project}/ontology", new { ontology = new { classes = new[] { Car }, imageAttributes = Array.Empty<object>(), skeletons = Array.Empty<object>() }, reason = "" }, ontology.GetProperty("etag").GetString());
        await owner.AddAsync(project, ("a/turned.jpg", Photos.Turned(Photos.Jpeg(1), 6)), ("b.png", Photos.Png(2)));
        var image = (await owner.GetAsync($"/api/projects/{project}/images")).GetProperty("items").EnumerateArray().Single(i => i.GetProperty("path").GetString() == "a/turned.jpg");
        object[] changes = [Put(new { kind = "box", x = 10.25, y = 20.5, width = 30, height = 40.125 }), Put(new { kind = "polygon", parts = new[] { new { outer = new[] { 1.5, 1, 50, 1, 50, 60.75 }, holes = Array.Empty<object>() } } })];
        await owner.PostAsync($"/api/annotation-sets/{image.GetProperty("setId").GetString()}/changes", new { changeSetId = Guid.CreateVersion7(), baseRevision = 0, changes });
        return project;
    }

    private static object Put(object shape) => new
    {
        op = "put",
        annotation = new { id = Guid.CreateVersion7(), classId = "car", shape, attributes = new { }, z = 0, groupId = (string?)null, ignore = false, score = (double?)null, provenance = new { origin = "drawn", by = (string?)null, at = (string?)null }, revision = 0 },
    };

    private static async Task<(ZipArchive Zip, JsonElement Job)> ExportAsync(ApiClient owner, string project, object plan)
    {
        var job = await owner.EndOfAsync(await owner.PostAsync($"/api/projects/{project}/exports", plan));
        Assert.True(job.GetProperty("state").GetString() == "succeeded", job.ToString());
        var bytes = await owner.Http.GetByteArrayAsync($"/api/exports/{job.GetProperty("id").GetString()}/file", TestContext.Current.CancellationToken);
        Assert.Equal(bytes.Length, Number(job, "bytes"));
        return (new ZipArchive(new MemoryStream(bytes)), job);
    }

    private static async Task<JsonElement> ImportAsync(ApiClient owner, string project, byte[] zip, bool mustSucceed = true)
    {
        var upload = await owner.PostAsync($"/api/projects/{project}/uploads", new { files = new[] { new { path = "dataset.zip", size = zip.LongLength } }, intent = "dataset" });
        var id = upload.GetProperty("id").GetString()!;
        using (var answer = await owner.SendPartAsync(id, 0, zip)) answer.EnsureSuccessStatusCode();
        var job = await owner.EndOfAsync(await owner.PostAsync($"/api/uploads/{id}/complete"));
        if (mustSucceed) Assert.True(job.GetProperty("state").GetString() == "succeeded", job.ToString());
        return job;
    }

    private static int Number(JsonElement job, string name) => job.GetProperty("result").GetProperty(name).GetInt32();

    private static string Text(ZipArchive zip, string name) => System.Text.Encoding.UTF8.GetString(Bytes(zip.GetEntry(name)!));

    private static byte[] Bytes(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }
}
