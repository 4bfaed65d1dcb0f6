using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Plumbline.Server.Storage;
using Plumbline.Testing;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Plumbline.Browser.Tests;

public sealed class GrowingListTests(BrowserFixture browser)
{
    [Theory]
    [InlineData("jobs", "Show 1 new job")]
    [InlineData("exports", "Show 1 new export")]
    public async Task What_comes_on_top_of_a_list_moves_no_row_until_it_is_asked_for(string list, string offer)
    {
        await using var server = await TestServer.StartAsync();
        using var owner = await ApiClient.OwnerAsync(server);
        var project = await owner.CreateProjectAsync();
        await ExportAsync(owner, project, "coco");
        await ExportAsync(owner, project, "voc");
        await using var person = await browser.OpenAsync(server, $"/projects/{project}/{list}", signedInAs: owner);
        var page = person.Page;
        var rows = page.GetByRole(AriaRole.Row);
        await Expect(rows).ToHaveCountAsync(3);
        await PageChecks.SettleAsync(page);
        var (row, before) = (await rows.Nth(1).BoundingBoxAsync(), await PageChecks.LayoutShiftAsync(page));

        await ExportAsync(owner, project, "yolo");

        var show = page.GetByRole(AriaRole.Button, new() { Name = offer });
        await Expect(show).ToBeVisibleAsync();
        await PageChecks.SettleAsync(page);
        await PageChecks.ScreenshotAsync(page, $"new-{list}");
        await Expect(rows).ToHaveCountAsync(3);
        Assert.Equal((row!.X, row.Y), (await rows.Nth(1).BoundingBoxAsync()) is { } still ? (still.X, still.Y) : default);
        Assert.InRange((await PageChecks.LayoutShiftAsync(page)).Sum - before.Sum, 0, ScreensTests.LargestShift);
        await show.ClickAsync();
        await Expect(rows).ToHaveCountAsync(4);
        await Expect(rows.Nth(1)).ToContainTextAsync("YOLO detection");
        await Expect(show).ToBeHiddenAsync();
    }

    [Theory]
    [InlineData("jobs")]
    [InlineData("exports")]
    public async Task A_long_list_goes_on_where_it_ends(string list)
    {
        await using var server = await TestServer.StartAsync();
        using var owner = await ApiClient.OwnerAsync(server);
        var project = await owner.CreateProjectAsync();
        await server.Services.GetRequiredService<Database>().WriteAsync(async session =>
        {
            foreach (var number in Enumerable.Range(1, 150))
            {
                await session.ExecuteAsync(
                    "INSERT INTO jobs (id, kind, project_id, title, payload, state, created_at, finished_at) VALUES (@id, 'export', @project, @title, '{}', 'Cancelled', 0, 1)",
                    new { id = $"job-{number:000}", project, title = $"Export {number}" });
            }
        });
        await using var person = await browser.OpenAsync(server, $"/projects/{project}/{list}", signedInAs: owner);
        var page = person.Page;
        var rows = page.GetByRole(AriaRole.Row);
        var more = page.GetByRole(AriaRole.Button, new() { Name = "Show more" });

        await Expect(rows).ToHaveCountAsync(101);
        await more.ClickAsync();

        await Expect(rows).ToHaveCountAsync(151);
        await Expect(rows.Nth(1)).ToContainTextAsync("Export 150");
        await Expect(rows.Last).ToContainTextAsync("Export 1");
        await Expect(more).ToBeHiddenAsync();
    }

    private static async Task ExportAsync(ApiClient owner, string project, string format)
    {
        var job = await owner.PostAsync($"/api/projects/{project}/exports", new { format, images = "none", scope = "all", options = new { } });
        await Patience.UntilAsync(async () => (await owner.GetAsync($"/api/jobs/{job.GetProperty("id").GetString()}")).GetProperty("state").GetString(), state => state == "succeeded");
    }
}
