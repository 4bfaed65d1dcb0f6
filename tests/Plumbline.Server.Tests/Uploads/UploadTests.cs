using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Imaging;
using Plumbline.Server.Features.Uploads;
using Plumbline.Server.Security;
using Plumbline.Server.Storage;
using Plumbline.Server.Tests.Images;
using Plumbline.Testing;
using Xunit;

namespace Plumbline.Server.Tests.Uploads;

public sealed class UploadTests
{
    private static readonly byte[] Large = Photos.Scene(1, 2200, 1500).ToPng().Concat(new byte[17 << 20]).ToArray()[..(17 << 20)];

    [Fact]
    public async Task Parts_come_in_any_order_and_again_and_an_upload_resumes_after_a_restart()
    {
        await using var server = await TestServer.StartAsync();
        using var owner = await ApiClient.OwnerAsync(server);
        var project = await owner.CreateProjectAsync();
        var upload = await owner.OpenAsync(project, ("a.bin", Large));
        var id = upload.GetProperty("id").GetString()!;
        Assert.Equal((8 << 20, 3), (upload.GetProperty("partSize").GetInt32(), upload.GetProperty("parts").GetInt32()));
        byte[] Part(int n) => Large[(n * (8 << 20))..Math.Min(Large.Length, (n + 1) * (8 << 20))];

        foreach (var n in (int[])[2, 0, 2])
        {
            using var answer = await owner.SendPartAsync(id, n, Part(n));
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        }

        await server.RestartAsync();
        using var again = await ApiClient.SignInAsync(server, owner.Email);
        var resumed = await again.GetAsync($"/api/uploads/{id}");
        Assert.Equal([0, 2], resumed.GetProperty("received").EnumerateArray().Select(n => n.GetInt32()));
        Assert.Equal((409, "parts-missing"), await again.RefusedAsync(HttpMethod.Post, $"/api/uploads/{id}/complete"));

        using (var last = await again.SendPartAsync(id, 1, Part(1))) last.EnsureSuccessStatusCode();
        var path = server.Services.GetRequiredService<UploadStore>().PathOf(id);
        Assert.Equal(Large, await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
        var job = await again.PostAsync($"/api/uploads/{id}/complete");
        var same = await again.PostAsync($"/api/uploads/{id}/complete");
        Assert.Equal(job.GetProperty("id").GetString(), same.GetProperty("id").GetString());
        await again.EndOfAsync(job);
    }

    [Fact]
    public async Task A_part_that_is_not_what_was_sent_is_refused()
    {
        await using var server = await TestServer.StartAsync();
        using var owner = await ApiClient.OwnerAsync(server);
        var id = (await owner.OpenAsync(await owner.CreateProjectAsync(), ("a.jpg", new byte[1000]))).GetProperty("id").GetString()!;

        async Task<(int, string)> Refused(int n, byte[] part, string? sha256)
        {
            using var answer = await owner.SendPartAsync(id, n, part, sha256);
            return ((int)answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("type").GetString()!.Split('/')[^1]);
        }

        Assert.Equal((422, "checksum"), await Refused(0, new byte[1000], new string('0', 64)));
        Assert.Equal((422, "checksum"), await Refused(0, new byte[999], null));
        Assert.Equal((422, "checksum"), await Refused(0, new byte[1001], null));
        Assert.Equal((400, "invalid"), await Refused(0, new byte[1000], "none"));
        Assert.Equal((400, "invalid"), await Refused(1, new byte[1000], null));
        Assert.Empty((await owner.GetAsync($"/api/uploads/{id}")).GetProperty("received").EnumerateArray());
    }

    [Fact]
    public async Task Only_managers_of_the_project_may_upload()
    {
        await using var server = await TestServer.StartAsync();
        using var owner = await ApiClient.OwnerAsync(server);
        var project = await owner.CreateProjectAsync();
        var id = (await owner.OpenAsync(project, ("a.jpg", new byte[10]))).GetProperty("id").GetString()!;
        using var reviewer = await owner.InviteAsync(project, ProjectRole.Reviewer);
        using var stranger = await owner.InviteStrangerAsync();

        Assert.Equal((403, "forbidden"), await reviewer.RefusedAsync(HttpMethod.Get, $"/api/uploads/{id}"));
        Assert.Equal((404, "not-found"), await stranger.RefusedAsync(HttpMethod.Get, $"/api/uploads/{id}"));
    }

    [Fact]
    public async Task Uploads_that_nobody_goes_on_with_are_given_up_and_their_bytes_freed()
    {
        await using var server = await TestServer.StartAsync();
        using var owner = await ApiClient.OwnerAsync(server);
        var id = (await owner.OpenAsync(await owner.CreateProjectAsync(), ("a.jpg", new byte[10]))).GetProperty("id").GetString()!;
        using (var part = await owner.SendPartAsync(id, 0, new byte[10])) part.EnsureSuccessStatusCode();
        var sweeper = server.Services.GetRequiredService<UploadSweeper>();
        var path = server.Services.GetRequiredService<UploadStore>().PathOf(id);

        await sweeper.SweepAsync(TestContext.Current.CancellationToken);
        Assert.True(File.Exists(path));

        await server.Services.GetRequiredService<Database>().WriteAsync(session => session.ExecuteAsync("UPDATE uploads SET updated_at = 0"));
        await sweeper.SweepAsync(TestContext.Current.CancellationToken);
        Assert.False(File.Exists(path));
        Assert.Equal("abandoned", (await owner.GetAsync($"/api/uploads/{id}")).GetProperty("state").GetString());
        using var late = await owner.SendPartAsync(id, 0, new byte[10]);
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
    }
}
