using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Imaging;
using Plumbline.Server.Storage;
using Plumbline.Server.Tests.Images;
using Plumbline.Server.Tests.Uploads;
using Plumbline.Testing;
using Xunit;

namespace Plumbline.Server.Tests.Imports;

public sealed class IngestTests
{
    [Fact]
    public async Task Good_pictures_go_in_and_bad_files_are_refused_one_by_one()
    {
        await using var server = await TestServer.StartAsync();
        using var owner = await ApiClient.OwnerAsync(server);
        var project = await owner.CreateProjectAsync();
        var good = Photos.Jpeg(1);

        var report = await owner.AddAsync(
            project,
            ("trip/good.jpg", good),
            ("trip/again.jpg", good),
            ("empty.jpg", []),
            ("cut.jpg", Photos.Jpeg(2)[..3000]),
            ("notes.txt", "not a picture"u8.ToArray()),
            ("bomb.png", BlankPng(30_000)),
            ("../outside.jpg", Photos.Jpeg(3)),
            (".DS_Store", [1, 2, 3]),
            ("small.png", Photos.Png(4)));

        Assert.Equal((2, 1, 5), report.Counts());
        Assert.Equal(
        [
            ("../outside.jpg", "bad-path"), ("bomb.png", "bomb"), ("cut.jpg", "truncated"), ("empty.jpg", "empty"), ("notes.txt", "not-an-image"),
            .. report.Issues().Where(issue => issue.Code == "duplicate"),
        ],
        report.Issues());
        Assert.Equal(2, (await owner.PathsAsync(project)).Length);
        Assert.All(report.GetProperty("issues").EnumerateArray(), issue => Assert.NotEmpty(issue.GetProperty("message").GetString()!));
    }

    [Fact]
    public async Task Names_of_every_script_are_kept_as_they_are()
    {
        await using var server = await TestServer.StartAsync();
        using var owner = await ApiClient.OwnerAsync(server);
        var project = await owner.CreateProjectAsync();
        string[] names = ["صورة/سيارة.jpg", "写真.jpg", "🚗🛑.jpg", "cafe\u0301.jpg", "caf\u00e9.jpg", "it's 100% \"fine\" & <b>.jpg"];

        var report = await owner.AddAsync(project, [.. names.Select((name, i) => (name, Photos.Jpeg(i)))]);

        Assert.Equal((names.Length, 0, 0), report.Counts());
        Assert.Equal(names.Order(StringComparer.Ordinal), (await owner.PathsAsync(project)).Order(StringComparer.Ordinal));
        var found = await owner.GetAsync($"/api/projects/{project}/images?filter={Uri.EscapeDataString("name:سيارة")}");
        Assert.Single(found.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task A_zip_is_unfolded_and_what_leads_out_of_it_is_refused()
    {
        await using var server = await TestServer.StartAsync();
        using var owner = await ApiClient.OwnerAsync(server);
        var project = await owner.CreateProjectAsync();
        var zip = Photos.Zip(("a/one.jpg", Photos.Jpeg(1)), ("../../etc/two.jpg", Photos.Jpeg(2)), ("/abs.jpg", Photos.Jpeg(3)), ("__MACOSX/a/._one.jpg", [0]), ("win\\three.jpg", Photos.Jpeg(4)), ("a/readme.txt", "hi"u8.ToArray()));

        var report = await owner.AddAsync(project, ("photos.zip", zip), ("broken.zip", zip[..(zip.Length / 2)]));

        Assert.Equal(["a/one.jpg", "win/three.jpg"], await owner.PathsAsync(project));
        Assert.Equal(
            [("broken.zip", "bad-archive"), ("photos.zip!/../../etc/two.jpg", "bad-path"), ("photos.zip!//abs.jpg", "bad-path"), ("photos.zip!/a/readme.txt", "not-an-image")],
            report.Issues());
    }

    [Fact]
    public async Task A_zip_bomb_is_refused_and_fills_no_disk()
    {
        await using var server = await TestServer.StartAsync();
        using var owner = await ApiClient.OwnerAsync(server);
        var project = await owner.CreateProjectAsync();
        using var packed = new MemoryStream();
        using (var archive = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = archive.CreateEntry("huge.png", CompressionLevel.SmallestSize).Open();
            for (var i = 0; i < 256; i++) entry.Write(new byte[1 << 20]);
        }

        var report = await owner.AddAsync(project, ("bomb.zip", packed.ToArray()), ("fine.jpg", Photos.Jpeg(1)));

        Assert.Equal((1, 0, 1), report.Counts());
        Assert.Equal([("bomb.zip", "bad-archive")], report.Issues());
    }

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
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "mounting a small disk needs root");
        var disk = Directory.CreateTempSubdirectory("plumbline-disk-").FullName;
        Assert.SkipUnless(await RunAsync("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", disk), "mounting is not allowed here");
        var folder = Directory.CreateTempSubdirectory("plumbline-folder-").FullName;
        foreach (var i in Enumerable.Range(0, 40)) await File.WriteAllBytesAsync(Path.Combine(folder, $"{i:00}.jpg"), [.. Photos.Jpeg(i), .. new byte[1 << 20]], TestContext.Current.CancellationToken);
        try
        {
            await using var server = await TestServer.StartAsync(options => options with
            {
                DataDirectory = Path.Combine(disk, "data"),
                Folders = new Dictionary<string, string> { ["camera"] = folder },
            });
            using var owner = await ApiClient.OwnerAsync(server);
            var project = await owner.CreateProjectAsync();

            var job = await owner.EndOfAsync(await owner.PostAsync($"/api/projects/{project}/server-imports", new { root = "camera", folder = "", intent = "images" }));
            Assert.Equal("failed", job.GetProperty("state").GetString());
            Assert.Contains("disk is full", job.GetProperty("error").GetString(), StringComparison.Ordinal);

            Assert.True(await RunAsync("mount", "-o", "remount,size=200m", disk));
            await owner.PostAsync($"/api/jobs/{job.GetProperty("id").GetString()}/retry");
            Assert.Equal("succeeded", (await owner.EndOfAsync(job)).GetProperty("state").GetString());
            Assert.Equal(40, (await owner.PathsAsync(project)).Length);
        }
        finally
        {
            await RunAsync("umount", "-l", disk);
            Directory.Delete(disk);
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<bool> RunAsync(string program, params string[] arguments)
    {
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        await process.WaitForExitAsync();
        return process.ExitCode == 0;
    }

    private static async Task UntilSomeImagesAsync(ApiClient client, string project)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while ((await client.PathsAsync(project)).Length == 0) await Task.Delay(5, limit.Token);
    }

    /// <summary>A one-bit PNG of nothing, whose rows compress a thousandfold.</summary>
    private static byte[] BlankPng(int side)
    {
        static byte[] Chunk(string type, byte[] data)
        {
            byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
            var crc = uint.MaxValue;
            foreach (var b in body)
            {
                crc ^= b;
                for (var bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ (0xEDB88320u & (uint)-(int)(crc & 1));
            }

            return [.. BigEndian(data.Length), .. body, .. BigEndian((int)~crc)];
        }

        static byte[] BigEndian(int value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];

        using var packed = new MemoryStream();
        using (var zip = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            for (var y = 0; y < side; y++) zip.Write(new byte[1 + ((side + 7) / 8)]);
        }

        return [0x89, .. "PNG\r\n\x1a\n"u8, .. Chunk("IHDR", [.. BigEndian(side), .. BigEndian(side), 1, 0, 0, 0, 0]), .. Chunk("IDAT", packed.ToArray()), .. Chunk("IEND", [])];
    }
}
