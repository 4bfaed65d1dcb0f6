using Microsoft.Playwright;
using Plumbline.Testing;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Plumbline.Browser.Tests;

/// <summary>Exercises with the real editor whose truth is known.</summary>
public sealed class PracticeTests(BrowserFixture browser)
{
    [Fact]
    public async Task A_newcomer_is_measured_at_once_and_goes_on_and_nothing_is_saved()
    {
        await using var server = await TestServer.StartAsync();
        using var owner = await ApiClient.OwnerAsync(server);
        await using var person = await browser.OpenAsync(server, "/practice", signedInAs: owner);
        var page = person.Page;
        var posts = new List<string>();
        page.Request += (_, request) => { if (request.Method != "GET") posts.Add(request.Url); };
        var result = page.GetByRole(AriaRole.Region, new() { Name = "Measured against the truth" });
        await Expect(result.GetByText("Nothing is drawn yet.")).ToBeVisibleAsync();
        await PageChecks.SettleAsync(page);

        // A ball from (210, 110) to (390, 290), first loosely, then, after undo, well.
        await DragAsync(page, 180, 80, 420, 320);
        await Expect(result.GetByText("Getting there.")).ToBeVisibleAsync();
        await Expect(result.GetByText("56 %")).ToBeVisibleAsync();
        await page.KeysAsync("Control+z", "b");
        await DragAsync(page, 210, 110, 390, 290);
        await Expect(result.GetByText("Well done.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Navigation, new() { Name = "All exercises" }).GetByRole(AriaRole.Img, new() { Name = "Done:" })).ToHaveCountAsync(1);
        var findings = await PageChecks.SeriousAxeFindingsAsync(page);
        Assert.True(findings.Count == 0, string.Join("\n", findings));

        await page.GetByRole(AriaRole.Button, new() { Name = "Hands on the keys" }).ClickAsync();
        await Expect(result.GetByText("One object", new() { Exact = false }).Or(result.GetByText("3 objects", new() { Exact = false }))).ToBeVisibleAsync();
        await PageChecks.SettleAsync(page);
        foreach (var (x, key) in new[] { (190, "2"), (410, "2"), (520, "Delete") })
        {
            await page.KeysAsync("v", "Escape");
            var (left, top) = await PlaceAsync(page, x, 200);
            await page.Mouse.ClickAsync(left, top);
            await Expect(page.GetByRole(AriaRole.Toolbar, new() { Name = "Selected objects" })).ToBeVisibleAsync();
            await page.KeysAsync(key);
        }

        await Expect(result.GetByText("Well done.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Begin it again" }).ClickAsync();
        await Expect(result.GetByText("Well done.")).ToHaveCountAsync(0);
        Assert.DoesNotContain(posts, url => url.Contains("annotation-sets", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_is_reached_from_the_sheet_of_keys_and_from_the_palette()
    {
        await using var room = await Workroom.OpenAsync(browser);
        await using var person = await room.OpenImageAsync(room.Owner);
        var page = person.Page;
        await page.KeysAsync("?");
        await page.GetByRole(AriaRole.Link, new() { Name = "Practise with the hands" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "A tight box" })).ToBeVisibleAsync();

        await page.GotoAsync("/projects");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Streets" }).First).ToBeVisibleAsync();
        await page.KeysAsync("Control+k");
        await page.GetByPlaceholder("Search pages").FillAsync("practice");
        await page.KeysAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "A tight box" })).ToBeVisibleAsync();
    }

    private static async Task DragAsync(IPage page, double fromX, double fromY, double toX, double toY)
    {
        var ((left, top), (right, bottom)) = (await PlaceAsync(page, fromX, fromY), await PlaceAsync(page, toX, toY));
        await page.Mouse.MoveAsync(left, top);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(right, bottom, new() { Steps = 4 });
        await page.Mouse.UpAsync();
    }

    /// <summary>Where a pixel of the picture is on the page: the picture fits the canvas, with the editor's margin around it.</summary>
    private static async Task<(float X, float Y)> PlaceAsync(IPage page, double x, double y)
    {
        var frame = await page.Locator("main canvas").First.BoundingBoxAsync() ?? throw new InvalidOperationException("The canvas has no place.");
        var scale = Fit(frame.Width, frame.Height);
        return ((float)(frame.X + (frame.Width / 2) + ((x - (Workroom.Width / 2.0)) * scale)), (float)(frame.Y + (frame.Height / 2) + ((y - (Workroom.Height / 2.0)) * scale)));
    }

    private static double Fit(double width, double height) => Math.Min((width - 32) / Workroom.Width, (height - 32) / Workroom.Height);
}
