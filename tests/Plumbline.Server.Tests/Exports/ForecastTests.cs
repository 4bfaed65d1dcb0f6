using System.Text.Json;
using Plumbline.Formats;
using Plumbline.Server.Tests.Images;
using Plumbline.Server.Tests.Imports;
using Plumbline.Server.Tests.Uploads;
using Plumbline.Testing;
using Xunit;

namespace Plumbline.Server.Tests.Exports;

/// <summary>A project with everything that a project can hold: what formats lose of it, and that our own loses nothing.</summary>
public sealed class ForecastTests
{
    private static readonly object Ontology = new
    {
        classes = new object[]
        {
            Class("vehicle", null, null),
            Class("car", "vehicle", null, new { id = "color", name = "color", kind = "select", required = true, options = new[] { "red", "blue" }, minimum = (double?)null, maximum = (double?)null, condition = (object?)null, immutable = false }),
            Class("person", null, "body"),
        },
        imageAttributes = new object[] { new { id = "rain", name = "rain", kind = "boolean", required = false, options = Array.Empty<string>(), minimum = (double?)null, maximum = (double?)null, condition = (object?)null, immutable = false } },
        skeletons = new object[] { new { id = "body", name = "body", points = new[] { "head", "foot" }, edges = new[] { new { from = 0, to = 1 } }, mirrored = Array.Empty<object>() } },
    };

    private static readonly (string Class, object Shape, object Attributes)[] Everything =
    [
        ("vehicle", new { kind = "tag" }, new { }),
        ("car", new { kind = "point", x = 5.25, y = 6.5 }, new { }),
        ("car", new { kind = "box", x = 1.5, y = 2.25, width = 30.125, height = 20 }, new { color = "red" }),
        ("car", new { kind = "rotatedBox", cx = 50.5, cy = 60, width = 30, height = 20, angle = 0.5 }, new { color = "blue" }),
        ("car", new { kind = "ellipse", cx = 50.5, cy = 60, rx = 30, ry = 20, angle = 0.25 }, new { }),
        ("car", new { kind = "polygon", parts = new[] { new { outer = new[] { 0.5, 0, 90, 0, 90, 90 }, holes = new[] { new[] { 60.0, 20, 70, 20, 70, 30 } } }, new { outer = new[] { 100.5, 0, 120, 0, 120, 20 }, holes = Array.Empty<double[]>() } } }, new { }),
        ("vehicle", new { kind = "polyline", points = new[] { 1, 1, 50, 60.5 } }, new { }),
        ("person", new { kind = "keypoints", points = new[] { 10.5, 10, 2, 20, 30, 1 } }, new { }),
        ("car", new { kind = "mask", x = 3, y = 4, width = 4, height = 2, runs = new[] { 1, 2, 3, 2 } }, new { }),
        ("car", new { kind = "cuboid", corners = new[] { 1, 1, 9, 1, 9, 9, 1, 9, 3, 3, 7, 3, 7, 7, 3, 7.5 } }, new { }),
    ];

    [Fact]
    public async Task A_forecast_tells_what_each_format_cannot_say()
    {
        await using var server = await TestServer.StartAsync();
        using var owner = await ApiClient.OwnerAsync(server);
        var project = await ProjectAsync(owner);

        var forecast = await owner.GetAsync($"/api/projects/{project}/exports/forecast?scope=all");

        Assert.Equal((2, Everything.Length), (forecast.GetProperty("images").GetInt32(), forecast.GetProperty("annotations").GetInt32()));
        Assert.Equal(DatasetFormats.All.Select(f => f.Name), forecast.GetProperty("formats").EnumerateArray().Select(f => f.GetProperty("format").GetString()));
        var yolo = Losses(forecast, "yolo");
        Assert.Contains(("shape", 1, "rotatedBox", "box"), yolo);
        Assert.Contains(("shape", 1, "point", null), yolo);
        Assert.Contains(("attributes", 2, null, null), yolo);
        Assert.Contains(("image-attributes", 1, null, null), yolo);
        Assert.Contains(("groups", Everything.Length, null, null), yolo);
        Assert.Contains(("holes", 1, null, null), Losses(forecast, "coco"));
        var listed = (await owner.GetAsync("/api/formats")).GetProperty("items").EnumerateArray().Select(f => f.GetProperty("name").GetString());
        Assert.Equal(DatasetFormats.All.Select(f => f.Name), listed);
    }

    [Fact]
    public async Task Everything_leaves_in_our_own_format_and_comes_back_as_it_was()
    {
        Assert.SkipWhen(DatasetFormats.Find("plumb") is null, "this build has no plumb");
        await using var server = await TestServer.StartAsync();
        using var owner = await ApiClient.OwnerAsync(server);
        var project = await ProjectAsync(owner);
        Assert.Empty(Losses(await owner.GetAsync($"/api/projects/{project}/exports/forecast?scope=all"), "plumb"));

        var job = await owner.EndOfAsync(await owner.PostAsync($"/api/projects/{project}/exports", new { format = "plumb", images = "upright", scope = "all" }));
        Assert.True(job.GetProperty("state").GetString() == "succeeded", job.ToString());
        Assert.Equal(0, job.GetProperty("result").GetProperty("losses").GetInt32());
        var bytes = await owner.Http.GetByteArrayAsync($"/api/exports/{job.GetProperty("id").GetString()}/file", TestContext.Current.CancellationToken);
        var copy = await owner.CreateProjectAsync("Copy");
        var import = await owner.ImportAsync(await owner.LookAsync(copy, null, ("everything.zip", bytes)));

        Assert.True(import.GetProperty("state").GetString() == "succeeded", import.ToString());
        Assert.Equal((0, 0), (import.GetProperty("result").GetProperty("issues").GetInt32(), import.GetProperty("result").GetProperty("losses").GetInt32()));
        Assert.Equal(await ContentAsync(owner, project), await ContentAsync(owner, copy));
    }

    private static async Task<string> ProjectAsync(ApiClient owner)
    {
        var project = await owner.CreateProjectAsync();
        await owner.SetOntologyAsync(project, Ontology);
        await owner.AddAsync(project, ("a/one.jpg", Photos.Jpeg(1)), ("b/empty.png", Photos.Png(2, 320, 240)));
        var images = (await owner.GetAsync($"/api/projects/{project}/images?sort=path")).GetProperty("items").EnumerateArray().Select(i => i.GetProperty("setId").GetString()).ToList();
        var changes = Everything.Select((e, i) => Put(e.Class, e.Shape, e.Attributes, i)).Append(Put("@image", new { kind = "tag" }, new { rain = true }, -1)).ToList();
        await owner.PostAsync($"/api/annotation-sets/{images[0]}/changes", new { changeSetId = Guid.CreateVersion7(), baseRevision = 0, changes });
        await owner.PostAsync($"/api/annotation-sets/{images[1]}/changes", new { changeSetId = Guid.CreateVersion7(), baseRevision = 0, changes = new[] { new { op = "outcome", outcome = "verifiedEmpty", reason = (string?)null, revision = 0 } } });
        return project;
    }

    /// <summary>Classes, labels and outcomes without ids, as text.</summary>
    private static async Task<List<string>> ContentAsync(ApiClient owner, string project)
    {
        var ontology = (await owner.GetAsync($"/api/projects/{project}/ontology")).GetProperty("ontology");
        var names = new Dictionary<string, string> { ["@image"] = "@image" };
        var content = new List<string>();
        foreach (var c in ontology.GetProperty("classes").EnumerateArray())
        {
            names[c.GetProperty("id").GetString()!] = c.GetProperty("name").GetString()!;
            content.Add($"{c.GetProperty("name")} {c.GetProperty("color")} {c.GetProperty("shapes")} {c.GetProperty("description")} under {(c.GetProperty("parentId").GetString() is { } id ? names[id] : "nothing")} {c.GetProperty("skeletonId").ValueKind}");
            foreach (var a in c.GetProperty("attributes").EnumerateArray()) names[a.GetProperty("id").GetString()!] = $"{a.GetProperty("name")} {a.GetProperty("kind")} {a.GetProperty("required")} {a.GetProperty("options")}";
        }

        foreach (var a in ontology.GetProperty("imageAttributes").EnumerateArray()) names[a.GetProperty("id").GetString()!] = $"{a.GetProperty("name")} {a.GetProperty("kind")}";
        foreach (var s in ontology.GetProperty("skeletons").EnumerateArray()) content.Add($"{s.GetProperty("name")} {s.GetProperty("points")} {s.GetProperty("edges")}");
        foreach (var (path, annotations) in (await owner.AnnotationsAsync(project)).OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            content.AddRange(annotations.Select(a =>
                $"{path} {names[a.GetProperty("classId").GetString()!]} {a.GetProperty("shape")} {string.Join(", ", a.GetProperty("attributes").EnumerateObject().Select(v => $"{names[v.Name]}={v.Value}"))} "
                + $"{a.GetProperty("z")} {a.GetProperty("groupId")} {a.GetProperty("ignore")} {a.GetProperty("score")}").Order(StringComparer.Ordinal));
        }

        content.AddRange((await owner.GetAsync($"/api/projects/{project}/images?sort=path")).GetProperty("items").EnumerateArray().Select(i => $"{i.GetProperty("path")} {i.GetProperty("outcome")}"));
        return content;
    }

    private static List<(string? Code, int Count, string? Shape, string? StoredAs)> Losses(JsonElement forecast, string format) =>
    [
        .. forecast.GetProperty("formats").EnumerateArray().Single(f => f.GetProperty("format").GetString() == format).GetProperty("losses").EnumerateArray()
            .Select(l => (l.GetProperty("code").GetString(), l.GetProperty("count").GetInt32(), l.GetProperty("shape").GetString(), l.GetProperty("storedAs").GetString())),
    ];

    private static object Class(string id, string? parentId, string? skeletonId, params object[] attributes) =>
        new { id, name = id, parentId, color = "#12ab34", key = (string?)null, shapes = Array.Empty<string>(), description = $"What a {id} is.", attributes, skeletonId, retired = false };

    private static object Put(string classId, object shape, object attributes, int place) => new
    {
        op = "put",
        annotation = new
        {
            id = Guid.CreateVersion7(),
            classId,
            shape,
            attributes,
            z = Math.Max(place, 0),
            groupId = place < 0 ? null : $"group {place / 2}",
            ignore = place == 3,
            score = place == 4 ? 0.75 : (double?)null,
            provenance = new { origin = "drawn", by = (string?)null, at = (string?)null },
            revision = 0,
        },
    };
}
