using System.Text.Json;
using Plumbline.Testing;
using Xunit;

namespace Plumbline.Server.Tests.Projects;

public sealed class ActivityTests
{
    [Fact]
    public async Task Labelling_moves_a_project_to_the_top_of_the_list()
    {
        var clock = new SettableClock();
        await using var bench = await Annotations.LabelBench.StartAsync(options => options with { Clock = clock });
        clock.Ahead = TimeSpan.FromMinutes(1);
        var other = await bench.Owner.CreateProjectAsync("Boards");
        Assert.Equal([other, bench.ProjectId], Ids(await bench.Owner.GetAsync("/api/projects")));

        clock.Ahead = TimeSpan.FromMinutes(2);
        var before = DateTimeOffset.UtcNow + clock.Ahead;
        await bench.SaveAsync(bench.Ann, Annotations.LabelBench.Put(Annotations.LabelBench.Box(Guid.CreateVersion7())));

        Assert.Equal([bench.ProjectId, other], Ids(await bench.Owner.GetAsync("/api/projects")));
        var project = await bench.Owner.GetAsync($"/api/projects/{bench.ProjectId}");
        Assert.InRange(project.GetProperty("updatedAt").GetDateTimeOffset(), before.AddSeconds(-1), before.AddSeconds(30));
    }

    private static List<string?> Ids(JsonElement page) => page.GetProperty("items").EnumerateArray().Select(project => project.GetProperty("id").GetString()).ToList();
}
