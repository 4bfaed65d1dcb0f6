using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Plumbline.Server.Security;
using Plumbline.Testing;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Plumbline.Browser.Tests;

public sealed class WorkInHandTests(BrowserFixture browser)
{
    [Fact]
    public async Task A_session_that_ends_while_drawing_asks_over_the_work_and_loses_no_shape()
    {
        await using var room = await Workroom.OpenAsync(browser);
        await using var person = await room.OpenImageAsync(room.Owner);
        var page = person.Page;
        await page.DrawBoxAsync("1", 20, 20, 100, 60);
        await page.ExpectSavedAsync();

        await page.BeginDragAsync(200, 20, 300, 80);
        await person.Context.ClearCookiesAsync();
        await page.Mouse.UpAsync();

        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Sign in again" });
        await Expect(dialog).ToBeVisibleAsync();
        await page.ExpectStatusAsync("^Sign in · 1 unsaved");
        await PageChecks.ScreenshotAsync(page, "session-ended");
        Assert.Equal(["car 20,20,100,60"], await room.SavedAsync());
        await dialog.GetByLabel("Password", new() { Exact = true }).FillAsync("not the password");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await dialog.GetByLabel("Password", new() { Exact = true }).FillAsync(ApiClient.Password);
        await page.KeysAsync("Enter");

        await Expect(dialog).ToBeHiddenAsync();
        await page.ExpectSavedAsync();
        await page.DrawBoxAsync("2", 20, 200, 50, 50);
        await room.UntilSavedAsync(0, "car 20,20,100,60", "car 200,20,100,60", "person 20,200,50,50");
        Assert.All(await room.WritesPerObjectAsync(), writes => Assert.Equal(1, writes));
    }

    [Fact]
    public async Task Work_goes_on_while_the_server_is_away_and_arrives_exactly_once_after_a_reload_in_mid_stroke()
    {
        await using var room = await Workroom.OpenAsync(browser);
        await using var person = await room.OpenImageAsync(room.Owner);
        var page = person.Page;
        await page.DrawBoxAsync("1", 20, 20, 100, 60);
        await page.ExpectSavedAsync();

        await room.Server.StopAsync();
        await page.DrawBoxAsync("1", 200, 20, 100, 60);
        await page.ExpectStatusAsync("^Offline · 1 unsaved");
        await page.DrawBoxAsync("2", 20, 200, 50, 50);
        await page.DrawBoxAsync("3", 300, 200, 40, 40);
        await page.ExpectStatusAsync("^Offline · 3 unsaved");
        await page.ExpectObjectsAsync("car 1", "car 2", "person 1", "sign 1");

        await page.BeginDragAsync(400, 300, 500, 380);
        await PageChecks.ScreenshotAsync(page, "offline");
        await room.Server.StartAgainAsync();
        await page.ReloadAsync();
        await page.Mouse.UpAsync();
        await page.WaitForPictureAsync(1);
        await page.ExpectObjectsAsync("car 1", "car 2", "person 1", "sign 1");
        await room.UntilSavedAsync(0, "car 20,20,100,60", "car 200,20,100,60", "person 20,200,50,50", "sign 300,200,40,40");
        Assert.All(await room.WritesPerObjectAsync(), writes => Assert.Equal(1, writes));
    }

    [Fact]
    public async Task Two_tabs_of_one_person_show_the_same_and_double_nothing()
    {
        await using var room = await Workroom.OpenAsync(browser);
        await using var person = await room.OpenImageAsync(room.Owner);
        var first = person.Page;
        var second = await person.Context.NewPageAsync();
        await second.GotoAsync(room.PathOf(0));
        await second.WaitForPictureAsync(1);

        await first.BringToFrontAsync();
        await first.DrawBoxAsync("1", 20, 20, 100, 60);
        await second.ExpectObjectsAsync("car 1");
        await second.BringToFrontAsync();
        await second.DrawBoxAsync("2", 200, 20, 100, 60);
        await first.ExpectObjectsAsync("car 1", "person 1");
        await first.BringToFrontAsync();
        await first.DrawBoxAsync("3", 20, 200, 50, 50);
        await second.ExpectObjectsAsync("car 1", "person 1", "sign 1");

        await second.BringToFrontAsync();
        await second.SelectAtAsync(70, 50);
        await second.KeysAsync("Shift+ArrowRight");
        await room.UntilSavedAsync(0, "car 30,20,100,60", "person 200,20,100,60", "sign 20,200,50,50");
        await second.ExpectSavedAsync();
        await first.ReloadAsync();
        await first.WaitForPictureAsync(1);
        await first.ExpectObjectsAsync("car 1", "person 1", "sign 1");
    }

    [Fact]
    public async Task Two_people_merge_what_they_do_and_choose_where_they_changed_the_same()
    {
        await using var room = await Workroom.OpenAsync(browser);
        await using var owner = await room.OpenImageAsync(room.Owner);
        await using var guest = await JoinAsync(room, owner, "Ana");
        var (mine, theirs) = (guest.Page, owner.Page);
        await theirs.GotoAsync(room.PathOf(0));
        await theirs.WaitForPictureAsync(1);
        await mine.GotoAsync(room.PathOf(0));
        await mine.WaitForPictureAsync(1);
        await Expect(theirs.GetByLabel("Also here: Ana")).ToBeVisibleAsync();
        await Expect(mine.GetByLabel("Also here: Olive Owner")).ToBeVisibleAsync();

        await mine.DrawBoxAsync("1", 20, 20, 100, 60);
        await theirs.ExpectObjectsAsync("car 1");
        await theirs.DrawBoxAsync("2", 200, 20, 100, 60);
        await mine.ExpectObjectsAsync("car 1", "person 1");

        foreach (var (keep, left) in new[] { ("theirs", 20), ("mine", 21) })
        {
            await guest.Context.SetOfflineAsync(true);
            await mine.SelectAtAsync(70, 50);
            await mine.KeysAsync("ArrowRight");
            await mine.ExpectStatusAsync("^Offline · 1 unsaved");
            await theirs.SelectAtAsync(70, 50);
            await theirs.KeysAsync("Shift+ArrowDown");
            await theirs.ExpectSavedAsync();
            var top = keep == "theirs" ? 30 : 40;
            await room.UntilSavedAsync(0, $"car 20,{top},100,60", "person 200,20,100,60");

            await guest.Context.SetOfflineAsync(false);
            var card = mine.GetByRole(AriaRole.Alertdialog, new() { Name = "Conflict" });
            await Expect(card.GetByText("Olive Owner changed this too")).ToBeVisibleAsync();
            await Expect(card.GetByRole(AriaRole.Figure)).ToHaveCountAsync(2);
            await PageChecks.ScreenshotAsync(mine, "conflict");
            Assert.Equal([$"car 20,{top},100,60", "person 200,20,100,60"], await room.SavedAsync());
            await card.GetByRole(AriaRole.Button, new() { Name = $"Keep {keep}" }).ClickAsync();
            await Expect(card).ToBeHiddenAsync();
            await mine.ExpectStatusAsync("^Saved");
            await room.UntilSavedAsync(0, keep == "theirs" ? $"car {left},{top},100,60" : $"car {left},{top - 10},100,60", "person 200,20,100,60");
        }

        await theirs.ExpectObjectsAsync("car 1", "person 1");
    }

    [Theory]
    [InlineData("retired", "The class 'car' is retired and takes no new objects. Choose another class.")]
    [InlineData("deleted", "The class 'car' is not in the project's ontology (any more). Choose another class.")]
    public async Task A_class_that_goes_away_under_the_pen_is_named_and_another_class_saves_the_object(string fate, string reason)
    {
        await using var room = await Workroom.OpenAsync(browser);
        using var annotator = await room.Owner.InviteAsync(room.ProjectId, ProjectRole.Annotator);
        await using var person = await room.OpenImageAsync(annotator);
        var page = person.Page;
        await page.PickAsync("1", "b");
        await page.BeginDragAsync(20, 20, 120, 80);
        await room.ChangeClassesAsync(classes => fate == "deleted"
            ? classes[1..]
            : [new(classes[0]) { ["retired"] = true }, .. classes[1..]]);
        await page.Mouse.UpAsync();

        var card = page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "The server refused a change" });
        await Expect(card.GetByRole(AriaRole.Listitem)).ToHaveTextAsync(new Regex($"^{Regex.Escape(reason)}Show"));
        await page.ExpectStatusAsync("^Refused by the server");
        await PageChecks.ScreenshotAsync(page, "refusal");
        Assert.Empty(await room.SavedAsync());
        await card.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        await page.KeysAsync("2");

        await Expect(card).ToBeHiddenAsync();
        await page.ExpectSavedAsync();
        await room.UntilSavedAsync(0, "person 20,20,100,60");
    }

    /// <summary>The owner makes a link; somebody opens it on another machine and becomes an annotator.</summary>
    private async Task<Person> JoinAsync(Workroom room, Person owner, string name)
    {
        await owner.Page.GotoAsync($"/projects/{room.ProjectId}/members");
        await owner.Page.GetByRole(AriaRole.Button, new() { Name = "Invite", Exact = true }).ClickAsync();
        var dialog = owner.Page.GetByRole(AriaRole.Dialog, new() { Name = "Invite somebody" });
        await dialog.GetByLabel("Email").FillAsync("ana@example.org");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Make the link" }).ClickAsync();
        var link = await dialog.GetByLabel("Invitation link").InputValueAsync();

        var guest = await browser.OpenAsync(room.Server, link);
        await guest.Page.GetByLabel("Your name").FillAsync(name);
        await guest.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(Journey.Password);
        await guest.Page.GetByLabel("The same again").FillAsync(Journey.Password);
        await guest.Page.GetByRole(AriaRole.Button, new() { Name = "Accept the invitation" }).ClickAsync();
        await Expect(guest.Page.GetByRole(AriaRole.Link, new() { NameRegex = new("Streets") }).First).ToBeVisibleAsync();
        return guest;
    }
}
