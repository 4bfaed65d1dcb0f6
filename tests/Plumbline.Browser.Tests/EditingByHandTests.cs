using Microsoft.Playwright;
using Plumbline.Testing;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Plumbline.Browser.Tests;

public sealed class EditingByHandTests(BrowserFixture browser)
{
    [Fact]
    public async Task Undoing_all_gives_what_was_loaded_and_redoing_all_what_was_made_of_it()
    {
        await using var room = await Workroom.OpenAsync(browser);
        await using var person = await room.OpenImageAsync(room.Owner);
        var page = person.Page;
        await page.DrawBoxAsync("1", 20, 20, 100, 60);
        await page.DrawPolygonAsync("2", (300, 50), (400, 50), (400, 150), (300, 150));
        await page.DrawBoxAsync("1", 20, 300, 60, 60);
        string[] loaded = ["car 20,20,100,60", "car 20,300,60,60", "person 300,50,400,50,400,150,300,150"];
        await room.UntilSavedAsync(0, loaded);
        await page.ReloadAsync();
        await page.WaitForPictureAsync(1);

        await page.DrawBoxAsync("3", 450, 200, 100, 100);
        await page.SelectAtAsync(70, 50);
        await page.DragAsync(70, 50, 110, 150);
        await page.KeysAsync("2");
        await page.SelectAtAsync(350, 100);
        await page.DragAsync(400, 150, 420, 180);
        await page.SelectAtAsync(50, 330);
        await page.KeysAsync("Delete");
        string[] made = ["person 60,120,100,60", "person 300,50,400,50,420,180,300,150", "sign 450,200,100,100"];
        await room.UntilSavedAsync(0, made);

        await page.KeysAsync([.. Enumerable.Repeat("Control+z", 6)]);
        await page.ExpectObjectsAsync("car 1", "car 2", "person 1");
        await room.UntilSavedAsync(0, loaded);
        await page.KeysAsync([.. Enumerable.Repeat("Control+Shift+z", 6)]);
        await page.ExpectObjectsAsync("person 1", "person 2", "sign 1");
        await room.UntilSavedAsync(0, made);
    }

    [Fact]
    public async Task Objects_are_copied_to_the_next_image_hidden_locked_ignored_and_brought_back()
    {
        await using var room = await Workroom.OpenAsync(browser, images: 2);
        await using var person = await room.OpenImageAsync(room.Owner);
        var page = person.Page;
        await page.DrawBoxAsync("1", 20, 20, 100, 60);
        await page.SelectAtAsync(70, 50);
        await page.KeysAsync("Control+c", "Space");
        await page.WaitForPictureAsync(2);
        await page.ExpectObjectsAsync();
        await page.KeysAsync("Control+v");
        await room.UntilSavedAsync(1, "car 20,20,100,60");
        await page.KeysAsync("Shift+Space");
        await page.WaitForPictureAsync(1);
        await room.UntilSavedAsync(0, "car 20,20,100,60");

        var bar = page.GetByRole(AriaRole.Toolbar, new() { Name = "Selected objects" });
        await page.SelectAtAsync(70, 50);
        await page.KeysAsync("q");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Show car 1" })).ToBeVisibleAsync();
        await page.KeysAsync("Escape");
        await page.DragAsync(70, 50, 170, 150);
        await Expect(bar).ToBeHiddenAsync();
        await page.KeysAsync("Shift+Q");
        await page.SelectAtAsync(70, 50);
        await page.KeysAsync("j");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Unlock car 1" })).ToBeVisibleAsync();
        await page.DragAsync(70, 50, 170, 150);
        await page.GetByRole(AriaRole.Button, new() { Name = "Unlock car 1" }).ClickAsync();

        await page.SelectAtAsync(70, 50);
        await page.KeysAsync("i");
        await Expect(page.GetByRole(AriaRole.Switch, new() { NameRegex = new("^Ignore") })).ToBeCheckedAsync();
        await room.UntilSavedAsync(0, "car 20,20,100,60 ignore");
        await page.KeysAsync("i", "Shift+ArrowRight");
        await room.UntilSavedAsync(0, "car 30,20,100,60");
        await page.KeysAsync("Shift+ArrowDown");
        await room.UntilSavedAsync(0, "car 30,30,100,60");

        var details = page.GetByRole(AriaRole.Region, new() { Name = "Details" });
        await details.GetByText("History", new() { Exact = true }).ClickAsync();
        await Expect(details.GetByText("drew car")).ToBeVisibleAsync();
        await details.GetByRole(AriaRole.Button, new() { NameRegex = new("^Bring back revision") }).Last.ClickAsync();
        await room.UntilSavedAsync(0, "car 20,20,100,60");
        await page.SelectAtAsync(22, 50);
        await Expect(bar).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Images_are_tagged_verified_empty_and_marked_unusable_with_a_reason()
    {
        await using var room = await Workroom.OpenAsync(browser, images: 3);
        await using var person = await room.OpenImageAsync(room.Owner);
        var page = person.Page;
        await page.KeysAsync("4");
        await Expect(page.GetByRole(AriaRole.Checkbox, new() { Name = "rain" })).ToBeCheckedAsync();
        await room.UntilSavedAsync(0, "rain");
        await page.KeysAsync("4");
        await room.UntilSavedAsync(0);
        await page.KeysAsync("Shift+E");
        await page.WaitForPictureAsync(2);
        await Patience.UntilAsync(() => OutcomeAsync(room, 0), outcome => outcome == ("verifiedEmpty", null));

        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Outcome") }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Unusable…" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Unusable, because" });
        await dialog.GetByLabel("Reason").FillAsync("A thumb, nothing else");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Mark unusable" }).ClickAsync();
        await page.WaitForPictureAsync(3);
        await Patience.UntilAsync(() => OutcomeAsync(room, 1), outcome => outcome == ("unusable", "A thumb, nothing else"));
        await page.KeysAsync("Shift+Space");
        await page.WaitForPictureAsync(2);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Outcome: Unusable" })).ToHaveAttributeAsync("title", "A thumb, nothing else");
    }

    [Fact]
    public async Task The_keyboard_alone_leads_from_signing_in_to_a_submitted_image()
    {
        await using var room = await Workroom.OpenAsync(browser, images: 2);
        await room.SaveBoxAsync(0, "car", 20, 20, 100, 60);
        await room.SaveBoxAsync(0, "car", 200, 20, 100, 60);
        await using var person = await browser.OpenAsync(room.Server);
        var page = person.Page;
        await Expect(page.GetByLabel("Email")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("owner@example.org");
        await page.KeysAsync("Tab");
        await page.Keyboard.TypeAsync(ApiClient.Password);
        await page.KeysAsync("Enter");
        await page.TabToAsync(page.GetByRole(AriaRole.Link, new() { NameRegex = new("Streets") }).First);
        await page.KeysAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Gridcell)).ToHaveCountAsync(2);
        await page.TabToAsync(page.GetByRole(AriaRole.Grid));
        await page.KeysAsync("Home", "Enter");

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "picture 1.jpg" })).ToBeVisibleAsync();
        await page.ExpectObjectsAsync("car 1", "car 2");
        await page.TabToAsync(page.ObjectLine("car 2"));
        await page.KeysAsync("Enter", "2", "Shift+ArrowDown", "ArrowRight", "ArrowRight");
        await page.ExpectObjectsAsync("car 1", "person 1");
        await page.KeysAsync("Control+Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "picture 2.jpg" })).ToBeVisibleAsync();
        await room.UntilSavedAsync(0, "car 20,20,100,60", "person 202,30,100,60");
        await Patience.UntilAsync(() => OutcomeAsync(room, 0), outcome => outcome == ("labelled", null));
        await page.KeysAsync("Shift+Space");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "picture 1.jpg" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Outcome: Labelled" })).ToBeVisibleAsync();
    }

    private static async Task<(string? Outcome, string? Reason)> OutcomeAsync(Workroom room, int image)
    {
        var set = await room.SetAsync(image);
        return (set.GetProperty("outcome").GetString(), set.GetProperty("outcomeReason").GetString());
    }
}
