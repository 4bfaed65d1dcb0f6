using System.IO.Compression;
using System.Text.Json;
using Microsoft.Playwright;
using Plumbline.Testing;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Plumbline.Browser.Tests;

/// <summary>Files, folders and archives dropped on the page as the file manager drops them: by their paths.</summary>
public sealed class DroppingTests(BrowserFixture browser)
{
    [Fact]
    public async Task A_folder_with_folders_in_it_and_a_zip_dropped_together_come_in_under_their_paths()
    {
        using var folder = new PhotoFolder();
        var expected = new List<string>();
        // More than the browser lists of a folder at once.
        foreach (var number in Enumerable.Range(1, 130)) expected.Add(Add($"trip/day 1/img_{number:000}.jpg", number));
        expected.Add(Add("trip/day 2/deeper/رحلة 🚲.jpg", 131));
        expected.Add(Add("trip/cover.jpg", 132));
        File.WriteAllText(Path.Combine(folder.Root, "trip", ".DS_Store"), "litter");
        Directory.CreateDirectory(Path.Combine(folder.Root, "trip", "empty"));
        var zip = Path.Combine(folder.Root, "more.zip");
        await using (var archive = await ZipFile.OpenAsync(zip, ZipArchiveMode.Create, TestContext.Current.CancellationToken))
        {
            await using var entry = await archive.CreateEntry("inside/packed.jpg").OpenAsync(TestContext.Current.CancellationToken);
            await entry.WriteAsync(PhotoFolder.Photo(133), TestContext.Current.CancellationToken);
        }

        await using var server = await TestServer.StartAsync();
        using var owner = await ApiClient.OwnerAsync(server);
        var project = await owner.CreateProjectAsync();
        await using var person = await browser.OpenAsync(server, $"/projects/{project}/images", signedInAs: owner);
        var page = person.Page;
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Drop pictures here" })).ToBeVisibleAsync();

        var drag = await Drag.BeginAsync(page, Path.Combine(folder.Root, "trip"), zip);
        await Expect(page.GetByText("Drop to add to Signs")).ToBeVisibleAsync();
        await PageChecks.ScreenshotAsync(page, "dropping");
        await drag.DropAsync();

        await Expect(page.GetByText("133 added", new() { Exact = true })).ToBeVisibleAsync(new() { Timeout = 120_000 });
        await Expect(page.GetByText("Drop to add to Signs")).ToBeHiddenAsync();
        var images = (await owner.GetAsync($"/api/projects/{project}/images?limit=1000")).GetProperty("items").EnumerateArray().Select(image => image.GetProperty("path").GetString());
        Assert.Equal(expected.Append("inside/packed.jpg").Order(StringComparer.Ordinal), images.Order(StringComparer.Ordinal));

        string Add(string path, int number)
        {
            folder.Add(path, number);
            return path;
        }
    }

    [Fact]
    public async Task A_chosen_folder_comes_in_under_its_paths()
    {
        using var folder = new PhotoFolder();
        folder.Add("shelf/left/one.jpg", 1);
        folder.Add("shelf/two.jpg", 2);
        await using var server = await TestServer.StartAsync();
        using var owner = await ApiClient.OwnerAsync(server);
        var project = await owner.CreateProjectAsync();
        await using var person = await browser.OpenAsync(server, $"/projects/{project}/images", signedInAs: owner);
        var page = person.Page;

        var chooser = await page.RunAndWaitForFileChooserAsync(async () =>
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Add images" }).First.ClickAsync();
            await page.GetByRole(AriaRole.Menuitem, new() { Name = "A folder …" }).ClickAsync();
        });
        await chooser.SetFilesAsync(Path.Combine(folder.Root, "shelf"));

        await Expect(page.GetByText("2 added", new() { Exact = true })).ToBeVisibleAsync(new() { Timeout = 60_000 });
        var images = (await owner.GetAsync($"/api/projects/{project}/images")).GetProperty("items").EnumerateArray().Select(image => image.GetProperty("path").GetString());
        Assert.Equal(["shelf/left/one.jpg", "shelf/two.jpg"], images);
    }

    /// <summary>A drag from outside, held over the middle of the page.</summary>
    private sealed class Drag
    {
        private readonly ICDPSession _tools;
        private readonly string[] _paths;

        private Drag(ICDPSession tools, string[] paths) => (_tools, _paths) = (tools, paths);

        public static async Task<Drag> BeginAsync(IPage page, params string[] paths)
        {
            var drag = new Drag(await page.Context.NewCDPSessionAsync(page), paths);
            await drag.SendAsync("dragEnter");
            await drag.SendAsync("dragOver");
            return drag;
        }

        public Task DropAsync() => SendAsync("drop");

        private Task<JsonElement?> SendAsync(string type) => _tools.SendAsync("Input.dispatchDragEvent", new()
        {
            ["type"] = type,
            ["x"] = 640,
            ["y"] = 400,
            ["data"] = new { items = Array.Empty<object>(), files = _paths, dragOperationsMask = 1 },
        });
    }
}
