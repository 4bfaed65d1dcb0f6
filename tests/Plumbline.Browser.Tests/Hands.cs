using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Plumbline.Browser.Tests;

/// <summary>What hands do on a picture of a <see cref="Workroom"/>; all coordinates are image pixels.</summary>
internal static class Hands
{
    /// <summary>Waits for the n-th picture (from 1) and shows it pixel by pixel.</summary>
    public static async Task WaitForPictureAsync(this IPage page, int number)
    {
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = $"picture {number}.jpg" })).ToBeVisibleAsync();
        await page.WaitForEditorAsync();
    }

    public static async Task MoveToAsync(this IPage page, double x, double y)
    {
        var (left, top) = await page.OnPageAsync(x, y, Workroom.Width, Workroom.Height);
        await page.Mouse.MoveAsync(left, top, new() { Steps = 3 });
    }

    public static async Task ClickPictureAsync(this IPage page, double x, double y)
    {
        var (left, top) = await page.OnPageAsync(x, y, Workroom.Width, Workroom.Height);
        await page.Mouse.ClickAsync(left, top);
    }

    public static async Task DragAsync(this IPage page, double fromX, double fromY, double toX, double toY)
    {
        await page.BeginDragAsync(fromX, fromY, toX, toY);
        await page.Mouse.UpAsync();
    }

    /// <summary>Drags and keeps the button down.</summary>
    public static async Task BeginDragAsync(this IPage page, double fromX, double fromY, double toX, double toY)
    {
        await page.MoveToAsync(fromX, fromY);
        await page.Mouse.DownAsync();
        await page.MoveToAsync(toX, toY);
    }

    /// <summary>Draws a box of the class that has this key.</summary>
    public static async Task DrawBoxAsync(this IPage page, string classKey, double x, double y, double width, double height)
    {
        await page.PickAsync(classKey, "b");
        await page.DragAsync(x, y, x + width, y + height);
    }

    /// <summary>Draws a polygon of the class that has this key.</summary>
    public static async Task DrawPolygonAsync(this IPage page, string classKey, params (double X, double Y)[] vertices)
    {
        await page.PickAsync(classKey, "p");
        foreach (var (x, y) in vertices) await page.ClickPictureAsync(x, y);
        await page.Keyboard.PressAsync("Enter");
    }

    /// <summary>With nothing selected, takes a class and a tool in hand.</summary>
    public static async Task PickAsync(this IPage page, string classKey, string tool)
    {
        await page.KeysAsync("v", "Escape", classKey, tool);
    }

    /// <summary>Selects what lies at this pixel.</summary>
    public static async Task SelectAtAsync(this IPage page, double x, double y)
    {
        await page.KeysAsync("v", "Escape");
        await page.ClickPictureAsync(x, y);
        await Expect(page.GetByRole(AriaRole.Toolbar, new() { Name = "Selected objects" })).ToBeVisibleAsync();
    }

    /// <summary>Keys, one after the other.</summary>
    public static async Task KeysAsync(this IPage page, params string[] keys)
    {
        foreach (var key in keys) await page.Keyboard.PressAsync(key);
    }

    /// <summary>Presses Tab until this has the focus.</summary>
    public static async Task TabToAsync(this IPage page, ILocator goal)
    {
        await Expect(goal).ToBeVisibleAsync();
        for (var presses = 0; presses < 60; presses++)
        {
            if (await goal.EvaluateAsync<bool>("element => element === document.activeElement")) return;
            await page.Keyboard.PressAsync("Tab");
        }

        throw new InvalidOperationException("Sixty times Tab did not lead there.");
    }

    /// <summary>An object's line in the panel, such as <c>car 1</c>.</summary>
    public static ILocator ObjectLine(this IPage page, string name) => page.GetByRole(AriaRole.Button, new() { NameRegex = new($"^(Box|Polygon) {name}$") });

    /// <summary>Looks at what the panel lists: exactly these objects.</summary>
    public static async Task ExpectObjectsAsync(this IPage page, params string[] names)
    {
        var lines = page.GetByRole(AriaRole.Button, new() { NameRegex = new(@"^More for ") });
        await Expect(lines).ToHaveCountAsync(names.Length);
        foreach (var name in names) await Expect(page.ObjectLine(name)).ToBeVisibleAsync();
    }

    /// <summary>Waits for what the save indicator says.</summary>
    public static Task ExpectStatusAsync(this IPage page, string pattern) =>
        Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasTextRegex = new(pattern) })).ToBeVisibleAsync();
}
