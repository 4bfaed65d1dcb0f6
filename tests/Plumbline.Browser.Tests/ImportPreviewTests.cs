using System.Text;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Plumbline.Browser.Tests;

/// <summary>A dataset from elsewhere: seen first, its classes decided on, then imported.</summary>
public sealed class ImportPreviewTests(BrowserFixture browser)
{
    private const string Labels = """
        {
          "images": [{"id": 1, "file_name": "picture 1.jpg", "width": 600, "height": 400}, {"id": 2, "file_name": "elsewhere.jpg", "width": 600, "height": 400}],
          "categories": [{"id": 1, "name": "car"}, {"id": 2, "name": "lorry"}, {"id": 3, "name": "noise"}],
          "annotations": [
            {"id": 1, "image_id": 1, "category_id": 1, "bbox": [100, 50, 80, 60], "area": 4800, "iscrowd": 0},
            {"id": 2, "image_id": 1, "category_id": 2, "bbox": [300, 100, 100, 200], "area": 15000, "iscrowd": 0, "segmentation": [[300, 100, 400, 100, 400, 300]]},
            {"id": 3, "image_id": 1, "category_id": 3, "bbox": [5, 5, 9, 9], "area": 81, "iscrowd": 0}]
        }
        """;

    [Fact]
    public async Task A_dataset_is_seen_before_it_comes_in_and_its_classes_become_what_one_decides()
    {
        await using var room = await Workroom.OpenAsync(browser);
        await using var person = await browser.OpenAsync(room.Server, $"/projects/{room.ProjectId}/images", signedInAs: room.Owner);
        var page = person.Page;
        var dialog = await LookAsync(page, Labels);

        await Expect(dialog.GetByText("have no picture")).ToBeVisibleAsync();
        await Expect(dialog.Locator("figure svg path")).ToHaveCountAsync(3);
        await Expect(dialog.Locator("figure img")).ToHaveJSPropertyAsync("complete", true);
        await DecideAsync(page, dialog, "lorry becomes: New: lorry", "A class of the project", async () =>
        {
            await page.GetByPlaceholder("Which one?").ClickAsync();
            await page.GetByRole(AriaRole.Option, new() { Name = "sign" }).ClickAsync();
        });
        await DecideAsync(page, dialog, "noise becomes: New: noise", "Left out, with its objects", () => Task.CompletedTask);
        await Expect(dialog.Locator("figure svg path")).ToHaveCountAsync(2);
        await Expect(dialog.GetByText("2 to classes of the project · 0 new · 1 left out with 1 annotation")).ToBeVisibleAsync();
        Assert.Empty(await room.SavedAsync());
        Assert.Empty(await PageChecks.SeriousAxeFindingsAsync(page));

        await dialog.GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true }).ClickAsync();
        await dialog.GetByText("Close", new() { Exact = true }).ClickAsync();
        Assert.Equal(["car 100,50,80,60", "sign 300,100,400,100,400,300"], await room.SavedAsync());
    }

    [Fact]
    public async Task Giving_an_import_up_changes_nothing_and_the_way_back_to_it_is_gone()
    {
        await using var room = await Workroom.OpenAsync(browser);
        await using var person = await browser.OpenAsync(room.Server, $"/projects/{room.ProjectId}/images", signedInAs: room.Owner);
        var dialog = await LookAsync(person.Page, Labels);

        await dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();

        await Expect(dialog).ToBeHiddenAsync();
        Assert.Empty(await room.SavedAsync());
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(room.Server.Options.DataDirectory, "uploads")));
    }

    private static async Task<ILocator> LookAsync(IPage page, string labels)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Add images" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { NameRegex = new("^A labelled dataset") }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Import a labelled dataset" });
        var chooser = await page.RunAndWaitForFileChooserAsync(() => dialog.GetByRole(AriaRole.Button, new() { Name = "Choose a ZIP or files" }).ClickAsync());
        await chooser.SetFilesAsync(new FilePayload { Name = "labels.json", MimeType = "application/json", Buffer = Encoding.UTF8.GetBytes(labels) });
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Look at it" }).ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true })).ToBeVisibleAsync();
        return dialog;
    }

    private static async Task DecideAsync(IPage page, ILocator dialog, string button, string fate, Func<Task> then)
    {
        await dialog.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();
        await page.GetByRole(AriaRole.Radio, new() { Name = fate }).CheckAsync();
        await then();
        await page.GetByRole(AriaRole.Button, new() { Name = "Use this" }).ClickAsync();
    }
}
