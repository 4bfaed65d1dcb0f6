using System.IO.Compression;
using System.Text.Json;
using Plumbline.Server.Tests.Images;
using Plumbline.Server.Tests.Imports;
using Plumbline.Server.Tests.Uploads;
using Plumbline.Testing;
using Xunit;

namespace Plumbline.Server.Tests.Annotations;

/// <summary>What objects have to do with each other: saved, refused, taken out and brought into another project.</summary>
public sealed class RelationTests
{
    private static readonly object Ontology = new
    {
        classes = new[] { Class("rider"), Class("horse") },
        imageAttributes = Array.Empty<object>(),
        skeletons = Array.Empty<object>(),
        predicates = new[] { new { id = "p1", name = "rides", from = new[] { "rider" }, to = new[] { "horse" } } },
    };

    [Fact]
    public async Task Relations_are_saved_with_what_they_join_and_refused_where_they_join_nothing()
    {
        await using var server = await TestServer.StartAsync();
        using var owner = await ApiClient.OwnerAsync(server);
        var (_, set) = await RoomAsync(owner);
        var (rider, horse) = (Guid.CreateVersion7(), Guid.CreateVersion7());

        var saved = await SaveAsync(owner, set, Put(rider, "rider", ("p1", horse)), Put(horse, "horse"));
        Assert.Equal(["applied", "applied"], Words(saved, "status"));
        Assert.Equal(["p1"], (await owner.GetAsync(set)).GetProperty("annotations").EnumerateArray().Where(a => a.TryGetProperty("relations", out _)).Select(a => a.GetProperty("relations")[0].GetProperty("predicate").GetString()));

        var refused = await SaveAsync(owner, set, Put(Guid.CreateVersion7(), "rider", ("p1", Guid.CreateVersion7())), Put(Guid.CreateVersion7(), "horse", ("p1", horse)), Put(Guid.CreateVersion7(), "rider", ("p2", horse)));
        Assert.Equal(["bad-relation", "bad-relation", "bad-relation"], Words(refused, "rule"));

        await SaveAsync(owner, set, new { op = "delete", id = horse, revision = 1 });
        Assert.Equal(["applied"], Words(await SaveAsync(owner, set, Put(rider, "rider", 1, 5, ("p1", horse))), "status")); // said before: it can still be moved
        Assert.Equal(["bad-relation"], Words(await SaveAsync(owner, set, Put(Guid.CreateVersion7(), "rider", ("p1", horse))), "rule"));
    }

    [Fact]
    public async Task A_predicate_in_use_stays()
    {
        await using var server = await TestServer.StartAsync();
        using var owner = await ApiClient.OwnerAsync(server);
        var (project, set) = await RoomAsync(owner);
        var horse = Guid.CreateVersion7();
        await SaveAsync(owner, set, Put(Guid.CreateVersion7(), "rider", ("p1", horse)), Put(horse, "horse"));
        var path = $"/api/projects/{project}/ontology";
        var etag = (await owner.GetAsync(path)).GetProperty("etag").GetString()!;
        var without = new { ontology = new { classes = new[] { Class("rider"), Class("horse") }, imageAttributes = Array.Empty<object>(), skeletons = Array.Empty<object>() }, reason = "" };

        Assert.Equal((409, "predicate-in-use"), await owner.RefusedAsync(HttpMethod.Put, path, without, ("If-Match", etag)));
    }

    [Theory]
    [InlineData("plumb")]
    [InlineData("labelstudio")]
    [InlineData("jsonl")]
    public async Task Relations_go_out_and_come_in_again_once(string format)
    {
        await using var server = await TestServer.StartAsync();
        using var owner = await ApiClient.OwnerAsync(server);
        var (project, set) = await RoomAsync(owner);
        var (horse, gone) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await SaveAsync(owner, set, Put(Guid.CreateVersion7(), "rider", ("p1", horse), ("p1", gone)), Put(horse, "horse", 0, 50), Put(gone, "horse", 0, 60));
        await SaveAsync(owner, set, new { op = "delete", id = gone, revision = 1 });

        var job = await owner.EndOfAsync(await owner.PostAsync($"/api/projects/{project}/exports", new { format, images = "upright", scope = "all" }));
        var bytes = await owner.Http.GetByteArrayAsync($"/api/exports/{job.GetProperty("id").GetString()}/file", TestContext.Current.CancellationToken);
        using var zip = new ZipArchive(new MemoryStream(bytes));
        var files = zip.Entries.Select(entry => (entry.FullName, Bytes(entry))).ToArray();
        var copy = await owner.CreateProjectAsync("Copy");
        for (var turn = 0; turn < 2; turn++)
        {
            var look = await owner.LookAsync(copy, format, files);
            Assert.DoesNotContain("relations", (await owner.PreviewAsync(look)).GetProperty("losses").EnumerateArray().Select(l => l.GetProperty("code").GetString()));
            await owner.ImportAsync(look);
            var annotations = Assert.Single(await owner.AnnotationsAsync(copy)).Value;
            var relation = Assert.Single(annotations.Where(a => a.TryGetProperty("relations", out _)).SelectMany(a => a.GetProperty("relations").EnumerateArray()));
            var ontology = (await owner.GetAsync($"/api/projects/{copy}/ontology")).GetProperty("ontology");
            var predicate = Assert.Single(ontology.GetProperty("predicates").EnumerateArray());
            Assert.Equal(("rides", predicate.GetProperty("id").GetString()), (predicate.GetProperty("name").GetString(), relation.GetProperty("predicate").GetString()));
            var joined = annotations.Single(a => a.GetProperty("id").GetString() == relation.GetProperty("object").GetString());
            Assert.Equal("horse", ontology.GetProperty("classes").EnumerateArray().Single(c => c.GetProperty("id").GetString() == joined.GetProperty("classId").GetString()).GetProperty("name").GetString());
            Assert.Equal(2, annotations.Count);
        }
    }

    [Fact]
    public async Task What_a_format_cannot_say_is_forecast_and_reported()
    {
        await using var server = await TestServer.StartAsync();
        using var owner = await ApiClient.OwnerAsync(server);
        var (project, set) = await RoomAsync(owner);
        var horse = Guid.CreateVersion7();
        await SaveAsync(owner, set, Put(Guid.CreateVersion7(), "rider", ("p1", horse)), Put(horse, "horse"));

        var forecast = (await owner.GetAsync($"/api/projects/{project}/exports/forecast?scope=all")).GetProperty("formats").EnumerateArray().ToDictionary(f => f.GetProperty("format").GetString()!);
        Assert.Contains("relations", forecast["yolo"].GetProperty("losses").EnumerateArray().Select(l => l.GetProperty("code").GetString()));
        Assert.DoesNotContain("relations", forecast["plumb"].GetProperty("losses").EnumerateArray().Select(l => l.GetProperty("code").GetString()));
        var job = await owner.EndOfAsync(await owner.PostAsync($"/api/projects/{project}/exports", new { format = "yolo", images = "none", scope = "all" }));
        var losses = await owner.GetAsync($"/api/exports/{job.GetProperty("id").GetString()}/losses");
        Assert.Contains("relations", losses.GetProperty("items").EnumerateArray().Select(l => l.GetProperty("field").GetString()));
    }

    private static async Task<(string Project, string Set)> RoomAsync(ApiClient owner)
    {
        var project = await owner.CreateProjectAsync();
        await owner.SetOntologyAsync(project, Ontology);
        await owner.AddAsync(project, ("a.jpg", Photos.Jpeg(1)));
        var image = (await owner.GetAsync($"/api/projects/{project}/images")).GetProperty("items")[0];
        return (project, $"/api/annotation-sets/{image.GetProperty("setId").GetString()}");
    }

    private static Task<JsonElement> SaveAsync(ApiClient owner, string set, params object[] changes) =>
        owner.PostAsync($"{set}/changes", new { changeSetId = Guid.CreateVersion7(), baseRevision = 0, changes });

    private static IEnumerable<string?> Words(JsonElement answer, string name) => answer.GetProperty("results").EnumerateArray().Select(result => result.GetProperty(name).GetString());

    private static object Put(Guid id, string classId, params (string Predicate, Guid Object)[] relations) => Put(id, classId, 0, 1, relations);

    private static object Put(Guid id, string classId, long revision, double x, params (string Predicate, Guid Object)[] relations) => new
    {
        op = "put",
        annotation = new { id, classId, shape = new { kind = "box", x, y = 2, width = 30, height = 40 }, relations = relations.Select(r => new Dictionary<string, object> { ["predicate"] = r.Predicate, ["object"] = r.Object }), revision },
    };

    private static object Class(string name) => new { id = name, name, color = "#ff0000" };

    private static byte[] Bytes(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }
}
