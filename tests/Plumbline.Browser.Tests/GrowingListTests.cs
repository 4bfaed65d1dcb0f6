using Microsoft.Playwright;
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

    private static async Task ExportAsync(ApiClient owner, string project, string format)
    {
        var job = await owner.PostAsync($"/api/projects/{project}/exports", new { format, images = "none", scope = "all", options = new { } });
        await Patience.UntilAsync(async () => (await owner.GetAsync($"/api/jobs/{job.GetProperty("id").GetString()}")).GetProperty("state").GetString(), state => state == "succeeded");
    }
}
