using System.Text.Json;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Plumbline.Browser.Tests;

/// <summary>A window of 1280 × 800 at 200 % zoom, which is 640 × 400 CSS pixels, and a keyboard: everything is reached, nothing is cut off, the focus comes back.</summary>
public sealed class SmallWindowTests(BrowserFixture browser)
{
    private const int Width = 640, Height = 400;

    private static readonly Dictionary<string, Layer> Layers = new()
    {
        ["unusable"] = new(room => room.PathOf(0), "Unusable, because", Opener: new("^Outcome"), Item: "Unusable…"),
        ["example"] = new(room => room.PathOf(0), "An example of", Command: "Use as an example"),
        ["shortcuts"] = new(room => room.PathOf(0), "Keys", Key: "?"),
        ["export"] = new(room => $"/projects/{room.ProjectId}/images", "Export", Opener: new("^Export$")),
        ["import"] = new(room => $"/projects/{room.ProjectId}/images", "Import a labelled dataset", Opener: new("^Add images"), Item: "A labelled dataset"),
    };

    /// <summary>What lies over a page.</summary>
    public static TheoryData<string> Names => new(Layers.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_dialog_is_opened_walked_through_and_closed_by_keys_with_all_of_it_in_reach(string name)
    {
        await using var room = await Workroom.OpenAsync(browser);
        await room.SaveBoxAsync(0, "car", 20, 20, 100, 60);
        await using var person = await browser.OpenAsync(room.Server, Layers[name].Path(room), ColorScheme.Light, Width, Height, room.Owner);
        var page = person.Page;
        await Expect(page.GetByText(Layers[name].Path(room).EndsWith("images", StringComparison.Ordinal) ? "picture 1.jpg" : "Saved").Filter(new() { Visible = true }).First).ToBeVisibleAsync();
        await PageChecks.SettleAsync(page);
        await OpenAsync(page, Layers[name]);
        var dialog = page.GetByRole(AriaRole.Dialog, new() { NameRegex = new(Layers[name].Title) });
        await Expect(dialog).ToBeVisibleAsync();
        await PageChecks.SettleAsync(page);
        await PageChecks.ScreenshotAsync(page, $"small-{name}");

        Assert.Equal("", await CutOffAsync(page));
        for (var i = 0; i < 60; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            Assert.Equal("", await FocusOutOfSightAsync(page));
        }

        var findings = await PageChecks.SeriousAxeFindingsAsync(page);
        Assert.True(findings.Count == 0, string.Join("\n", findings));
        await page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToBeHiddenAsync();
        if (Layers[name].Opener is { } opener) await Expect(page.GetByRole(AriaRole.Button, new() { NameRegex = opener }).First).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("", await FocusOutOfSightAsync(page));
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task The_practice_page_is_read_and_walked_through_by_keys(ColorScheme theme)
    {
        await using var room = await Workroom.OpenAsync(browser);
        await using var person = await browser.OpenAsync(room.Server, "/practice", theme, Width, Height, room.Owner);
        var page = person.Page;
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "A tight box" })).ToBeVisibleAsync();
        await PageChecks.SettleAsync(page);
        await PageChecks.ScreenshotAsync(page, $"small-practice-{theme}");

        Assert.Equal("", await CutOffAsync(page));
        var findings = await PageChecks.SeriousAxeFindingsAsync(page);
        Assert.True(findings.Count == 0, string.Join("\n", findings));
        await page.TabToAsync(page.GetByRole(AriaRole.Button, new() { Name = "Hands on the keys" }));
        Assert.Equal("", await FocusOutOfSightAsync(page));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Hands on the keys" })).ToBeVisibleAsync();
        await page.TabToAsync(page.GetByRole(AriaRole.Button, new() { Name = "Begin it again" }));
        Assert.Equal("", await FocusOutOfSightAsync(page));
    }

    [Fact]
    public async Task The_filter_menu_of_the_gallery_opens_with_its_fields_uncovered()
    {
        await using var room = await Workroom.OpenAsync(browser);
        await using var person = await browser.OpenAsync(room.Server, $"/projects/{room.ProjectId}/images", signedInAs: room.Owner);
        var page = person.Page;
        await page.TabToAsync(page.GetByRole(AriaRole.Button, new() { Name = "Filter by class, outcome or verdict" }));
        await page.Keyboard.PressAsync("Enter");
        var field = page.GetByRole(AriaRole.Combobox, new() { Name = "Has an object of class" });
        await Expect(field).ToBeFocusedAsync();
        await PageChecks.SettleAsync(page);
        await Expect(page.GetByRole(AriaRole.Option)).ToHaveCountAsync(0);

        await page.KeysAsync("ArrowDown", "ArrowDown", "Enter");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "class: person", Exact = true })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_was_made_for_a_large_window_stays_whole_when_it_becomes_small()
    {
        await using var room = await Workroom.OpenAsync(browser);
        await using var person = await browser.OpenAsync(room.Server, room.PathOf(0), ColorScheme.Light, 1920, 1080, room.Owner);
        var page = person.Page;
        await Expect(page.GetByText("Saved").Filter(new() { Visible = true }).First).ToBeVisibleAsync();
        await page.SetViewportSizeAsync(Width, Height);
        await PageChecks.SettleAsync(page);
        foreach (var name in new[] { "Classes", "Objects", "Details" })
        {
            var frame = await page.GetByRole(AriaRole.Region, new() { Name = name, Exact = true }).BoundingBoxAsync() ?? throw new InvalidOperationException($"{name} has no place.");
            Assert.True(frame.Y >= 0 && frame.Y + frame.Height <= Height && frame.Height >= 32 && frame.X + frame.Width <= Width, $"{name}: {frame.X}, {frame.Y}, {frame.Width} × {frame.Height}");
        }

        await PageChecks.ScreenshotAsync(page, "small-editor");
        foreach (var button in await page.Locator("header button, header a, header h1").AllAsync())
        {
            var frame = await button.BoundingBoxAsync() ?? throw new InvalidOperationException("A button of the top bar has no place.");
            Assert.True(frame.X >= 0 && frame.X + frame.Width <= Width, await button.EvaluateAsync<string>("element => element.outerHTML"));
        }
    }

    private static async Task OpenAsync(IPage page, Layer layer)
    {
        if (layer.Key is not null) await page.Keyboard.PressAsync(layer.Key);
        if (layer.Command is not null)
        {
            await page.Keyboard.PressAsync("Control+k");
            await page.GetByPlaceholder("Search pages").FillAsync(layer.Command);
            await page.Keyboard.PressAsync("Enter");
        }

        if (layer.Opener is null) return;
        await page.GetByRole(AriaRole.Button, new() { NameRegex = layer.Opener }).First.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        if (layer.Item is null) return;
        var item = page.GetByRole(AriaRole.Menuitem, new() { NameRegex = new("^" + layer.Item) });
        for (var i = 0; i < 12 && !await item.EvaluateAsync<bool>("element => element === document.activeElement"); i++) await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Enter");
    }

    /// <summary>What reaches beyond the window sideways; empty for nothing.</summary>
    private static async Task<string> CutOffAsync(IPage page) => (await page.EvaluateAsync<JsonElement>(
        """
        () => {
          const over = document.documentElement.scrollWidth - innerWidth;
          const wide = [...document.querySelectorAll('[role=dialog] *')].filter((e) => {
            const box = e.getBoundingClientRect();
            return box.width > 0 && (box.left < -1 || box.right > innerWidth + 1) && e.closest('[data-scrolls], pre, table') === null;
          });
          return over > 0 ? `The page is ${over} pixels too wide.` : wide.slice(0, 3).map((e) => e.outerHTML.slice(0, 200)).join('\n');
        }
        """)).GetString()!;

    /// <summary>The element with the focus, where it cannot be seen; empty where it can.</summary>
    private static async Task<string> FocusOutOfSightAsync(IPage page) => (await page.EvaluateAsync<JsonElement>(
        """
        () => {
          const element = document.activeElement;
          if (element === document.body) return '';
          const box = element.getBoundingClientRect();
          const [x, y] = [(box.left + box.right) / 2, (box.top + Math.min(box.bottom, box.top + 40)) / 2];
          const isSeen = box.width <= 1 || (x >= 0 && x <= innerWidth && y >= 0 && y <= innerHeight);
          return isSeen ? '' : `${Math.round(x)}, ${Math.round(y)}: ${element.outerHTML.slice(0, 200)}`;
        }
        """)).GetString()!;

    /// <summary>A dialog: the page it lies on, its title, and the button with a menu item, the key or the command that opens it.</summary>
    private sealed record Layer(Func<Workroom, string> Path, string Title, System.Text.RegularExpressions.Regex? Opener = null, string? Item = null, string? Key = null, string? Command = null);
}
