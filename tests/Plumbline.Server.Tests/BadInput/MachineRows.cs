using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Plumbline.Server.Security;
using Plumbline.Server.Tests.Images;
using Plumbline.Server.Tests.Uploads;
using Plumbline.Testing;
using Plumbline.Testing.Load;
using Xunit;
using static Plumbline.Server.Tests.Annotations.LabelBench;

namespace Plumbline.Server.Tests.BadInput;

/// <summary>A disk without room, a server that dies, a clock that jumps.</summary>
internal static class MachineRows
{
    public static IEnumerable<BadInputRow> All() =>
    [
        new(
            "upload larger than the disk",
            scene => scene.SendAsync(scene.Bench.Owner, HttpMethod.Post, $"/api/projects/{scene.Bench.ProjectId}/uploads", new { files = new[] { new { path = "a.jpg", size = 1L << 55 } }, intent = "images" }),
            new(507, "disk-full"),
            scene => scene.UnchangedAsync()),
        DiskFullDuringAnUpload(),
        DiskFullOnASave(),
        KilledInMidSave(),
        new(
            "clock that jumps back between two saves",
            async scene =>
            {
                scene.Clock.Ahead = TimeSpan.FromDays(-3);
                await scene.SaveAsync(scene.Bench.Ann, Put(Box(scene.Box, 2, revision: 1)));
                scene.Clock.Ahead = TimeSpan.FromDays(-30);
                return await scene.SaveAsync(scene.Bench.Ben, Put(Box(scene.Box, 3, revision: 2)));
            },
            new(200, "", "applied"),
            async scene =>
            {
                var history = (await scene.Bench.Ann.GetAsync($"{scene.Bench.Set}/history")).GetProperty("items").EnumerateArray().ToList();
                Assert.Equal([3, 2, 1], history.Select(item => item.GetProperty("revision").GetInt64()));
                Assert.True(history[0].GetProperty("at").GetDateTimeOffset() < history[2].GetProperty("at").GetDateTimeOffset());
                Assert.Equal([(scene.Box.ToString(), 3, 3)], await scene.Bench.BoxesAsync());
            }),
        new(
            "clock that is set back while an address is locked",
            async scene =>
            {
                await scene.SignInTimesAsync(5, scene.Bench.Ann.Email, "wrong");
                scene.Clock.Ahead -= TimeSpan.FromDays(400);
                return await scene.SignInAsync(scene.Bench.Ann.Email, ApiClient.Password);
            },
            new(200),
            scene => scene.UnchangedAsync()),
    ];

    private static BadInputRow DiskFullDuringAnUpload()
    {
        byte[] bytes = [.. Photos.Jpeg(1), .. new byte[4 << 20]];
        string upload = "";
        return new(
            "disk full during an upload",
            async scene =>
            {
                upload = (await scene.Bench.Owner.OpenAsync(scene.Bench.ProjectId, ("a.jpg", bytes))).GetProperty("id").GetString()!;
                scene.Disk.Fill();
                using var answer = await scene.Bench.Owner.SendPartAsync(upload, 0, bytes);
                var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
                return new Answer((int)answer.StatusCode, problem.GetProperty("type").GetString()!.Split('/')[^1]);
            },
            new(507, "disk-full"),
            async scene =>
            {
                await scene.UnchangedAsync();
                Assert.Empty((await scene.Bench.Owner.GetAsync($"/api/uploads/{upload}")).GetProperty("received").EnumerateArray());
                scene.Disk.Free();
                using (var again = await scene.Bench.Owner.SendPartAsync(upload, 0, bytes)) again.EnsureSuccessStatusCode();
                var job = await scene.Bench.Owner.EndOfAsync(await scene.Bench.Owner.PostAsync($"/api/uploads/{upload}/complete"));
                Assert.Equal("succeeded", job.GetProperty("state").GetString());
                await scene.HoldsAsync(pictures: 1);
            })
        { DiskMegabytes = 300 };
    }

    private static BadInputRow DiskFullOnASave()
    {
        var changes = Outlines(1_000);
        return new(
            "disk full on a save",
            scene =>
            {
                scene.Disk.Fill();
                return scene.SendTextAsync($"{scene.Bench.Set}/changes", changes);
            },
            new(507, "disk-full"),
            async scene =>
            {
                await scene.UnchangedAsync();
                scene.Disk.Free();
                for (var times = 0; times < 2; times++)
                {
                    Assert.Equal(200, (await scene.SendTextAsync($"{scene.Bench.Set}/changes", changes)).Status);
                    await scene.HoldsAsync(revision: 2, objects: 1_001);
                }
            })
        { DiskMegabytes = 96 };
    }

    /// <summary>Eight change sets are under way; as soon as the first is answered, the server is killed.</summary>
    private static BadInputRow KilledInMidSave()
    {
        var all = Enumerable.Range(0, 8).Select(_ => Outlines(250)).ToList();
        var answered = 0;
        return new(
            "server killed in mid-save",
            async scene =>
            {
                var (server, path) = (scene.Bench.Server, $"{scene.Bench.Set}/changes");
                var token = (await scene.Bench.Ann.PostAsync("/api/tokens", new { name = "drawing", scopes = new[] { TokenScope.Annotate } })).GetProperty("token").GetString();
                await server.StopAsync();
                using var process = new ServerProcess(server.Options.DataDirectory, server.Options.Database);
                await process.StartAsync();
                using var http = new HttpClient { BaseAddress = process.Url };
                http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
                var saves = all.Select(changes => StatusAsync(http, path, changes)).ToList();
                await await Task.WhenAny(saves);
                await process.KillAsync();
                var statuses = await Task.WhenAll(saves);
                answered = statuses.Count(status => status == 200);
                await server.StartAgainAsync();
                return new Answer(statuses.Min());
            },
            new(0),
            async scene =>
            {
                var there = (await scene.Bench.Ann.GetAsync(scene.Bench.Set)).GetProperty("annotations").GetArrayLength() - 1;
                Assert.Equal((0, true), (there % 250, there / 250 >= answered));
                for (var times = 0; times < 2; times++)
                {
                    foreach (var changes in all) Assert.Equal(200, (await scene.SendTextAsync($"{scene.Bench.Set}/changes", changes)).Status);
                    await scene.HoldsAsync(revision: 9, objects: 2_001);
                }
            });
    }

    private static async Task<int> StatusAsync(HttpClient http, string path, string changes)
    {
        try
        {
            using var content = new StringContent(changes, Encoding.UTF8, "application/json");
            using var response = await http.PostAsync(path, content);
            return (int)response.StatusCode;
        }
        catch (HttpRequestException)
        {
            return 0;
        }
    }

    /// <summary>A change set, as text, of so many polygons of a hundred vertices each.</summary>
    private static string Outlines(int count)
    {
        var ring = Enumerable.Range(0, 100).SelectMany(i => new[] { Math.Round(500 + (400 * Math.Cos(i * Math.Tau / 100)), 2), Math.Round(500 + (400 * Math.Sin(i * Math.Tau / 100)), 2) }).ToArray();
        var shape = new { kind = "polygon", parts = new[] { new { outer = ring, holes = Array.Empty<double[]>() } } };
        return JsonSerializer.Serialize(ChangeSet([.. Enumerable.Range(0, count).Select(_ => Put(Shape(Guid.CreateVersion7(), 0, "car", shape)))]));
    }
}
