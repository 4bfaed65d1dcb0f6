using Microsoft.Playwright;
using Plumbline.Testing;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Plumbline.Browser.Tests;

/// <summary>Tags by one key an image, and judging what is there, as the API tells it afterwards.</summary>
public sealed class ClassifyingTests(BrowserFixture browser)
{
    [Fact]
    public async Task A_key_tags_an_image_and_opens_the_next_and_undo_goes_back_over_them()
    {
        await using var room = await TaggedRoomAsync(oneTag: true);
        await using var person = await room.OpenImageAsync(room.Owner);
        var page = person.Page;
        await page.Keyboard.PressAsync("Alt+t");
        await Expect(page.GetByRole(AriaRole.Group, new() { Name = "Classify" })).ToBeVisibleAsync();

        await page.Keyboard.PressAsync("1"); // opens what is below "animal"
        await Expect(page.GetByRole(AriaRole.Group, new() { Name = "Classify" }).GetByRole(AriaRole.Button, new() { Name = "dog" })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("2");
        await page.WaitForPictureAsync(2);
        await page.Keyboard.PressAsync("2");
        await page.WaitForPictureAsync(3);
        await page.Keyboard.PressAsync("2");
        await page.WaitForPictureAsync(4);
        await SavedAsync(room, "dog labelled", "food labelled", "food labelled", "unlabelled");

        await page.Keyboard.PressAsync("Control+z");
        await page.WaitForPictureAsync(3);
        await page.Keyboard.PressAsync("Control+z");
        await page.WaitForPictureAsync(2);
        await SavedAsync(room, "dog labelled", "unlabelled", "unlabelled", "unlabelled");
    }

    [Fact]
    public async Task Of_several_tags_keys_switch_each_and_Enter_goes_on()
    {
        await using var room = await TaggedRoomAsync(oneTag: false);
        await using var person = await room.OpenImageAsync(room.Owner);
        var page = person.Page;
        await page.Keyboard.PressAsync("Alt+t");
        await Expect(page.GetByRole(AriaRole.Group, new() { Name = "Classify" })).ToBeVisibleAsync();
        await page.KeysAsync("2", "1", "1");
        await Expect(page.GetByRole(AriaRole.Button, new() { NameRegex = new("cat$"), Pressed = true })).ToBeVisibleAsync();
        await page.KeysAsync("2", "2", "Enter");
        await page.WaitForPictureAsync(2);
        await SavedAsync(room, "cat food labelled", "unlabelled", "unlabelled", "unlabelled");
    }

    [Fact]
    public async Task Yes_no_and_unsure_go_through_the_objects_of_an_image()
    {
        await using var room = await Workroom.OpenAsync(browser, images: 2);
        await room.SaveBoxAsync(0, "car", 20, 20, 60, 40);
        await room.SaveBoxAsync(0, "person", 200, 120, 60, 40);
        await room.SaveBoxAsync(0, "sign", 300, 300, 60, 40);
        await using var person = await room.OpenImageAsync(room.Owner);
        var page = person.Page;
        await page.Keyboard.PressAsync("Alt+v");
        var bar = page.GetByRole(AriaRole.Group, new() { Name = "Verify" });
        await Expect(bar.GetByText("car?")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("y");
        await Expect(bar.GetByText("person?")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("n");
        await Expect(bar.GetByText("sign?")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("u");
        await Expect(bar.GetByText("All judged")).ToBeVisibleAsync();
        await Patience.UntilAsync(async () => await VerdictsAsync(room), told => told == "car accepted, sign unsure");

        await page.KeysAsync("Control+z", "Control+z");
        await Expect(bar.GetByText("person?")).ToBeVisibleAsync();
        await page.KeysAsync("y");
        await Expect(bar.GetByText("sign?")).ToBeVisibleAsync();
        await page.KeysAsync("y");
        await Expect(bar.GetByText("All judged")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForPictureAsync(2);
        await Patience.UntilAsync(async () => await VerdictsAsync(room), told => told == "car accepted, person accepted, sign accepted");
    }

    private async Task<Workroom> TaggedRoomAsync(bool oneTag)
    {
        var room = await Workroom.OpenAsync(browser, images: 4);
        var path = $"/api/projects/{room.ProjectId}/ontology";
        var current = await room.Owner.GetAsync(path);
        var below = new[] { Workroom.Class("cat", "c", "tag"), Workroom.Class("dog", "d", "tag") };
        foreach (var one in below) (one["parentId"], one["key"]) = ("animal", null);
        Dictionary<string, object?>[] classes = [Workroom.Class("animal", "1", "tag"), .. below, Workroom.Class("food", "2", "tag")];
        await room.Owner.PutAsync(path, new { ontology = new { classes, oneTag, imageAttributes = Array.Empty<object>(), skeletons = Array.Empty<object>() }, reason = "test" }, current.GetProperty("etag").GetString());
        return room;
    }

    private static Task SavedAsync(Workroom room, params string[] images) => Patience.UntilAsync(
        async () =>
        {
            var told = new List<string>();
            for (var i = 0; i < images.Length; i++)
            {
                var set = await room.SetAsync(i);
                var tags = set.GetProperty("annotations").EnumerateArray().Select(a => a.GetProperty("classId").GetString()!).Order(StringComparer.Ordinal);
                told.Add(string.Join(' ', [.. tags, set.GetProperty("outcome").GetString()]));
            }

            return string.Join(" | ", told);
        },
        told => told == string.Join(" | ", images));

    private static async Task<string> VerdictsAsync(Workroom room) => string.Join(", ", (await room.SetAsync()).GetProperty("annotations").EnumerateArray()
        .Select(a => $"{a.GetProperty("classId").GetString()} {(a.TryGetProperty("verdict", out var verdict) ? verdict.GetString() : "–")}").Order(StringComparer.Ordinal));
}
