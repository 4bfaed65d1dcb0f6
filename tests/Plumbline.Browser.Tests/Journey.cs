using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Plumbline.Server.Security;
using Plumbline.Testing;
using static Microsoft.Playwright.Assertions;

namespace Plumbline.Browser.Tests;

/// <summary>What a person does, in the words of the page.</summary>
internal static class Journey
{
    public const string Password = "nine random violet words";

    /// <summary>Sets up the owner and ends on the list of projects.</summary>
    public static async Task BecomeOwnerAsync(this IPage page, TestServer server)
    {
        await page.GetByLabel("Setup code").FillAsync(server.Services.GetRequiredService<SetupCode>().Value ?? throw new InvalidOperationException("There is an owner already."));
        await page.GetByLabel("Your name").FillAsync("Owner");
        await page.GetByLabel("Email").FillAsync("owner@example.org");
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(Password);
        await page.GetByLabel("The same again").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Become the owner" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "New project" }).First).ToBeVisibleAsync();
    }

    /// <summary>Makes a project with classes and ends on its images.</summary>
    public static async Task MakeProjectAsync(this IPage page, string name, params string[] classes)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "New project" }).First.ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the project" }).ClickAsync();
        await page.OpenTabAsync("Ontology");
        await page.GetByLabel("Names of the classes, one a line").FillAsync(string.Join('\n', classes));
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Add \\d+ class") }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(page.GetByText("Version 2, saved")).ToBeVisibleAsync();
        await page.OpenTabAsync("Images");
    }

    /// <summary>Goes to another page of the project.</summary>
    public static Task OpenTabAsync(this IPage page, string name) =>
        page.GetByRole(AriaRole.Link, new() { NameRegex = new($"^{name}") }).First.ClickAsync();

    /// <summary>Adds pictures through the chooser and waits until they hang in the gallery.</summary>
    public static Task UploadAsync(this IPage page, params FilePayload[] files) => page.UploadAsync(files, waitForTiles: true);

    /// <summary>Adds pictures through the chooser.</summary>
    public static async Task UploadAsync(this IPage page, FilePayload[] files, bool waitForTiles)
    {
        var chooser = await page.RunAndWaitForFileChooserAsync(async () =>
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Add images" }).First.ClickAsync();
            await page.GetByRole(AriaRole.Menuitem, new() { Name = "Files or a ZIP …" }).ClickAsync();
        });
        await chooser.SetFilesAsync(files);
        if (!waitForTiles) return;
        foreach (var file in files) await Expect(page.GetByRole(AriaRole.Gridcell).Filter(new() { Has = page.Locator($"a[title='{file.Name}'], [title='{file.Name}']") }).First).ToBeVisibleAsync(new() { Timeout = 60_000 });
    }

    /// <summary>Opens an image from the gallery and waits until it can be worked on.</summary>
    public static async Task OpenImageAsync(this IPage page, int position)
    {
        await page.GetByRole(AriaRole.Gridcell).Nth(position).DblClickAsync();
        await page.WaitForEditorAsync();
    }

    /// <summary>Waits until the image is there, and shows it pixel by pixel.</summary>
    public static async Task WaitForEditorAsync(this IPage page)
    {
        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasTextRegex = new("^Saved") })).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await Expect(page.Locator("main canvas").First).ToBeVisibleAsync();
        await page.Locator("footer").GetByRole(AriaRole.Button, new() { NameRegex = new("%$") }).ClickAsync();
        await Expect(page.Locator("footer").GetByRole(AriaRole.Button, new() { Name = "100 %" })).ToBeVisibleAsync();
    }

    /// <summary>Where a pixel of an image of this size lies on the page while it is shown pixel by pixel about its middle.</summary>
    public static async Task<(float X, float Y)> OnPageAsync(this IPage page, double x, double y, int width, int height)
    {
        var frame = await page.Locator("main canvas").First.BoundingBoxAsync() ?? throw new InvalidOperationException("The canvas has no place.");
        return ((float)(frame.X + (frame.Width / 2) + x - (width / 2.0)), (float)(frame.Y + (frame.Height / 2) + y - (height / 2.0)));
    }

    /// <summary>Waits until all that was drawn is on the server.</summary>
    public static Task ExpectSavedAsync(this IPage page) =>
        Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasTextRegex = new("^Saved \\d") })).ToBeVisibleAsync();

    /// <summary>Asks the API with the page's own session.</summary>
    public static async Task<System.Text.Json.JsonElement> ApiAsync(this IPage page, string path)
    {
        var answer = await page.Context.APIRequest.GetAsync("/api" + path);
        if (!answer.Ok) throw new InvalidOperationException($"{path}: {answer.StatusText} {await answer.TextAsync()}");
        return await answer.JsonAsync() ?? throw new InvalidOperationException($"{path} answered nothing.");
    }
}
