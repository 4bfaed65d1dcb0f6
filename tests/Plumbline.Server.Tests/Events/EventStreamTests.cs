using Microsoft.Extensions.DependencyInjection;
using Plumbline.Server.Features.Events;
using Plumbline.Server.Features.Jobs;
using Plumbline.Server.Security;
using Plumbline.Server.Tests.Annotations;
using Plumbline.Testing;
using Xunit;
using static Plumbline.Server.Tests.Annotations.LabelBench;

namespace Plumbline.Server.Tests.Events;

public sealed class EventStreamTests
{
    [Fact]
    public async Task A_save_is_told_to_those_who_may_read_the_project_after_it_is_stored()
    {
        await using var bench = await StartAsync();
        using var events = await EventReader.OpenAsync(bench.Ben, $"?project={bench.ProjectId}");

        await bench.SaveAsync(bench.Ann, Put(Box(Guid.CreateVersion7())));

        var (_, data) = await events.NextAsync("set");
        Assert.Equal(
            $$"""{"setId":"{{bench.SetId}}","imageId":"{{bench.ImageId}}","projectId":"{{bench.ProjectId}}","revision":1,"by":{"id":"{{bench.Ann.UserId}}","name":"Annotator Person"},"clientId":"tab"}""",
            data.GetRawText());
    }

    [Fact]
    public async Task Strangers_hear_nothing_and_may_not_listen_to_a_project()
    {
        await using var bench = await StartAsync();
        using var stranger = await bench.Owner.InviteStrangerAsync();
        var own = await stranger.CreateProjectAsync("Own");
        using var events = await EventReader.OpenAsync(stranger);

        await bench.SaveAsync(bench.Ann, Put(Box(Guid.CreateVersion7())));
        bench.Server.Services.GetRequiredService<EventBus>().Publish("images", own, new { projectId = own });

        Assert.Equal("images", (await events.NextAsync()).Name);
        Assert.Equal((404, "not-found"), await stranger.RefusedAsync(HttpMethod.Get, $"/api/events?project={bench.ProjectId}"));
        using var nobody = ApiClient.Anonymous(bench.Server);
        Assert.Equal((401, "sign-in-needed"), await nobody.RefusedAsync(HttpMethod.Get, "/api/events"));
    }

    [Fact]
    public async Task Whoever_leaves_a_project_stops_hearing_of_it_and_whoever_joins_starts()
    {
        await using var bench = await StartAsync();
        using var stranger = await bench.Owner.InviteStrangerAsync();
        using var bens = await EventReader.OpenAsync(bench.Ben);
        using var strangers = await EventReader.OpenAsync(stranger);
        await bench.Owner.PutAsync($"/api/projects/{bench.ProjectId}/members/{stranger.UserId}", new { role = ProjectRole.Viewer });
        await bench.Owner.DeleteAsync($"/api/projects/{bench.ProjectId}/members/{bench.Ben.UserId}");

        await bench.SaveAsync(bench.Ann, Put(Box(Guid.CreateVersion7())));
        bench.Server.Services.GetRequiredService<EventBus>().Publish(ServerEvent.Resync, null, new { });

        Assert.Equal("set", (await strangers.NextAsync()).Name);
        Assert.Equal("resync", (await bens.NextAsync()).Name);
    }

    [Fact]
    public async Task Somebody_who_connects_again_is_told_to_read_everything_again()
    {
        await using var bench = await StartAsync();
        using var events = await EventReader.OpenAsync(bench.Ann, lastEventId: "17");

        Assert.Equal("resync", (await events.NextAsync()).Name);
    }

    [Fact]
    public async Task Jobs_are_told_when_they_are_queued_and_cancelled()
    {
        await using var bench = await StartAsync(options => options with { JobSlots = 0 });
        using var events = await EventReader.OpenAsync(bench.Ann);
        var queue = bench.Server.Services.GetRequiredService<JobQueue>();

        var job = await bench.Database.WriteAsync(session => queue.EnqueueAsync(session, "export", bench.ProjectId, "Export", new { }, bench.Owner.UserId));
        var (_, queued) = await events.NextAsync("job");
        await bench.Owner.PostAsync($"/api/jobs/{job.Id}/cancel");
        var (_, cancelled) = await events.NextAsync("job");

        Assert.Equal((job.Id, "queued"), (queued.GetProperty("id").GetString(), queued.GetProperty("state").GetString()));
        Assert.Equal((job.Id, "cancelled"), (cancelled.GetProperty("id").GetString(), cancelled.GetProperty("state").GetString()));
        Assert.Equal("queued", (await bench.Owner.PostAsync($"/api/jobs/{job.Id}/retry")).GetProperty("state").GetString());
        Assert.Equal((409, "job-not-ended"), await bench.Owner.RefusedAsync(HttpMethod.Post, $"/api/jobs/{job.Id}/retry"));
    }

    [Fact]
    public async Task A_server_that_stops_ends_its_streams()
    {
        await using var bench = await StartAsync();
        using var events = await EventReader.OpenAsync(bench.Ann);

        var reading = events.ToEndAsync();
        await bench.Server.RestartAsync();

        Assert.Empty(await reading);
    }

    [Fact]
    public async Task People_on_one_image_see_who_else_is_there()
    {
        await using var bench = await StartAsync();
        using var events = await EventReader.OpenAsync(bench.Owner);

        await bench.Ann.PutAsync($"/api/images/{bench.ImageId}/presence", new { clientId = "a" });
        Assert.Equal([bench.Ann.UserId], await PeopleAsync(events));
        await bench.Ann.PutAsync($"/api/images/{bench.ImageId}/presence", new { clientId = "a second tab" });
        await bench.Ben.PutAsync($"/api/images/{bench.ImageId}/presence", new { clientId = "b" });

        Assert.Equal([bench.Ann.UserId, bench.Ben.UserId], await PeopleAsync(events));
    }

    [Fact]
    public async Task A_second_server_on_the_same_PostgreSQL_tells_what_happens_on_the_first()
    {
        Assert.SkipUnless(TestServer.OnPostgres, "SQLite serves one process.");
        await using var bench = await StartAsync(options => options with { JobSlots = 0 });
        await using var second = await TestServer.StartAsync(options => options with { Database = bench.Server.Options.Database, JobSlots = 0 });
        using var ben = await ApiClient.SignInAsync(second, bench.Ben.Email);
        using var events = await EventReader.OpenAsync(ben);

        await HearAsync(events, "set", () => bench.SaveAsync(bench.Ann, Put(Box(Guid.CreateVersion7()))));
        var queue = bench.Server.Services.GetRequiredService<JobQueue>();
        var job = await bench.Database.WriteAsync(session => queue.EnqueueAsync(session, "export", bench.ProjectId, "Export", new { }, bench.Owner.UserId));
        Assert.Equal(job.Id, (await events.NextAsync("job")).Data.GetProperty("id").GetString());
        await bench.Ann.PutAsync($"/api/images/{bench.ImageId}/presence", new { clientId = "a" });
        Assert.Equal([bench.Ann.UserId], await PeopleAsync(events));
    }

    /// <summary>Does something until it is heard of: the second server may still be connecting.</summary>
    private static async Task HearAsync(EventReader events, string name, Func<Task> act)
    {
        var heard = events.NextAsync(name);
        while (!heard.IsCompleted)
        {
            await act();
            await Task.WhenAny(heard, Task.Delay(200));
        }

        await heard;
    }

    private static async Task<List<string?>> PeopleAsync(EventReader events) =>
        [.. (await events.NextAsync("presence")).Data.GetProperty("people").EnumerateArray().Select(person => person.GetProperty("id").GetString()).Order()];
}
