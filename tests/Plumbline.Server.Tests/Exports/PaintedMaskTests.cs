using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Plumbline.Core.Annotations;
using Plumbline.Core.Masks;
using Plumbline.Server.Tests.Images;
using Plumbline.Server.Tests.Uploads;
using Plumbline.Testing;
using Xunit;

namespace Plumbline.Server.Tests.Exports;

/// <summary>Masks as a brush paints them – with a hole, in two parts, touching the border, one over another – out of one project and into another.</summary>
public sealed class PaintedMaskTests
{
    private const int Width = 320, Height = 240;

    private static readonly Mask Ring = Mask.FromRectangle(10, 20, 100, 90).Subtract(Mask.FromRectangle(40, 50, 20, 25));
    private static readonly Mask Parts = Mask.FromRectangle(90, 90, 60, 40).Union(Mask.FromRectangle(290, 200, 30, 40));

    [Theory]
    [InlineData("coco", true)]
    [InlineData("yolo-seg", true)]
    [InlineData("coco-panoptic", false)]
    [InlineData("masks", false)]
    public async Task Painted_pixels_leave_and_come_back(string format, bool keepsOverlap)
    {
        await using var server = await TestServer.StartAsync();
        using var owner = await ApiClient.OwnerAsync(server);
        using var zip = await ExportAsync(owner, await PaintedAsync(owner), format);
        var copy = await owner.CreateProjectAsync("Copy");
        await ImportAsync(owner, copy, Photos.Zip([.. zip.Entries.Select(entry => (entry.FullName, Bytes(entry)))]));

        var found = await PixelsAsync(owner, copy);

        // Where a format gives each pixel to one object, the one on top has it.
        Assert.Equal(["Car", "Sign"], found.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(keepsOverlap ? Ring : Ring.Subtract(Parts), found["Car"]);
        Assert.Equal(Parts, found["Sign"]);
    }

    [Theory]
    [InlineData("coco")]
    [InlineData("coco-panoptic")]
    [InlineData("plumb")]
    public async Task Pixels_of_the_label_map_leave_as_those_of_the_masks_that_it_names(string format)
    {
        await using var server = await TestServer.StartAsync();
        using var owner = await ApiClient.OwnerAsync(server);
        var (car, sign) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        object[] tiles = [.. new[] { new TilePlace(0, 0), new TilePlace(1, 0) }.Select(place => Paint(place, car, sign))];
        using var zip = await ExportAsync(owner, await PaintedAsync(owner, [Put("car", Mask.Empty, 0, car), Put("sign", Mask.Empty, 0, sign), .. tiles]), format);
        var copy = await owner.CreateProjectAsync("Copy");
        await ImportAsync(owner, copy, Photos.Zip([.. zip.Entries.Select(entry => (entry.FullName, Bytes(entry)))]));

        var found = await PixelsAsync(owner, copy);

        Assert.Equal((Ring.Subtract(Parts), Parts), (found["Car"], found["Sign"]));
    }

    private static object Paint(TilePlace place, Guid car, Guid sign)
    {
        var pixels = Enumerable.Range(0, LabelTile.Side * LabelTile.Side).Select(i => (X: place.X + (i % LabelTile.Side), Y: place.Y + (i / LabelTile.Side)))
            .Select(p => Parts.Contains(p.X, p.Y) ? sign : Ring.Contains(p.X, p.Y) ? car : Guid.Empty);
        return new { op = "paint", tile = JsonSerializer.Deserialize<JsonElement>(LabelTileJson.ToUtf8(new PlacedTile(place, LabelTile.FromPixels([.. pixels]), 0))) };
    }

    /// <summary>One picture with a ring of a class, and over it two patches of another, or with what is given.</summary>
    private static async Task<string> PaintedAsync(ApiClient owner, object[]? given = null)
    {
        var project = await owner.CreateProjectAsync();
        var path = $"/api/projects/{project}/ontology";
        object Class(string id, string name) => new { id, name, color = "#ff0000", shapes = new[] { "mask" }, description = "", attributes = Array.Empty<object>(), retired = false };
        var ontology = new { classes = new[] { Class("car", "Car"), Class("sign", "Sign") }, imageAttributes = Array.Empty<object>(), skeletons = Array.Empty<object>() };
        await owner.PutAsync(path, new { ontology, reason = "" }, (await owner.GetAsync(path)).GetProperty("etag").GetString());
        await owner.AddAsync(project, ("a.png", Photos.Png(1, Width, Height)));
        var image = (await owner.GetAsync($"/api/projects/{project}/images")).GetProperty("items")[0];
        var changes = given ?? [Put("car", Ring, 0), Put("sign", Parts, 1)];
        var answer = await owner.PostAsync($"/api/annotation-sets/{image.GetProperty("setId").GetString()}/changes", new { changeSetId = Guid.CreateVersion7(), baseRevision = 0, changes });
        Assert.All(answer.GetProperty("results").EnumerateArray(), result => Assert.Equal("applied", result.GetProperty("status").GetString()));
        return project;
    }

    private static object Put(string classId, Mask mask, int z, Guid? id = null) => new
    {
        op = "put",
        annotation = new { id = id ?? Guid.CreateVersion7(), classId, shape = new { kind = "mask", x = mask.X, y = mask.Y, width = mask.Width, height = mask.Height, runs = mask.Runs }, z },
    };

    /// <summary>All pixels of each class by its name.</summary>
    private static async Task<Dictionary<string, Mask>> PixelsAsync(ApiClient owner, string project)
    {
        var ontology = (await owner.GetAsync($"/api/projects/{project}/ontology")).GetProperty("ontology");
        var names = ontology.GetProperty("classes").EnumerateArray().ToDictionary(c => c.GetProperty("id").GetString()!, c => c.GetProperty("name").GetString()!);
        var image = (await owner.GetAsync($"/api/projects/{project}/images")).GetProperty("items")[0];
        var set = await owner.GetAsync($"/api/annotation-sets/{image.GetProperty("setId").GetString()}");
        return set.GetProperty("annotations").EnumerateArray()
            .Select(annotation => AnnotationJson.Parse(Encoding.UTF8.GetBytes(annotation.GetRawText())))
            .GroupBy(annotation => names[annotation.ClassId])
            .ToDictionary(group => group.Key, group => group.Select(annotation => PixelsOf(annotation.Shape)).Aggregate(Mask.Empty, MaskAlgebra.Union));
    }

    private static Mask PixelsOf(Shape shape) => shape switch
    {
        MaskShape mask => mask.Mask,
        PolygonShape polygon => CentreRasterizer.Rasterize(polygon.Polygon, Width, Height),
        _ => throw new InvalidOperationException($"A {shape.Kind} came back."),
    };

    private static async Task<ZipArchive> ExportAsync(ApiClient owner, string project, string format)
    {
        var job = await owner.EndOfAsync(await owner.PostAsync($"/api/projects/{project}/exports", new { format, images = "upright", scope = "all" }));
        Assert.True(job.GetProperty("state").GetString() == "succeeded", job.ToString());
        return new ZipArchive(new MemoryStream(await owner.Http.GetByteArrayAsync($"/api/exports/{job.GetProperty("id").GetString()}/file", TestContext.Current.CancellationToken)));
    }

    private static async Task ImportAsync(ApiClient owner, string project, byte[] zip)
    {
        var upload = await owner.PostAsync($"/api/projects/{project}/uploads", new { files = new[] { new { path = "dataset.zip", size = zip.LongLength } }, intent = "dataset" });
        var id = upload.GetProperty("id").GetString()!;
        using (var answer = await owner.SendPartAsync(id, 0, zip)) answer.EnsureSuccessStatusCode();
        var job = await owner.EndOfAsync(await owner.PostAsync($"/api/uploads/{id}/complete"));
        Assert.True(job.GetProperty("state").GetString() == "succeeded", job.ToString());
    }

    private static byte[] Bytes(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }
}
