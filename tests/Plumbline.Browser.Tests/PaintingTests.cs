using System.Text;
using System.Text.Json;
using Microsoft.Playwright;
using Plumbline.Core.Annotations;
using Plumbline.Core.Masks;
using Plumbline.Testing;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Plumbline.Browser.Tests;

/// <summary>Masks painted with the mouse, and read back through the API.</summary>
public sealed class PaintingTests(BrowserFixture browser)
{
    [Fact]
    public async Task Two_masks_are_painted_without_overlap_a_hole_is_filled_and_the_rest_goes_to_a_third()
    {
        await using var room = await Workroom.OpenAsync(browser);
        await using var person = await room.OpenImageAsync(room.Owner);
        var page = person.Page;
        await page.PickAsync("1", "m");
        var options = page.GetByRole(AriaRole.Region, new() { Name = "Mask options" });
        await Expect(options.GetByText("24 px")).ToBeVisibleAsync();
        await page.MoveToAsync(300, 300);
        await page.Keyboard.DownAsync("Alt");
        await page.Mouse.WheelAsync(0, -120);
        await page.Keyboard.UpAsync("Alt");
        await Expect(options.GetByText("28 px")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("[");
        await Expect(options.GetByText("24 px")).ToBeVisibleAsync();
        await page.GetByText("One object a pixel").ClickAsync();

        // A square ring with the brush, one stroke after the other, then its hole.
        await page.DragAsync(100, 100, 200, 100);
        await page.DragAsync(200, 100, 200, 200);
        await page.DragAsync(200, 200, 100, 200);
        await page.DragAsync(100, 200, 100, 100);
        var ring = (await UntilMasksAsync(room, masks => masks.Count == 1 && masks[0].Contains(100, 150) && masks[0].Contains(200, 150)))[0];
        Assert.False(ring.Contains(150, 150));
        Assert.Equal((88, 88), (ring.X, ring.Y));
        await page.Keyboard.PressAsync("Alt+f");
        await page.ClickPictureAsync(150, 150);
        var full = (await UntilMasksAsync(room, masks => masks.Count == 1 && masks[0].Contains(150, 150)))[0];
        Assert.Equal(Mask.Empty, ring.Subtract(full));

        // Another one across it takes its pixels.
        await page.PickAsync("2", "m");
        await page.DragAsync(60, 150, 240, 150);
        var two = await UntilMasksAsync(room, masks => masks.Count == 2);
        Assert.Equal(0, two[0].IntersectionArea(two[1]));

        await page.PickAsync("3", "m");
        await page.GetByRole(AriaRole.Button, new() { Name = "Fill the rest" }).ClickAsync();
        var three = await UntilMasksAsync(room, masks => masks.Count == 3);
        Assert.Equal(Mask.FromRectangle(0, 0, Workroom.Width, Workroom.Height), three.Aggregate(Mask.Empty, MaskAlgebra.Union));
        Assert.Equal(Workroom.Width * Workroom.Height, three.Sum(mask => mask.Area));

        await page.KeysAsync("Control+z", "Control+z");
        Assert.Equal([full], await UntilMasksAsync(room, masks => masks.Count == 1 && masks[0].Equals(full)));
    }

    private static Task<List<Mask>> UntilMasksAsync(Workroom room, Predicate<List<Mask>> isRight) =>
        Patience.UntilAsync(async () => (await room.SetAsync()).GetProperty("annotations").EnumerateArray().Select(MaskOf).ToList(), isRight);

    private static Mask MaskOf(JsonElement annotation) => ((MaskShape)AnnotationJson.Parse(Encoding.UTF8.GetBytes(annotation.GetRawText())).Shape).Mask;
}
