using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Imaging;
using Plumbline.Server.Storage;
using Plumbline.Server.Tests.BadInput;
using Plumbline.Server.Tests.Images;
using Plumbline.Server.Tests.Uploads;
using Plumbline.Testing;
using Xunit;

namespace Plumbline.Server.Tests.Imports;

public sealed class IngestTests
{
    [Fact]
    public async Task Another_picture_under_a_taken_path_gets_a_free_one_and_known_bytes_stay_single()
    {
        await using var server = await TestServer.StartAsync();
        using var owner = await ApiClient.OwnerAsync(server);
        var project = await owner.CreateProjectAsync();
        await owner.AddAsync(project, ("a/photo.jpg", Photos.Jpeg(1)));

        var second = await owner.AddAsync(project, ("a/photo.jpg", Photos.Jpeg(2)));
        var third = await owner.AddAsync(project, ("a/photo.jpg", Photos.Jpeg(1)), ("b/other name.jpg", Photos.Jpeg(2)));

        Assert.Equal([("a/photo.jpg", "path-taken")], second.Issues());
        Assert.Equal((1, 0, 0), second.Counts());
        Assert.Equal((0, 2, 0), third.Counts());
        Assert.Equal(["a/photo (2).jpg", "a/photo.jpg"], await owner.PathsAsync(project));
    }

    [Fact]
    public async Task A_turned_photo_is_shown_upright_and_its_size_is_the_upright_one()
    {
        await using var server = await TestServer.StartAsync();
        using var owner = await ApiClient.OwnerAsync(server);
        var project = await owner.CreateProjectAsync();
        await owner.AddAsync(project, ("turned.jpg", Photos.Turned(Photos.Jpeg(1, 300, 200), 6)));

        var summary = (await owner.GetAsync($"/api/projects/{project}/images")).GetProperty("items")[0];
        var image = await owner.GetAsync($"/api/images/{summary.GetProperty("id").GetString()}");
        var pixels = await owner.Http.GetByteArrayAsync(image.GetProperty("pixelsUrl").GetString(), TestContext.Current.CancellationToken);

        Assert.Equal((200, 300, 6), (image.GetProperty("width").GetInt32(), image.GetProperty("height").GetInt32(), image.GetProperty("orientation").GetInt32()));
        var served = ImageProbe.Probe(ImageSource.FromBytes(pixels), ImageLimits.Default);
        Assert.Equal((200, 300, 1), (served.StoredWidth, served.StoredHeight, served.Orientation));
    }

    [Fact]
    public async Task An_ingest_cancelled_in_the_middle_keeps_what_it_has_and_goes_on_when_retried()
    {
        await using var server = await TestServer.StartAsync();
        using var owner = await ApiClient.OwnerAsync(server);
        var project = await owner.CreateProjectAsync();
        var files = Enumerable.Range(0, 60).Select(i => ($"{i:000}.jpg", Photos.Jpeg(i, 1600, 1200))).ToArray();
        var job = (await owner.UploadAsync(project, files)).GetProperty("id").GetString()!;
        await UntilSomeImagesAsync(owner, project);

        await owner.PostAsync($"/api/jobs/{job}/cancel");
        var cancelled = await owner.EndOfAsync(job);

        Assert.Equal("cancelled", cancelled.GetProperty("state").GetString());
        var kept = await owner.PathsAsync(project);
        Assert.InRange(kept.Length, 1, 59);
        await owner.PostAsync($"/api/jobs/{job}/retry");
        Assert.Equal("succeeded", (await owner.EndOfAsync(job)).GetProperty("state").GetString());
        Assert.Equal(files.Select(file => file.Item1), await owner.PathsAsync(project));
        Assert.Equal((60, 0, 0), (await owner.GetAsync($"/api/projects/{project}/reports")).GetProperty("items")[0].Counts());
    }

    [Fact]
    public async Task An_ingest_goes_on_after_the_server_stopped_in_the_middle_without_doubling()
    {
        await using var server = await TestServer.StartAsync();
        using var owner = await ApiClient.OwnerAsync(server);
        var project = await owner.CreateProjectAsync();
        var files = Enumerable.Range(0, 60).Select(i => ($"{i:000}.jpg", Photos.Jpeg(i, 1600, 1200))).Append(("bad.jpg", [0xFF, 0xD8, 0xFF])).ToArray();
        var job = (await owner.UploadAsync(project, files)).GetProperty("id").GetString()!;
        await UntilSomeImagesAsync(owner, project);

        await server.RestartAsync();
        using var again = await ApiClient.SignInAsync(server, owner.Email);
        Assert.Equal("succeeded", (await again.EndOfAsync(job)).GetProperty("state").GetString());

        Assert.Equal(files.SkipLast(1).Select(file => file.Item1), await again.PathsAsync(project));
        Assert.Equal((60, 0, 1), (await again.GetAsync($"/api/projects/{project}/reports")).GetProperty("items")[0].Counts());
        var database = server.Services.GetRequiredService<Database>();
        Assert.Equal(60, await database.ReadAsync(session => session.ScalarAsync<long>("SELECT COUNT(*) FROM annotation_sets WHERE source = 'working'")));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(server.Options.DataDirectory, "uploads")));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(server.Options.DataDirectory, "blobs", "incoming")));
    }

    [Fact]
    public async Task A_server_folder_is_taken_in_but_nothing_outside_of_the_roots()
    {
        var root = Directory.CreateTempSubdirectory("plumbline-folder-").FullName;
        Directory.CreateDirectory(Path.Combine(root, "day 1"));
        await File.WriteAllBytesAsync(Path.Combine(root, "day 1", "a.jpg"), Photos.Jpeg(1), TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(Path.Combine(root, "b.jpg"), Photos.Jpeg(2), TestContext.Current.CancellationToken);
        Directory.CreateSymbolicLink(Path.Combine(root, "link"), "/etc");
        await using var server = await TestServer.StartAsync(options => options with { Folders = new Dictionary<string, string> { ["camera"] = root } });
        using var owner = await ApiClient.OwnerAsync(server);
        var project = await owner.CreateProjectAsync();

        Assert.Equal(["camera"], (await owner.GetAsync("/api/server-folders")).GetProperty("roots").EnumerateArray().Select(name => name.GetString()));
        foreach (var (name, folder) in ((string, string)[])[("camera", "../"), ("camera", "link"), ("camera", "day 2"), ("other", "")])
        {
            Assert.Equal((422, "no-such-folder"), await owner.RefusedAsync(HttpMethod.Post, $"/api/projects/{project}/server-imports", new { root = name, folder, intent = "images" }));
        }

        var job = await owner.EndOfAsync(await owner.PostAsync($"/api/projects/{project}/server-imports", new { root = "camera", folder = "", intent = "images" }));
        Assert.Equal("succeeded", job.GetProperty("state").GetString());
        Assert.Equal(["b.jpg", "day 1/a.jpg"], await owner.PathsAsync(project));
        Assert.True(File.Exists(Path.Combine(root, "b.jpg")));
        Directory.Delete(root, recursive: true);
    }

    [Fact]
    public async Task A_full_disk_fails_the_job_with_a_clear_message_and_loses_nothing()
    {
        await using var disk = await SmallDisk.MountAsync(24);
        var folder = Directory.CreateTempSubdirectory("plumbline-folder-").FullName;
        foreach (var i in Enumerable.Range(0, 40)) await File.WriteAllBytesAsync(Path.Combine(folder, $"{i:00}.jpg"), [.. Photos.Jpeg(i), .. new byte[1 << 20]], TestContext.Current.CancellationToken);
        try
        {
            await using var server = await TestServer.StartAsync(options => options with
            {
                DataDirectory = Path.Combine(disk.Folder, "data"),
                Folders = new Dictionary<string, string> { ["camera"] = folder },
            });
            using var owner = await ApiClient.OwnerAsync(server);
            var project = await owner.CreateProjectAsync();

            var job = await owner.EndOfAsync(await owner.PostAsync($"/api/projects/{project}/server-imports", new { root = "camera", folder = "", intent = "images" }));
            Assert.Equal("failed", job.GetProperty("state").GetString());
            Assert.Contains("disk is full", job.GetProperty("error").GetString(), StringComparison.Ordinal);

            await disk.ResizeAsync(200);
            await owner.PostAsync($"/api/jobs/{job.GetProperty("id").GetString()}/retry");
            Assert.Equal("succeeded", (await owner.EndOfAsync(job)).GetProperty("state").GetString());
            Assert.Equal(40, (await owner.PathsAsync(project)).Length);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task UntilSomeImagesAsync(ApiClient client, string project)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while ((await client.PathsAsync(project)).Length == 0) await Task.Delay(5, limit.Token);
    }
}
