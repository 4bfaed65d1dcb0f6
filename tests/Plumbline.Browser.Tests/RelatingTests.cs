using System.Text.Json;
using Microsoft.Playwright;
using Plumbline.Testing;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Plumbline.Browser.Tests;

/// <summary>Relations drawn between objects, and what the checks find, as the API tells them afterwards.</summary>
public sealed class RelatingTests(BrowserFixture browser)
{
    [Fact]
    public async Task Objects_are_joined_by_dragging_and_a_deleted_one_takes_its_relations_along()
    {
        await using var room = await Workroom.OpenAsync(browser);
        await ChangeOntologyAsync(room, new[] { Workroom.Class("rider", "1"), Workroom.Class("horse", "2") }, [Predicate("p1", "leads"), Predicate("p2", "rides", "rider", "horse")]);
        await room.SaveBoxAsync(0, "rider", 60, 60, 60, 60);
        await room.SaveBoxAsync(0, "horse", 260, 60, 60, 60);
        await using var person = await room.OpenImageAsync(room.Owner);
        var page = person.Page;
        await page.ExpectObjectsAsync("rider 1", "horse 1");

        await page.KeysAsync("d", "2");
        await page.DragAsync(90, 90, 290, 90);
        await page.ClickPictureAsync(290, 90); // the horse, by two clicks: it cannot ride
        await page.ClickPictureAsync(90, 90);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "rider 1 rides horse 1", Exact = true })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "horse 1 leads rider 1", Exact = true })).ToBeVisibleAsync();
        await SaidAsync(room, "horse p1 rider, rider p2 horse");

        await page.SelectAtAsync(290, 90);
        await page.Keyboard.PressAsync("Delete");
        await SaidAsync(room, "");
        await page.Keyboard.PressAsync("Control+z");
        await SaidAsync(room, "horse p1 rider, rider p2 horse");
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete rider 1 rides horse 1" }).ClickAsync();
        await SaidAsync(room, "horse p1 rider");
    }

    [Fact]
    public async Task Findings_come_with_the_save_and_are_mended_by_a_key()
    {
        await using var room = await Workroom.OpenAsync(browser);
        await room.SaveBoxAsync(0, "car", -40, 60, 100, 60);
        await using var person = await room.OpenImageAsync(room.Owner);
        var page = person.Page;
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "1 finding" })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("n");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "error it reaches 40 px outside the image of 600 × 400." })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Alt+n");
        await room.UntilSavedAsync(0, "car 0,60,60,60");
        await Expect(page.GetByText("The checks find nothing to complain about.")).ToBeVisibleAsync();

        await page.Keyboard.PressAsync("f");
        await page.WaitForEditorAsync();
        await page.DrawBoxAsync("2", 200, 200, 80, 60);
        await room.UntilSavedAsync(0, "car 0,60,60,60", "person 200,200,80,60");
        await room.SaveBoxAsync(0, "person", 200, 200, 80, 60); // what somebody else draws on top is found too
        await Expect(page.GetByRole(AriaRole.Button, new() { NameRegex = new("^[12] findings?$") })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Required_attributes_are_asked_for_right_after_drawing()
    {
        await using var room = await Workroom.OpenAsync(browser);
        var car = Workroom.Class("car", "1");
        car["attributes"] = new object[]
        {
            new { id = "colour", name = "colour", kind = "select", required = true, options = new[] { "red", "blue" }, minimum = (double?)null, maximum = (double?)null, condition = (object?)null, immutable = false },
            new { id = "doors", name = "doors", kind = "number", required = true, options = Array.Empty<string>(), minimum = (double?)null, maximum = (double?)null, condition = (object?)null, immutable = false },
        };
        await room.ChangeClassesAsync(_ => [car]);
        await using var person = await room.OpenImageAsync(room.Owner);
        var page = person.Page;
        await page.DrawBoxAsync("1", 60, 60, 80, 60);
        await Expect(page.GetByRole(AriaRole.Group, new() { Name = "Required: colour" })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("2");
        var doors = page.GetByRole(AriaRole.Group, new() { Name = "Required: doors" });
        await Expect(doors.GetByRole(AriaRole.Textbox)).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("4");
        await page.Keyboard.PressAsync("Enter");
        await Expect(doors).ToBeHiddenAsync();
        await Patience.UntilAsync(
            async () => (await room.SetAsync()).GetProperty("annotations").EnumerateArray().Select(a => a.GetProperty("attributes").GetRawText()).SingleOrDefault(),
            saved => saved == """{"colour":"blue","doors":4}""");
    }

    private static Task SaidAsync(Workroom room, string expected) => Patience.UntilAsync(
        async () =>
        {
            var annotations = (await room.SetAsync()).GetProperty("annotations").EnumerateArray().ToList();
            var classes = annotations.ToDictionary(a => a.GetProperty("id").GetString()!, a => a.GetProperty("classId").GetString());
            return string.Join(", ", annotations.Where(a => a.TryGetProperty("relations", out _)).SelectMany(a => a.GetProperty("relations").EnumerateArray().Select(r =>
                $"{a.GetProperty("classId").GetString()} {r.GetProperty("predicate").GetString()} {classes[r.GetProperty("object").GetString()!]}")).Order(StringComparer.Ordinal));
        },
        said => said == expected);

    private static async Task ChangeOntologyAsync(Workroom room, IReadOnlyList<Dictionary<string, object?>> classes, IReadOnlyList<object> predicates)
    {
        var path = $"/api/projects/{room.ProjectId}/ontology";
        var current = await room.Owner.GetAsync(path);
        await room.Owner.PutAsync(path, new { ontology = new { classes, predicates, imageAttributes = Array.Empty<object>(), skeletons = Array.Empty<object>() }, reason = "test" }, current.GetProperty("etag").GetString());
    }

    private static object Predicate(string id, string name, string? from = null, string? to = null) =>
        new { id, name, from = from is null ? Array.Empty<string>() : [from], to = to is null ? Array.Empty<string>() : [to] };
}
