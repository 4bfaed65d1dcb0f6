using System.Text.Json;
using Microsoft.Playwright;
using Plumbline.Testing;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Plumbline.Browser.Tests;

/// <summary>Text drawn and typed in one go, as the API tells it afterwards.</summary>
public sealed class TypingTextTests(BrowserFixture browser)
{
    [Fact]
    public async Task Texts_are_drawn_and_typed_without_leaving_the_picture()
    {
        await using var room = await Workroom.OpenAsync(browser);
        await room.ChangeClassesAsync(classes => [.. classes, TextClass()]);
        await using var person = await room.OpenImageAsync(room.Owner);
        var page = person.Page;
        await page.Keyboard.PressAsync("t");
        await page.DragAsync(60, 60, 180, 90);
        var field = page.GetByRole(AriaRole.Textbox, new() { Name = "Transcription", Exact = true });
        await Expect(field).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("1 box, 2 cars");
        await page.Keyboard.PressAsync("Enter");
        await Expect(field).ToBeHiddenAsync();

        await page.DragAsync(220, 60, 340, 90);
        await Expect(field).ToBeFocusedAsync();
        await page.Keyboard.InsertTextAsync("שלום");
        await page.Keyboard.PressAsync("Enter");
        await Expect(field).ToBeHiddenAsync();

        await page.DragAsync(60, 160, 180, 190);
        await Expect(field).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("thrown away");
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("Enter"); // opens it again: it was drawn last
        await Expect(field).ToBeFocusedAsync();
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Illegible", Exact = true }).CheckAsync();
        await page.Keyboard.PressAsync("Enter");

        await Patience.UntilAsync(
            async () => string.Join(" | ", (await room.SetAsync()).GetProperty("annotations").EnumerateArray().Select(Said).Order(StringComparer.Ordinal)),
            said => said == """{"i":true,"o":3} | {"o":1,"t":"1 box, 2 cars"} | {"o":2,"t":"שלום"}""");
    }

    private static string Said(JsonElement annotation) => annotation.GetProperty("attributes").GetRawText();

    private static Dictionary<string, object?> TextClass()
    {
        var word = Workroom.Class("word", "5");
        word["attributes"] = new[] { Attribute("t", "transcription", "text"), Attribute("o", "reading order", "number"), Attribute("i", "illegible", "boolean") };
        return word;
    }

    private static object Attribute(string id, string name, string kind) =>
        new { id, name, kind, required = false, options = Array.Empty<string>(), minimum = (double?)null, maximum = (double?)null, condition = (object?)null, immutable = false };
}
