using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Plumbline.Browser.Tests;

/// <summary>The history panel: who did what, and the way back.</summary>
public sealed class LookingBackTests(BrowserFixture browser)
{
    [Fact]
    public async Task Earlier_states_of_an_object_a_deleted_one_and_the_image_come_back_and_undo_takes_them_back()
    {
        await using var room = await Workroom.OpenAsync(browser);
        await using var person = await room.OpenImageAsync(room.Owner);
        var page = person.Page;
        await page.DrawBoxAsync("1", 20, 20, 100, 60);
        await room.UntilSavedAsync(0, "car 20,20,100,60");
        await page.DrawBoxAsync("2", 300, 200, 80, 80);
        await room.UntilSavedAsync(0, "car 20,20,100,60", "person 300,200,80,80");
        await page.SelectAtAsync(70, 50);
        await page.DragAsync(70, 50, 110, 150);
        await room.UntilSavedAsync(0, "car 60,120,100,60", "person 300,200,80,80");

        await page.GetByText("History", new() { Exact = true }).ClickAsync();
        await Expect(page.GetByText("reshaped car")).ToBeVisibleAsync();
        await Expect(page.GetByText("drew car")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Bring back revision 1" }).ClickAsync();
        await room.UntilSavedAsync(0, "car 20,20,100,60", "person 300,200,80,80");
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await room.UntilSavedAsync(0, "car 60,120,100,60", "person 300,200,80,80");

        await page.SelectAtAsync(340, 240);
        await page.KeysAsync("Delete");
        await room.UntilSavedAsync(0, "car 60,120,100,60");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Bring back the object deleted") }).ClickAsync();
        await room.UntilSavedAsync(0, "car 60,120,100,60", "person 300,200,80,80");

        await page.GetByRole(AriaRole.Button, new() { Name = "Bring back revision 1", Exact = true }).ClickAsync();
        await room.UntilSavedAsync(0, "car 20,20,100,60");
        await page.KeysAsync("Control+z");
        await room.UntilSavedAsync(0, "car 60,120,100,60", "person 300,200,80,80");
    }
}
